"""Find gazetteer names of places in running text, longest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from extract.matching.place_types import PlaceTypes, load_place_words
from ontology.gazetteer.folding import Words, same_accents
from ontology.gazetteer.rows import NameHit, PlaceRow

_MAX_TOKENS = 12
SHORT = "short"
"""Kind of a name that leaves the type word out: Etosha for Etosha National Park."""
_AROUND = 3
_SENTENCE_MARKS = frozenset((".", "¶", "!", "?", ";", ":"))


class PlaceLookup(Protocol):
    """Ask for places by folded name; the gazetteer is one."""

    def __hash__(self) -> int: ...

    def place_names(self, key: str, /) -> tuple[NameHit, ...]: ...

    def has_place_prefix(self, key: str, /) -> bool: ...

    def place(self, row_id: int, /) -> PlaceRow: ...


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """Hold a name of the gazetteer in the text; positions are tokens, the end exclusive."""

    start: int
    end: int
    rows: tuple[int, ...]
    typed: bool
    """The matched words hold a type word: Salween River, not Salween."""
    bare: bool
    """Every row asks for a type word, and there is none."""


@dataclass(frozen=True, slots=True)
class Demonym:
    """Hold an adjective of nationality."""

    start: int
    end: int
    countries: tuple[str, ...]


class PlaceScanner:
    """Scan texts with one gazetteer."""

    def __init__(self, gazetteer: PlaceLookup, types: PlaceTypes) -> None:
        self.gazetteer = gazetteer
        self.types = types
        self._unnaming = load_place_words("generic") | load_place_words("direction")
        self._unnaming |= load_place_words("function")

    def scan(self, words: Words) -> tuple[list[PlaceMatch], list[Demonym]]:
        """Return the longest names at each capital, none nested, and the demonyms."""
        found: list[PlaceMatch] = []
        demonyms: list[Demonym] = []
        at, count = 0, len(words.keys)
        starts, text = words.starts, words.text
        while at < count:
            if not text[starts[at]].isupper():
                at += 1
                continue
            end, hits = self._longest(words, at)
            if not hits:
                at += 1
                continue
            names = [hit for hit in hits if hit.kind != "adjective"]
            match = self._match(words, at, end, names)
            surface = words.surface(at, end)
            countries = {
                country
                for hit in hits
                if hit.kind == "adjective" and same_accents(hit.name, surface)
                for country in self._country(hit)
            }
            if countries and (match is None or match.bare or not match.rows):
                demonyms.append(Demonym(at, end, tuple(sorted(countries))))
            elif match is not None:
                found.append(match)
            else:
                end = at + 1
            at = end
        return found, demonyms

    def _country(self, hit: NameHit) -> tuple[str, ...]:
        row = self.gazetteer.place(hit.row_id)
        return row.countries if row.kind == "country" else ()

    def _longest(self, words: Words, at: int) -> tuple[int, tuple[NameHit, ...]]:
        keys = words.keys
        key = keys[at]
        best_end, best = at + 1, self.gazetteer.place_names(key)
        end = at + 1
        last = min(len(keys), at + _MAX_TOKENS)
        while end < last and self.gazetteer.has_place_prefix(key):
            if keys[end] in _SENTENCE_MARKS:
                break
            key = f"{key} {keys[end]}"
            end += 1
            hits = self.gazetteer.place_names(key)
            if hits and self._capitals(words, end):
                best_end, best = end, hits
        return best_end, best

    def _capitals(self, words: Words, end: int) -> bool:
        """Tell whether the last word fits a name: a capital, or a type word in small letters."""
        if not words.text[words.starts[end - 1]].islower():
            return True
        for size in (1, 2, 3):
            if end - size > 0 and self._lower_type(words, end - size, end):
                return True
        return False

    def _lower_type(self, words: Words, start: int, end: int) -> bool:
        match = self.types.match(words.keys, start)
        return match is not None and match[0] == end and any(t.lower for t in match[1])

    def _match(
        self, words: Words, start: int, end: int, hits: Iterable[NameHit]
    ) -> PlaceMatch | None:
        surface = words.surface(start, end)
        shouted = self._shouted(words, start, end)
        fitting = [h for h in hits if _same_case(h.name, surface, shouted=shouted)]
        rows = tuple(dict.fromkeys(h.row_id for h in fitting))
        alone = end - start == 1 and words.keys[start] in self._unnaming
        if alone or not rows:
            return None
        typed = any(
            self.types.match(words.keys[:end], at) for at in range(start, end) if end - start > 1
        )
        needing = [
            h.kind == SHORT or self.gazetteer.place(h.row_id).needs_type_word for h in fitting
        ]
        return PlaceMatch(start, end, rows, typed, not typed and all(needing))

    def _shouted(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a name stands among words that are all in capitals, and so proves none."""
        around = [
            words.surface(at, at + 1)
            for at in range(max(0, start - _AROUND), min(len(words.keys), end + _AROUND))
            if not start <= at < end and words.keys[at].isalpha()
        ]
        return len(around) > 1 and all(word.isupper() for word in around)


def _same_case(name: str, surface: str, *, shouted: bool = False) -> bool:
    """Refuse short acronyms written as words, words as acronyms, and accents of another word."""
    if not surface.isascii() and " " not in surface and not same_accents(name, surface):
        return False
    if len(surface) > 5 or len(name) > 5:
        return True
    return name.isupper() == surface.isupper() or len(surface) > 4 or (shouted and len(surface) > 3)
