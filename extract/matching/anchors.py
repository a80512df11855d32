"""Find many patterns in running text by trying only those whose rarest word stands there."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from extract.matching.lemmas import Lemmas, fold_word
from extract.matching.patterns import Condition, Pattern, PatternParser, Slot

Row = TypeVar("Row", bound=Hashable)

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[,;:()?!]")
_MIN_PREFIX = 3
_CACHE_LIMIT = 200_000
_SOFT = (-1,)
_STOP = -2
"""Carried last by what no pattern skips: ends of sentences, words that open a clause."""
_HARD = (_STOP,)
IGNORED = "ignored"
CLAUSE = "clause"

Mark = tuple[int, int, str]
"""Start and end of a name in the text, and a family that it belongs to besides its words."""


@dataclass(slots=True)
class Sentence:
    """Hold the words of a sentence with their offsets in the text and their symbols."""

    starts: list[int]
    ends: list[int]
    symbols: list[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Hit(Generic[Row]):
    """Mark where a row's pattern stands: the places of its words in the sentence, and offsets."""

    row: Row
    places: tuple[int, ...]
    start: int
    end: int

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    part: int
    slot: int
    needs: frozenset[int]
    """Symbols one of which must stand in the sentence too; empty where the anchor is all."""


class AnchorIndex(Generic[Row]):
    """Hold the patterns of one language, each filed under its rarest word.

    The words of the family ``ignored`` are passed over in patterns and in text; over those of the
    family ``clause``, which open a clause, no gap reaches.
    """

    def __init__(self, lang: str, families: Mapping[str, str]) -> None:
        self.lang = lang
        self._lemmas = Lemmas(lang)
        self._ignored = frozenset(families.get(IGNORED, "").split("|"))
        self._clause = frozenset(families.get(CLAUSE, "").split("|"))
        self._symbols: dict[tuple[str, str], int] = {}
        self._cache: dict[str, tuple[int, ...] | None] = {}
        self.parser = PatternParser(self._intern, families, self._ignored)
        self._rows: list[Row] = []
        self._patterns: list[Pattern] = []
        self._anchors: dict[int, tuple[_Candidate, ...]] = {}

    def _intern(self, kind: str, word: str) -> tuple[int, ...]:
        """Number a word of a pattern; a base form also as it stands, lest its lemma be shorter."""
        keys = [fold_word(word) if kind != "mark" else word]
        if kind == "lemma":
            keys.append(self._lemmas.of(word))
        return tuple(self._symbols.setdefault((kind, key), len(self._symbols)) for key in keys)

    def add_rows(self, rows: Iterable[tuple[Row, str, str]]) -> None:
        """File rows, each with its pattern and its place for messages."""
        for row, pattern, where in rows:
            self._rows.append(row)
            self._patterns.append(self.parser.parse(pattern, where))
        self._cache.clear()
        self._file()

    def _file(self) -> None:
        """Choose each pattern's anchor: the slot whose words are rarest among all patterns."""
        slots = chain.from_iterable(chain.from_iterable(p.parts) for p in self._patterns)
        weight = Counter(chain.from_iterable(slot.symbols for slot in slots))
        anchors: dict[int, list[_Candidate]] = {}
        for number, pattern in enumerate(self._patterns):
            ranked = sorted(
                (sum(weight[symbol] for symbol in slot.symbols), i, j)
                for i, part_slots in enumerate(pattern.parts)
                for j, slot in enumerate(part_slots)
                if not slot.optional
            )
            _, part, slot = ranked[0]
            second = next((pattern.parts[i][j].symbols for _, i, j in ranked[1:2]), frozenset())
            candidate = _Candidate(number, part, slot, second)
            for symbol in sorted(pattern.parts[part][slot].symbols):
                anchors.setdefault(symbol, []).append(candidate)
        self._anchors = {symbol: tuple(found) for symbol, found in anchors.items()}

    def _word_symbols(self, word: str) -> tuple[int, ...] | None:
        """Return the symbols that a word carries; None for a word that is passed over."""
        folded = fold_word(word)
        if word.lower() in self._ignored:
            return None
        found = []
        keys = [("lemma", lemma) for lemma in self._lemmas.all_of(word)]
        for key in (*keys, ("form", folded)):
            if key in self._symbols:
                found.append(self._symbols[key])
        for length in range(_MIN_PREFIX, len(folded) + 1):
            key = ("prefix", folded[:length])
            if key in self._symbols:
                found.append(self._symbols[key])
        if word.lower() in self._clause:
            found.append(_STOP)
        return tuple(found)

    def read_sentence(
        self, text: str, start: int = 0, end: int | None = None, marks: Iterable[Mark] = ()
    ) -> Sentence:
        """Cut text into words with their symbols; a mark adds its family to its last word."""
        starts: list[int] = []
        ends: list[int] = []
        symbols: list[tuple[int, ...]] = []
        cache = self._cache
        if len(cache) > _CACHE_LIMIT:
            cache.clear()
        for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
            word = match[0]
            if word in cache:
                carried = cache[word]
            else:
                if word == ",":
                    carried = _SOFT
                elif not word[0].isalnum():
                    carried = _HARD
                else:
                    carried = self._word_symbols(word)
                cache[word] = carried
            if carried is not None:
                starts.append(match.start())
                ends.append(match.end())
                symbols.append(carried)
        for left, right, family in marks:
            symbol = self._symbols.get(("mark", family))
            if symbol is not None:
                place = bisect_left(starts, right) - 1
                if place >= 0 and starts[place] >= left:
                    symbols[place] = (symbol, *symbols[place])
        return Sentence(starts, ends, symbols)

    def find(self, sentence: Sentence) -> list[Hit[Row]]:
        """List every hit in a sentence, in text order, one a row and place."""
        hits: dict[tuple[int, tuple[int, ...]], Hit[Row]] = {}
        present = set(chain.from_iterable(sentence.symbols))
        for position, carried in enumerate(sentence.symbols):
            for symbol in carried:
                for candidate in self._anchors.get(symbol, ()):
                    if candidate.needs and candidate.needs.isdisjoint(present):
                        continue
                    places = self._match(sentence.symbols, candidate, position)
                    if places:
                        hits[candidate.row, places] = Hit(
                            self._rows[candidate.row],
                            places,
                            sentence.starts[places[0]],
                            sentence.ends[places[-1]],
                        )
        return [hits[key] for key in sorted(hits, key=lambda k: (k[1][0], -k[1][-1], k))]

    def _match(
        self, symbols: Sequence[tuple[int, ...]], candidate: _Candidate, position: int
    ) -> tuple[int, ...]:
        """Return the places of a pattern's words around its anchor, none where it fails."""
        pattern = self._patterns[candidate.row]
        places = _match_part(symbols, pattern.parts[candidate.part], candidate.slot, position)
        for number, part in enumerate(pattern.parts):
            if places and number != candidate.part:
                places = _match_near(symbols, part, places, pattern.window)
        return places


def _match_part(
    symbols: Sequence[tuple[int, ...]], slots: tuple[Slot, ...], anchor: int, position: int
) -> tuple[int, ...]:
    """Match the slots around an anchor that stands at a position."""
    right = _match_right(symbols, slots, anchor + 1, position)
    if not right:
        return ()
    left = _match_left(symbols, slots, anchor - 1, position)
    return left[:-1] + right if left else ()


def _match_right(
    symbols: Sequence[tuple[int, ...]], slots: tuple[Slot, ...], index: int, position: int
) -> tuple[int, ...]:
    """Match slots from index on right of a position; the result begins with the position."""
    if index == len(slots):
        return (position,)
    slot = slots[index]
    for place in range(position + 1, min(position + 2 + slot.gap, len(symbols))):
        carried = symbols[place]
        if not slot.symbols.isdisjoint(carried):
            found = _match_right(symbols, slots, index + 1, place)
            if found:
                return (position, *found)
        if carried and carried[-1] == _STOP:
            break
    return _match_right(symbols, slots, index + 1, position) if slot.optional else ()


def _match_left(
    symbols: Sequence[tuple[int, ...]], slots: tuple[Slot, ...], index: int, position: int
) -> tuple[int, ...]:
    """Match slots from index down left of a position; the result ends with the position."""
    if index < 0:
        return (position,)
    slot = slots[index]
    gap = slots[index + 1].gap
    for place in range(position - 1, max(position - 2 - gap, -1), -1):
        carried = symbols[place]
        if not slot.symbols.isdisjoint(carried):
            found = _match_left(symbols, slots, index - 1, place)
            if found:
                return (*found, position)
        if carried and carried[-1] == _STOP:
            break
    return _match_left(symbols, slots, index - 1, position) if slot.optional else ()


def _match_near(
    symbols: Sequence[tuple[int, ...]],
    slots: tuple[Slot, ...],
    places: tuple[int, ...],
    window: int,
) -> tuple[int, ...]:
    """Add the slots right of the places, else left of them, at most window words away."""
    for place in range(places[-1] + 1, min(places[-1] + 2 + window, len(symbols))):
        carried = symbols[place]
        if carried and carried[-1] == _STOP:
            break
        if not slots[0].symbols.isdisjoint(symbols[place]):
            found = _match_right(symbols, slots, 1, place)
            if found:
                return places + found
    for place in range(places[0] - 1, max(places[0] - 2 - window, -1), -1):
        carried = symbols[place]
        if carried and carried[-1] == _STOP:
            break
        if not slots[-1].symbols.isdisjoint(symbols[place]):
            found = _match_left(symbols, slots, len(slots) - 2, place)
            if found:
                return found + places
    return ()


def meets(sentence: Sentence, places: tuple[int, ...], condition: Condition) -> bool:
    """Tell whether a condition's words stand near a hit, or between its words for both sides."""
    first, last, size = places[0], places[-1], len(sentence.symbols)
    low = 0 if condition.before is None else max(0, first - condition.before)
    high = size if condition.after is None else min(size, last + 1 + condition.after)
    around: Iterable[int] = chain(range(low, first), range(last + 1, high))
    if condition.before != 0 and condition.after != 0:
        around = chain(around, (place for place in range(first, last) if place not in places))
    return any(not condition.symbols.isdisjoint(sentence.symbols[place]) for place in around)
