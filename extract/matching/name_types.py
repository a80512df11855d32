"""Type a name of an organisation or project by the type words that stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.matching.actor_lexicon import ActorLexicon, TypeWord, longest
from extract.matching.marked_words import AND, CONNECTORS, OF, MarkedWords

HEAD_FIRST = frozenset(("es", "fr", "pt", "mi", "id"))
"""Languages whose type words open a name without a connector: Fundación Azara."""
_LONGEST_GAP = 3
_FUNDS = frozenset(("foundation", "fondation", "fundación", "fundação"))
_INTERNATIONAL_HEADS = frozenset(("government", "ngo"))


@dataclass(frozen=True, slots=True)
class NameShape:
    """Mark words ``start`` to ``end`` (exclusive) as one name, with what its type word says."""

    start: int
    end: int
    head: str
    type: str
    type_word: str
    bare: bool = False
    """It is a type word alone: the Ministry."""


def is_foundation(head: str) -> bool:
    """Tell whether a type word is one of bodies that give money or work themselves."""
    return head.casefold() in _FUNDS


def type_places(
    marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int
) -> list[tuple[int, int, TypeWord]]:
    """List type words of a part that stand where a type word may: (start, end, reading)."""
    keys, capital = marked.keys, marked.capital
    places: list[tuple[int, int, TypeWord]] = []
    index = start
    while index < end:
        found = longest(lexicon.type_words, keys, index) if capital[index] else None
        if found is None or found[0] > end:
            index += 1
            continue
        stop, readings = found
        fitting = [r for r in readings if _fits(marked, lexicon, r, start, index, stop, end)]
        if fitting:
            places.append((index, stop, _best_reading(keys, fitting, stop, end)))
        index = stop
    return places


def _best_reading(
    keys: Sequence[str], readings: Sequence[TypeWord], stop: int, end: int
) -> TypeWord:
    """Choose the reading whose language the connector after the word speaks."""
    english = stop >= end or keys[stop] in ("of", "for", "on", "and")
    return min(readings, key=lambda r: ((r.lang == "en") != english, r.lang, r.word))


def _fits(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    reading: TypeWord,
    start: int,
    at: int,
    stop: int,
    end: int,
) -> bool:
    """Tell whether a type word stands in its place: X Trust, Ministry of X, Fundación X."""
    keys = marked.keys
    following = keys[stop] if stop < end else ""
    if reading.lang in HEAD_FIRST:
        friend = marked.lang == "en" and keys[at] in lexicon.families["false_friend"]
        if friend and following not in OF:
            return False
        if following:
            return reading.before and following not in AND
        return reading.after or (reading.before and at == start)
    if not following:
        return reading.after or at == start
    if following in ("of", "for", "on"):
        return reading.before or reading.after
    if following in CONNECTORS:
        return False
    return reading.after and at > start and end - stop <= _LONGEST_GAP


def read_shape(
    marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int
) -> NameShape | None:
    """Read the type of a part from its type words; None where it has none."""
    places = type_places(marked, lexicon, start, end)
    if not places:
        return None
    opening = places[0] if places[0][0] == start and places[0][1] < end else None
    closing = places[-1]
    chosen = closing
    if opening is not None and (closing[2].type == "project" or opening[2].before):
        chosen = opening
    begin, stop, reading = chosen
    bare = begin == start and stop == end
    shape = NameShape(
        start, end, marked.words.surface(begin, stop), reading.type, reading.word, bare
    )
    return replace(shape, type=_refine(marked, lexicon, shape, (begin, stop), reading))


def read_word(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    bounds: tuple[int, int],
    at: int,
    readings: Sequence[TypeWord],
) -> NameShape:
    """Read a name whose type word is one small-letter word at its end."""
    reading = _best_reading(marked.keys, readings, at + 1, at + 1)
    shape = NameShape(*bounds, marked.keys[at], reading.type, reading.word)
    return replace(shape, type=_refine(marked, lexicon, shape, (at, at + 1), reading))


def _refine(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    shape: NameShape,
    place: tuple[int, int],
    reading: TypeWord,
) -> str:
    """Correct the type of a type word by the other words of the name."""
    families = lexicon.families
    keys = marked.keys[shape.start : shape.end]
    others = frozenset(keys) - frozenset(marked.keys[place[0] : place[1]])
    before = marked.keys[place[0] - 1] if place[0] > shape.start else ""
    capital = marked.capital[shape.start]
    if others & families["legal_form"] and capital:
        return "private"
    if before in families["research"] and reading.type != "research":
        return "research"
    if reading.type == "project":
        return "project"
    if (
        reading.type in ("government", "ngo", "network", "private", "fund")
        and others & (families["community"])
    ):
        return "community"
    if reading.type in _INTERNATIONAL_HEADS and keys[0] in families["international"]:
        return "igo" if reading.type == "government" else "ngo"
    if reading.word.casefold() in _FUNDS:
        return "ngo"
    return reading.type
