"""Find places by the type word beside a name: NAME National Park, Río NAME, villages of A and B.

Capital letters carry the grammar, so what it finds in headings set in capitals is only a guess;
such finds are marked and the caller asks for more evidence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extract.matching.place_types import PlaceType, PlaceTypes, load_place_words
from ontology.gazetteer.folding import Words

_ARTICLES = ("el", "l", "la", "las", "le", "les", "los")
_INNER = frozenset(("d", "da", "das", "de", "del", "des", "di", "do", "dos", "du", *_ARTICLES))
_AND = frozenset(("and", "y", "e", "et"))
_MAX_NAME = 6
_MAX_LIST = 12
_GAPS = frozenset(("", " ", "\n", "-", "‐", "‑", "'", "’", ". ", ".\n"))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Hold a name with its type word; all positions are tokens, ends exclusive."""

    start: int
    end: int
    name_start: int
    name_end: int
    types: tuple[PlaceType, ...]
    before: bool
    """The type word stands before the name."""
    listed: bool = False
    """The type word is shared with other names of a list and may stand apart."""
    opening: bool = False
    """The name opens its sentence, so its first capital says nothing."""
    lower: bool = False
    """The type word is written in lower case."""

    @property
    def strength(self) -> str:
        return self.types[0].strength


class PlaceGrammar:
    """Read the places of one text; the type words come from the gazetteer."""

    def __init__(self, types: PlaceTypes) -> None:
        self.types = types

    def find(
        self, words: Words, sentence_starts: frozenset[int], *, lang: str
    ) -> tuple[PlaceName, ...]:
        """Return the places of a text, the longer of two that overlap, in order."""
        function = load_place_words("function", lang)
        reader = _Reader(words, sentence_starts, function, self.types)
        found: list[PlaceName] = []
        at = 0
        keys = words.keys
        first = self.types.by_first
        while at < len(keys):
            if keys[at] in first:
                match = self.types.match(keys, at)
                if match:
                    found.extend(reader.read(at, match[0], match[1], lang))
                    at = match[0]
                    continue
            at += 1
        return tuple(_longest(found))


class _Reader:
    """Walk left and right of a type word."""

    def __init__(
        self,
        words: Words,
        sentence_starts: frozenset[int],
        function: frozenset[str],
        types: PlaceTypes,
    ) -> None:
        self.words = words
        self.sentence_starts = sentence_starts
        self.function = function
        self.calling = load_place_words("calling")
        self.types = types

    def capital(self, at: int) -> bool:
        return self.words.text[self.words.starts[at]].isupper()

    def joined(self, left: int) -> bool:
        """Tell whether a token and the next belong to one phrase."""
        words = self.words
        if left + 1 >= len(words.keys) or left + 1 in self.sentence_starts:
            return False
        gap = words.text[words.ends[left] : words.starts[left + 1]]
        return gap in _GAPS or gap.isspace()

    def namelike(self, at: int, *, numbers: bool = False) -> bool:
        """Tell whether a token can be a word of a name."""
        key = self.words.keys[at]
        if not key[0].isalnum():
            return False
        if self.capital(at):
            article = key in _ARTICLES and at not in self.sentence_starts
            return article or len(key) == 1 or key not in self.function
        if numbers and key[0].isdigit():
            return True
        return at > 0 and self._hangs_on(at)

    def _hangs_on(self, at: int) -> bool:
        """Tell whether a small word hangs on a capital by an apostrophe: Ng'iro."""
        words = self.words
        gap = words.text[words.ends[at - 1] : words.starts[at]]
        return gap in ("'", "’") and len(words.keys[at]) > 1 and self.capital(at - 1)

    def read(
        self, start: int, end: int, readings: tuple[PlaceType, ...], lang: str
    ) -> Iterator[PlaceName]:
        """Yield the places that a type phrase makes with what stands beside it."""
        lower = not self.capital(start) or (end - start > 1 and not self.capital(end - 1))
        usable = tuple(
            t for t in readings if not lower or (t.lower and (t.lang == lang or t.plural))
        )
        usable = tuple(t for t in usable if t.lang == lang) or usable
        after = tuple(t for t in usable if t.after)
        before = tuple(t for t in usable if t.before)
        if after:
            yield from self.read_left(start, end, after, lower)
        if before:
            yield from self.read_right(start, end, before, lower)

    def left_name(self, end: int) -> int:
        """Return where the name that ends before a token starts (the token itself: none)."""
        start = at = end
        while at > 0 and self.joined(at - 1) and end - at < _MAX_NAME:
            at -= 1
            if self.namelike(at):
                start = at
            elif not (self.words.keys[at] in _INNER and at > 0 and start == at + 1):
                break
        while start < end and self.words.keys[start] in self.function:
            start += 1
        return start

    def read_left(
        self, start: int, end: int, types: tuple[PlaceType, ...], lower: bool
    ) -> Iterator[PlaceName]:
        first = self.left_name(start)
        if first == start:
            return
        last = PlaceName(first, end, first, start, types, False, lower=lower)
        if types[0].plural:
            others = list(self.list_left(first))
            last = replace(last, listed=bool(others))
            for left, right in others:
                yield self._opened(
                    PlaceName(left, right, left, right, types, False, listed=True, lower=lower)
                )
        yield self._opened(last)

    def list_left(self, first: int) -> Iterator[tuple[int, int]]:
        """Yield the earlier names of a list whose last name starts at a token."""
        at = first - 1
        if at < 1 or not (self.words.keys[at] in _AND and self.joined(at)):
            return
        if self.words.keys[at - 1] == ",":
            at -= 1
        for _ in range(_MAX_LIST):
            left = self.left_name(at) if self._continues(at) else at
            if left == at:
                return
            yield left, at
            at = left - 1
            if at < 1 or self.words.keys[at] != ",":
                return

    def _continues(self, at: int) -> bool:
        words = self.words
        return at not in self.sentence_starts and (words.keys[at] == "," or self.joined(at - 1))

    def right_name(self, at: int, *, numbers: bool = False) -> int:
        """Return the end of the name that starts at a token (the token itself: none)."""
        keys = self.words.keys
        end = cursor = at
        if at < len(keys) and keys[at] in ("la", "el", "las", "los") and self.joined(at):
            cursor += 1
        while cursor < len(keys) and cursor - at < _MAX_NAME:
            if cursor > at and not self.joined(cursor - 1):
                break
            if self.namelike(cursor, numbers=numbers):
                end = cursor + 1
            elif not (keys[cursor] in _INNER and cursor - end < 2 and end > at):
                break
            cursor += 1
        return end

    def read_right(
        self, start: int, end: int, types: tuple[PlaceType, ...], lower: bool
    ) -> Iterator[PlaceName]:
        at = end
        connectors = frozenset[str]().union(*(t.connectors for t in types))
        while at - end < 2 and self._inside(at) and self.words.keys[at] in connectors:
            at += 1
        if not self._inside(at):
            return
        if at == end and self._inside(at) and self.words.keys[at] in self.calling:
            at += 1
        if at == end and not any(t.direct for t in types):
            return
        if types[0].lang == "en" and self.left_name(start) < start:
            return
        stop = self.right_name(at, numbers=types[0].kind == "road")
        stop = self._before_next_type(at, stop)
        if stop == at:
            return
        yield PlaceName(start, stop, at, stop, types, True, listed=types[0].plural, lower=lower)
        if types[0].plural:
            for left, right in self.list_right(stop, connectors):
                yield PlaceName(left, right, left, right, types, True, listed=True, lower=lower)

    def _inside(self, at: int) -> bool:
        return at < len(self.words.keys) and self.joined(at - 1)

    def _before_next_type(self, start: int, stop: int) -> int:
        """Cut a name where a second type word of the kind that stands first begins."""
        for at in range(start + 1, stop):
            match = self.types.match(self.words.keys, at)
            if not match or match[0] >= stop or self.words.keys[at - 1] in _INNER:
                continue
            if any(t.before and not t.after and t.lang != "en" for t in match[1]):
                return at
        return stop

    def list_right(self, stop: int, connectors: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Yield the further names of a list whose first name ends at a token."""
        keys = self.words.keys
        found: list[tuple[int, int]] = []
        at = stop
        closed = False
        while not closed and len(found) < _MAX_LIST and at < len(keys):
            if at in self.sentence_starts:
                break
            if keys[at] == ",":
                at += 1
            if at < len(keys) and keys[at] in _AND:
                closed = True
                at += 1
            if at == stop:
                break
            while at < len(keys) and keys[at] in connectors and keys[at] not in ("la", "el"):
                at += 1
            end = self.right_name(at)
            if end == at:
                break
            found.append((at, end))
            stop = at = end
        return iter(found if closed else ())

    def _opened(self, name: PlaceName) -> PlaceName:
        return replace(name, opening=name.name_start in self.sentence_starts)


def _longest(found: Iterable[PlaceName]) -> list[PlaceName]:
    """Keep the longer of two places that overlap, in order of the text."""
    kept: list[PlaceName] = []
    taken: set[int] = set()
    for name in sorted(found, key=lambda n: (n.start - n.end, n.start, n.before)):
        tokens = range(name.start, name.end)
        if taken.isdisjoint(tokens):
            kept.append(name)
            taken.update(tokens)
    return sorted(kept, key=lambda n: n.start)
