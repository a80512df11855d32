"""Find names that the text calls an organisation: X is a company, the association X."""

from collections.abc import Mapping

from extract.matching.actor_reading import (
    ActorFound,
    Reading,
    may_be_name,
    no_other_label,
    noun_type,
)
from extract.matching.generic_groups import ends_phrase

_NEAR = 8
_NEAR_NOUN = 6
_ENGLISH_ARTICLES = frozenset(("a", "an", "the"))


def find_defined(reading: Reading, runs: Mapping[int, int]) -> None:
    """Take names that the text calls an organisation: X is a company, the firm X."""
    marked = reading.marked
    for start, end in sorted(runs.items()):
        if not may_be_name(reading, start, end, of_taxon=True):
            continue
        type_ = _defined_type(reading, start, end)
        if type_ and no_other_label(reading, start, end):
            name = " ".join(marked.words.surface(start, end).split())
            reading.add(ActorFound(start, end, "actor_ruler:defined", 0.7, type_, name))


def _defined_type(reading: Reading, start: int, end: int) -> str:
    """Return the type of the noun that an apposition or a definition gives, else empty."""
    noun = _noun_after(reading, end)
    if noun is None:
        noun = _noun_right_before(reading, start)
    if noun is None:
        noun = _noun_before(reading, start, end)
    return noun_type(reading, noun) if noun is not None else ""


def _noun_after(reading: Reading, end: int) -> int | None:
    """Find the noun of: X is a small company; X, an association of …; X es una iniciativa …"""
    marked, families = reading.marked, reading.lexicon.families
    keys, count = marked.keys, len(marked.keys)
    if end < count and keys[end] == "(":
        end = next((i + 1 for i in range(end, min(end + _NEAR, count)) if keys[i] == ")"), end)
    if end + 2 >= count or marked.first[end] or keys[end + 1] not in families["determiner"]:
        return None
    if keys[end] not in families["being"] and keys[end] != ",":
        return None
    for index in range(end + 2, min(end + 2 + _NEAR_NOUN, count)):
        if marked.first[index] or not keys[index][0].isalnum():
            return None
        if keys[index] in families["organisation_noun"]:
            head_first = index == end + 2 and keys[end + 1] not in _ENGLISH_ARTICLES
            return index if head_first or ends_phrase(marked, reading.lexicon, index + 1) else None
    return None


def _noun_right_before(reading: Reading, start: int) -> int | None:
    """Find the noun of: the association X; a start-up called X."""
    marked, families = reading.marked, reading.lexicon.families
    keys, index = marked.keys, start - 1
    if index > 0 and keys[index] in families["called"]:
        index -= 1
    if index > 0 and keys[index] in families["modifier_after"]:
        index -= 1
    if index < 1 or marked.first[start] or keys[index] == ",":
        return None
    for first in (index - 1, index):
        phrase = " ".join(keys[max(first, 0) : index + 1])
        if phrase in families["organisation_noun"] and first > 0:
            before = keys[first - 1]
            described = before in families["determiner"] or before in families["modifier"]
            return first if described or before in reading.lexicon.demonyms else None
    return None


def _noun_before(reading: Reading, start: int, end: int) -> int | None:
    """Find the noun of: a company based in Y, X, which …"""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    if start < 2 or keys[start - 1] != "," or not ends_phrase(marked, reading.lexicon, end):
        return None
    for index in range(start - 2, max(start - 2 - _NEAR, -1), -1):
        if not keys[index][0].isalnum():
            return None
        if keys[index] in families["organisation_noun"]:
            return index if keys[index - 1] in families["determiner"] else None
        if marked.first[index]:
            return None
    return None
