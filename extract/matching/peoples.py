"""Find peoples and governments named by a proper adjective: Iban communities, Thai government."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.matching.actor_lexicon import ActorLexicon, longest
from extract.matching.generic_groups import ends_phrase
from extract.matching.marked_words import CONNECTORS, OF, MarkedWords

_LONGEST_HEAD = 2
_LONGEST_PEOPLE = 3
_COMMUNITIES = frozenset(("community", "comunidad", "communaute"))


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Mark words ``start`` to ``end`` (exclusive) as a people or a government."""

    start: int
    end: int
    type: str
    name: str
    country: str
    """ISO code where the adjective is that of one country, else empty."""


def find_peoples(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool]
) -> list[PeopleFound]:
    """List peoples and governments in text order."""
    keys = marked.keys
    peoples = lexicon.families["people_head"]
    governments = lexicon.families["government_head"]
    names, lowered = _first_words(lexicon.families["people"]), lexicon.families["lower_people"]
    of_named = lexicon.families["of_named"]
    found: list[PeopleFound] = []
    for index in range(len(keys)):
        head = keys[index]
        if head in names and not taken[index] and (marked.capital[index] or head in lowered):
            alone = _people_alone(marked, lexicon, taken, index)
            if alone is not None:
                found.append(alone)
            continue
        if head in of_named and not taken[index] and not marked.capital[index]:
            named = _named_by_place(marked, taken, index)
            if named is not None:
                found.append(named)
                continue
        if head not in peoples and head not in governments:
            continue
        start = _adjective_start(marked, lexicon, taken, index)
        if start is None:
            continue
        country = lexicon.demonyms.get(" ".join(keys[start:index]), "")
        end = _head_end(keys, index, governments)
        name = " ".join(marked.words.surface(start, end).split())
        if head in governments and country:
            found.append(PeopleFound(start, end, "government", name, country))
        elif head in peoples and not country:
            found.append(PeopleFound(start, end, "community", name, ""))
    return found


def _first_words(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in names)


def _people_alone(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool], index: int
) -> PeopleFound | None:
    """Return a people named without a noun: the Maasai, local iwi."""
    keys, names = marked.keys, lexicon.families["people"]
    heads = lexicon.families["people_head"]
    for end in range(min(index + _LONGEST_PEOPLE, len(keys)), index, -1):
        name = " ".join(keys[index:end])
        if name not in names or any(taken[index:end]):
            continue
        if _inside_name(marked, index):
            return None
        stop = end + 1 if end < len(keys) and keys[end] in heads else end
        if stop == end and not ends_phrase(marked, lexicon, end):
            return None
        start = index
        if index and keys[index - 1] in lexicon.families["modifier"] and not marked.first[index]:
            start -= 1
        written = " ".join(marked.words.surface(index, stop).split())
        return PeopleFound(start, stop, "community", written, "")
    return None


def _named_by_place(marked: MarkedWords, taken: Sequence[bool], index: int) -> PeopleFound | None:
    """Return a body named by its place: municipality of San Lorenzo, comunidad de Río Claro."""
    keys, count = marked.keys, len(marked.keys)
    start = index + 1
    if start >= count or keys[start] not in OF:
        return None
    while start < count and keys[start] in CONNECTORS and not marked.capital[start]:
        start += 1
    end = start
    while end < count and marked.capital[end] and not taken[end] and not marked.first[end]:
        end += 1
    if end == start or any(c in ".,;:()" for c in marked.words.surface(index, end)):
        return None
    community = keys[index] in _COMMUNITIES
    name = " ".join(marked.words.surface(index, end).split())
    return PeopleFound(index, end, "community" if community else "government", name, "")


def _head_end(keys: Sequence[str], index: int, heads: frozenset[str]) -> int:
    for length in range(_LONGEST_HEAD, 1, -1):
        if " ".join(keys[index : index + length]) in heads:
            return index + length
    return index + 1


def _adjective_start(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool], index: int
) -> int | None:
    """Return where the capitalised words before a head begin, None where there are none."""
    start = index
    while (
        start > 0
        and not marked.first[start]
        and marked.capital[start - 1]
        and not taken[start - 1]
        and marked.between(start) in (" ", "-", "\n")
        and index - start < _LONGEST_HEAD
    ):
        start -= 1
    while start < index and (
        marked.keys[start] in lexicon.function_words or _is_plain(marked, lexicon, start)
    ):
        start += 1
    return start if start < index else None


def _is_plain(marked: MarkedWords, lexicon: ActorLexicon, index: int) -> bool:
    """Tell whether a capital says nothing, since an ordinary modifier or group opens a sentence."""
    key = marked.keys[index]
    opens = marked.first[index] or index == 0
    return (
        (opens and not _is_written_elsewhere(marked, index))
        or key in lexicon.families["modifier"]
        or key in lexicon.families["remit"]
        or longest(lexicon.groups, marked.keys, index) is not None
    )


def _is_written_elsewhere(marked: MarkedWords, index: int) -> bool:
    """Tell whether a word is capitalised inside a sentence too, so that it is a name."""
    key = marked.keys[index]
    return any(
        marked.capital[i] and not marked.first[i] and i != index
        for i, other in enumerate(marked.keys)
        if other == key
    )


def _inside_name(marked: MarkedWords, index: int) -> bool:
    """Tell whether a capitalised word that opens nothing stands right before."""
    if index < _LONGEST_HEAD or marked.first[index] or marked.first[index - 1]:
        return False
    opens = not marked.keys[index - 2][0].isalnum()
    return marked.capital[index - 1] and not opens and marked.between(index) == " "
