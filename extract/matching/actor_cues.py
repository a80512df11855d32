"""Find cue phrases and the list of actors that stands after or before each."""

from collections.abc import Callable
from dataclasses import dataclass

from extract.matching.actor_lexicon import ActorLexicon, Cue, longest
from extract.matching.marked_words import AND, MarkedWords

ItemAt = Callable[[int], int | None]
_SEPARATORS = AND | {",", ";", "/", "·", "•"}
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
    items: list[tuple[int, int]] = []
    closed = False
    index = start + 1 if start < count and keys[start] == ":" else start
    while index < count and len(items) < _LONGEST_LIST:
        index = _skip_fillers(marked, lexicon, index, start, item_at)
        stop = None if index >= count or _breaks(marked, index, start) else item_at(index)
        if stop is None:
            break
        items.append((index, stop))
        index = skip_bracket(marked, stop)
        if index >= count or marked.first[index]:
            break
        if keys[index] not in _SEPARATORS:
            named = _skip_fillers(marked, lexicon, index, start, item_at)
            if named < count and not marked.first[named] and item_at(named) is not None:
                index = named
                continue
            break
        if closed and keys[index] == ",":
            break
        while index < count and keys[index] in _SEPARATORS and not marked.first[index]:
            closed = closed or keys[index] in AND
            index += 1
    if len(items) > 1 and not closed and _acts(marked, lexicon, items[-1][1]):
        items.pop()
    return items


def _skip_fillers(
    marked: MarkedWords, lexicon: ActorLexicon, index: int, start: int, item_at: ItemAt
) -> int:
    """Return the first word from an index on that is no article or the like, or opens an item."""
    keys, fillers = marked.keys, lexicon.families["list_filler"]
    while (
        index < len(keys)
        and keys[index] in fillers
        and not _breaks(marked, index, start)
        and item_at(index) is None
    ):
        index += 1
    return index


def _acts(marked: MarkedWords, lexicon: ActorLexicon, index: int) -> bool:
    """Tell whether a verb follows, so that the item before is the subject of what comes."""
    keys, families = marked.keys, lexicon.families
    return (
        index < len(keys)
        and not marked.first[index]
        and (keys[index] in families["verb"] or keys[index] in families["auxiliary"])
    )


def _breaks(marked: MarkedWords, index: int, start: int) -> bool:
    """Tell whether a sentence ends before a word; the list itself may open on a new line."""
    return marked.first[index] and index > start


def skip_bracket(marked: MarkedWords, index: int) -> int:
    """Return the word after a bracket that opens at a word."""
    keys = marked.keys
    if index < len(keys) and keys[index] == "(":
        for stop in range(index, min(index + _LONGEST_BRACKET, len(keys))):
            if keys[stop] == ")":
                return stop + 1
    return index
