"""Find names that no list holds and no type word tells, by what they do all over a text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from extract.matching.actor_cues import list_after
from extract.matching.actor_reading import (
    Reading,
    add_unknown,
    is_marked,
    is_thing,
    may_be_name,
)
from extract.matching.marked_words import OF

_ENOUGH = 2
_MOST_ACTS = 2
_CALLED = 3
"""Words between a noun for a body and the name that it is given: the group they call X."""
_FAR_COLON = 18
"""Words between a noun for bodies and the colon that lists them."""
_LONGEST_LIST = 150
_TEAM = 2
_FUTURE = {
    "fr": ("era", "eront", "ira", "iront", "dra", "dront"),
    "es": ("ará", "erá", "irá", "arán", "erán", "irán"),
}
_WE = {"es": ("amos", "emos", "imos")}
_OURS = frozenset(("we", "our", "us", "nous", "notre", "nos", "nosotros", "nuestro", "nuestra"))
_AT = frozenset(("at", "en", "chez", "from", "here"))
_LIST_MARKS = frozenset((":", ";", "-", "–", "•", "*", "·"))

Runs = Mapping[int, int]
Place = tuple[int, int]


def find_acting(reading: Reading, runs: Runs) -> None:
    """Take names with reasons enough, from all their places, to be those of a body.

    One that acts once may be a person or a thing. Acting twice, being what people belong to,
    speaking as we, or standing in a list of associations counts; so does the look of an acronym.
    """
    places: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    keys = reading.marked.keys
    for start, end in sorted(runs.items()):
        while end - start > 1 and keys[end - 1].isdigit():
            end -= 1
        places[keys[start:end]].append((start, end))
    listed = set(_in_lists(reading, runs))
    persons = _parts_of_persons(reading, places)
    for name, found in places.items():
        usable = [p for p in found if may_be_name(reading, *p, of_taxon=True)]
        if not usable or _is_remit(reading, name) or is_thing(reading, usable) or name in persons:
            continue
        if _reasons(reading, usable, listed) >= _ENOUGH:
            for start, end in usable:
                add_unknown(reading, start, end, "actor_ruler:acting", 0.6)


def _is_remit(reading: Reading, name: tuple[str, ...]) -> bool:
    """Tell whether a name is of fields of work alone: Climate Action."""
    return reading.lexicon.families["remit"].issuperset(name)


def _reasons(reading: Reading, places: list[Place], listed: set[int]) -> int:
    """Count what tells of a body; the look alone, or the model alone, tells nothing."""
    acts = sum(_acts(reading, *place) for place in places)
    if _looks_like_person(reading, places):
        acts = 0
    count = min(acts, _MOST_ACTS)
    count += _ENOUGH * any(_speaks(reading, *place) for place in places)
    count += _ENOUGH * any(_is_called(reading, place[0]) for place in places)
    count += _ENOUGH * any(start in listed for start, _ in places)
    count += any(_owns(reading, *place) for place in places)
    if count:
        count += any(is_marked(reading, *place) for place in places)
        count += any(reading.model[start] == "ORG" for start, _ in places)
        count += _in_title(reading, *places[0])
    return count


def _acts(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a verb follows for what only people and bodies do."""
    marked, families = reading.marked, reading.lexicon.families
    keys, index = marked.keys, end
    while index < len(keys) and not marked.first[index] and keys[index] in families["auxiliary"]:
        index += 1
    if index >= len(keys) or marked.first[index]:
        return False
    verb = keys[index]
    return (
        verb in families["human_verb"]
        or (index > end and verb.endswith("ing"))
        or verb.endswith(_FUTURE.get(reading.lang, ("\0",)))
    )


def _speaks(reading: Reading, start: int, end: int) -> bool:
    """Tell whether those who write are of the body: At X, we; En X creemos."""
    marked = reading.marked
    keys = marked.keys
    if start == 0 or keys[start - 1] not in _AT:
        return False
    index = end + 1 if keys[end : end + 1] == (",",) else end
    if index >= len(keys) or marked.first[index]:
        return False
    return keys[index] in _OURS or keys[index].endswith(_WE.get(reading.lang, ("\0",)))


def _owns(reading: Reading, start: int, end: int) -> bool:
    """Tell whether people or work are those of the name: X's staff, the founder of X."""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    if end < len(keys) and not marked.first[end] and keys[end] in families["belonging"]:
        return True
    before = start - 1
    if before > 0 and keys[before] in ("l", "la", "le", "the"):
        before -= 1
    if before < 1 or keys[before] not in OF or marked.first[start]:
        return False
    return any(key in families["belonging"] for key in keys[max(before - _TEAM, 0) : before])


def _is_called(reading: Reading, start: int) -> bool:
    """Tell whether a body is given the name: their group "X"; the Structure: X of a form."""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    if start and keys[start - 1] == ":" and start > 1 and keys[start - 2] in families["body_label"]:
        return True
    quoted = start and marked.words.text[marked.words.starts[start] - 1] in "\"“«'‘"
    if not quoted:
        return False
    before = keys[max(start - _CALLED, 0) : start]
    return any(key in families["organisation_noun"] for key in before)


def _in_title(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the title, where it is no row of capitals, has a name."""
    marked, name = reading.marked, reading.marked.keys[start:end]
    stop = next((i for i, label in enumerate(reading.other) if label != "heading"), 0)
    small = sum(not c for c in marked.capital[:stop])
    return 2 * small >= stop and any(
        marked.keys[i : i + len(name)] == name and marked.capital[i] for i in range(stop)
    )


def _looks_like_person(reading: Reading, places: list[Place]) -> bool:
    """Tell whether a name is built as those of people are, so that acting tells nothing."""
    if is_marked(reading, *places[0]):
        return False
    models = [reading.model[start] for start, _ in places]
    if 2 * models.count("PERSON") >= len(models):
        return True
    start, end = places[0]
    words = reading.marked.keys[start:end]
    inside = reading.lexicon.families["remit"] | reading.lexicon.families["of_body"]
    return len(words) > 1 and inside.isdisjoint(words) and "ORG" not in models


def _parts_of_persons(
    reading: Reading, places: Mapping[tuple[str, ...], list[Place]]
) -> frozenset[tuple[str, ...]]:
    """Return single words that a longer name begins or ends with: people by part of their name."""
    return frozenset(
        (part,)
        for keys, found in places.items()
        if len(keys) > 1 and _looks_like_person(reading, found)
        for part in (keys[0], keys[-1])
    )


def _in_lists(reading: Reading, runs: Runs) -> Iterator[int]:
    """Yield the names of lists that a noun for bodies opens: six associations: A; B; C."""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    for index, key in enumerate(keys):
        if key not in families["organisation_nouns"]:
            continue
        stop = min(index + _FAR_COLON, len(keys))
        colon = next((i for i in range(index + 1, stop) if keys[i] == ":"), None)
        if colon is None or any(marked.first[index + 1 : colon]):
            continue
        yield from (start for start, _ in list_after(marked, reading.lexicon, colon, runs.get))
        for at in range(colon + 1, min(colon + _LONGEST_LIST, len(keys))):
            if at in runs and keys[at - 1] in _LIST_MARKS:
                yield at
            if "\n\n" in marked.between(at) and keys[at] not in _LIST_MARKS:
                break
