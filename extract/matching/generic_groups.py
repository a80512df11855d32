"""Find groups of people and bodies without a name: local communities, private dam owners."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.matching.actor_lexicon import ActorLexicon, GenericGroup, longest
from extract.matching.marked_words import MarkedWords

_COMPOUND_ENDS = frozenset(("dependent", "based", "led", "using", "owning", "dwelling"))
_AND = frozenset(("and", "or"))
_LAND_UNITS = frozenset(("canton", "cantón", "commune", "distrito", "municipio", "provincia"))
_PEOPLE = "people"
"""A mass noun that verbs of any kind follow: what people think."""


@dataclass(frozen=True, slots=True)
class GroupFound:
    """Mark words ``start`` to ``end`` (exclusive) as a group."""

    start: int
    end: int
    group: GenericGroup
    lemma: str
    """Modifiers and head in the singular or the form of the list, folded; the group's key."""
    sure: bool
    """False where the words need a role nearby to count."""


def find_groups(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool], lang: str
) -> list[GroupFound]:
    """List groups in text order; ``taken`` tells words that belong to names."""
    keys = marked.keys
    found: list[GroupFound] = []
    index, count, free = 0, len(keys), 0
    while index < count:
        if taken[index] or keys[index] not in lexicon.groups:
            index += 1
            continue
        match = longest(lexicon.groups, keys, index)
        if match is None or any(taken[index : match[0]]):
            index += 1
            continue
        end, readings = match
        group = next((g for g in readings if g.lang == lang), None)
        if (
            group is not None
            and not _in_name(marked, lexicon, index, end)
            and not _is_of_organisms(marked, lexicon, index, end)
            and not _is_of_place(marked, index, end)
        ):
            item = _extend(marked, lexicon, taken, (free, index, end), group)
            if item is not None:
                found.append(item)
                end = free = item.end
        index = end
    return found


def _in_name(marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int) -> bool:
    """Tell whether a capitalised phrase stands inside a longer run of capitals."""
    if not marked.capital[start] or (marked.first[start] and not marked.capital[end - 1]):
        return False
    before = start > 0 and not marked.first[start] and marked.between(start) in (" ", "-")
    if before and marked.capital[start - 1] and marked.keys[start - 1] not in lexicon.demonyms:
        return True
    after = end < len(marked.keys) and marked.capital[end] and marked.between(end) in (" ", "-")
    return bool(after) and not marked.first[end]


def _is_of_place(marked: MarkedWords, start: int, end: int) -> bool:
    """Tell whether a word for a unit of land opens its name: Municipio de X."""
    keys = marked.keys
    return (
        end - start == 1
        and keys[start] in _LAND_UNITS
        and keys[end : end + 1] == ("de",)
        and any(marked.capital[end + 1 : end + 3])
    )


def _is_of_organisms(marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int) -> bool:
    """Tell whether a community is one of plants or animals: grassland communities."""
    keys, families = marked.keys, lexicon.families
    if not keys[end - 1].startswith(("communit", "comunidad", "communaut")):
        return False
    before = start > 0 and not marked.first[start] and keys[start - 1] in families["ecological"]
    return before or (end < len(keys) and keys[end] in families["ecological_after"])


def _extend(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    taken: Sequence[bool],
    place: tuple[int, int, int],
    group: GenericGroup,
) -> GroupFound | None:
    """Add modifiers on both sides; None where a singular word is no group here."""
    free, index, end = place
    keys = marked.keys
    start = _extend_left(marked, lexicon, taken, free, index)
    stop = _extend_right(marked, lexicon, end, group.lang)
    head = keys[end - 1]
    before = keys[start - 1] if start > 0 else ""
    plain_end = ends_phrase(marked, lexicon, stop)
    if end - index == 1 and start == index and _is_adjective(marked, lexicon, index, group.lang):
        return None
    mass = head in lexicon.families["mass_head"]
    if not group.plural:
        many = head == _PEOPLE and start < end - 1
        if not (plain_end or many) or (mass and _is_possessive(marked, stop)):
            return None
        determined = start < index or before in lexicon.families["determiner"]
        if not determined and not (mass and (end - index > 1 or before in lexicon.function_words)):
            return None
    people = group.type == "community" and (plain_end or group.plural)
    thing = group.type == "network" and not group.plural
    people = people or head in lexicon.families["ordinary_people"]
    sure = not (group.ordinary or thing) or people or (mass and group.type == "government")
    vague = lexicon.families["vague"]
    modifiers = [k for k in keys[start:index] if k not in vague and k not in _AND]
    lemma = " ".join([*modifiers, group.lemma, *keys[end:stop]])
    return GroupFound(start, stop, group, lemma, sure)


def _is_adjective(marked: MarkedWords, lexicon: ActorLexicon, index: int, lang: str) -> bool:
    """Tell whether a Romance word follows a noun, and so describes it: zones rurales."""
    if lang == "en" or index == 0 or marked.first[index]:
        return False
    before = marked.keys[index - 1]
    return not (
        before in lexicon.function_words
        or before in lexicon.families["determiner"]
        or before in lexicon.families["modifier_after"]
        or not before.isalpha()
        or len(before) == 1
    )


def _is_possessive(marked: MarkedWords, end: int) -> bool:
    return end < len(marked.keys) and marked.between(end)[:1] in ("'", "’")


def _extend_left(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool], free: int, index: int
) -> int:
    """Return where the modifiers before a head begin."""
    keys, modifiers = marked.keys, lexicon.families["modifier"]
    start = index
    while start > free and not marked.first[start] and not taken[start - 1]:
        before = keys[start - 1]
        if marked.between(start).strip(" \n-‐‑"):
            break
        compound = f"{keys[start - 2]} {before}" if start - free > 1 else ""
        glued = start - free > 1 and marked.between(start - 1) in ("-", "‐", "‑")
        if (before in _COMPOUND_ENDS and glued) or compound in modifiers:
            start -= 2
        elif before in modifiers or (marked.capital[start - 1] and before in lexicon.demonyms):
            start -= 1
        elif before in _AND and start - free > 1 and start < index and keys[start - 2] in modifiers:
            start -= 2
        else:
            break
    return start


def _extend_right(marked: MarkedWords, lexicon: ActorLexicon, end: int, lang: str) -> int:
    """Return where adjectives after a Romance head end."""
    if lang == "en":
        return end
    keys, modifiers = marked.keys, lexicon.families["modifier_after"]
    stop = end
    while (
        stop < len(keys) and stop - end < 2 and keys[stop] in modifiers and not marked.first[stop]
    ):
        stop += 1
    return stop


def ends_phrase(marked: MarkedWords, lexicon: ActorLexicon, end: int) -> bool:
    """Tell whether the noun phrase ends here, so that the head is no modifier of a noun."""
    keys = marked.keys
    if end >= len(keys) or marked.first[end] or not keys[end][0].isalnum():
        return True
    key = keys[end]
    families = lexicon.families
    return (
        key in lexicon.function_words
        or key in families["verb"]
        or key in families["auxiliary"]
        or key.endswith(("ing", "ed", "ly"))
    )
