"""Find cue phrases and the list of actors that stands after or before each."""

from collections.abc import Callable
from dataclasses import dataclass

from extract.matching.actor_lexicon import ActorLexicon, Cue, longest
from extract.matching.organisation_names import MarkedWords

ItemAt = Callable[[int], int | None]
_SEPARATORS = frozenset((",", "and", "y", "e", "et", ";", "/", "·", "•"))
_LONGEST_LIST = 25
_LONGEST_BRACKET = 15


@dataclass(frozen=True, slots=True)
class CueFound:
    """Mark words ``start`` to ``end`` (exclusive) as a cue."""

    start: int
    end: int
    cue: Cue


def find_cues(marked: MarkedWords, lexicon: ActorLexicon) -> list[CueFound]:
    """List the longest cues in text order, none overlapping; both sides where a phrase has both."""
    keys = marked.keys
    found: list[CueFound] = []
    index, count = 0, len(keys)
    while index < count:
        match = longest(lexicon.cues, keys, index) if keys[index] in lexicon.cues else None
        if match is None or any(marked.first[index + 1 : match[0]]):
            index += 1
            continue
        end, cues = match
        found.extend(CueFound(index, end, cue) for cue in cues)
        index = end
    return found


def list_after(
    marked: MarkedWords, lexicon: ActorLexicon, start: int, item_at: ItemAt
) -> list[tuple[int, int]]:
    """Return the coordinated items that stand from a word on, brackets after items skipped."""
    keys, count = marked.keys, len(marked.keys)
    fillers = lexicon.families["list_filler"]
    items: list[tuple[int, int]] = []
    index = start
    if index < count and keys[index] == ":":
        index += 1
    while index < count and len(items) < _LONGEST_LIST:
        while index < count and keys[index] in fillers and not _breaks(marked, index, start):
            stop = item_at(index)
            if stop is not None:
                break
            index += 1
        if index >= count or _breaks(marked, index, start):
            break
        stop = item_at(index)
        if stop is None:
            break
        items.append((index, stop))
        index = _skip_bracket(marked, stop)
        if index >= count or keys[index] not in _SEPARATORS or marked.first[index]:
            break
        while index < count and keys[index] in _SEPARATORS and not marked.first[index]:
            index += 1
    return items


def _breaks(marked: MarkedWords, index: int, start: int) -> bool:
    """Tell whether a sentence ends before a word; the list itself may open on a new line."""
    return marked.first[index] and index > start


def _skip_bracket(marked: MarkedWords, index: int) -> int:
    """Return the word after a bracket that opens at a word."""
    keys = marked.keys
    if index < len(keys) and keys[index] == "(":
        for stop in range(index, min(index + _LONGEST_BRACKET, len(keys))):
            if keys[stop] == ")":
                return stop + 1
    return index
