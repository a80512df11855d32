"""Bring together what the gazetteer and the grammar say of the same words."""

from collections.abc import Callable, Iterable

from extract.matching.place_candidates import PlaceCandidate
from extract.matching.place_names import PlaceName
from extract.matching.place_scan import PlaceMatch


def merge_finds(
    matches: Iterable[PlaceMatch],
    names: Iterable[PlaceName],
    droppable: Callable[[int], bool],
) -> list[PlaceCandidate]:
    """Return one candidate a place: the longer of two readings, with what the other knows.

    ``droppable`` tells whether a word before a known name is no part of it (Visit Lake Chad).
    """
    found = [
        PlaceCandidate(
            start=m.start,
            end=m.end,
            rule="gazetteer",
            rows=m.rows,
            name=(m.start, m.end),
            typed=m.typed,
            bare=m.bare,
        )
        for m in matches
    ]
    for name in names:
        inside = [c for c in found if c.overlaps(name.start, name.end)]
        whole = next((c for c in inside if c.covers(name.start, name.end)), None)
        if whole is not None:
            _teach(whole, name)
            continue
        tail = next((c for c in inside if c.typed and c.end == name.end), None)
        if tail is not None and all(droppable(at) for at in range(name.start, tail.start)):
            _teach(tail, name)
            continue
        if any(c.end - c.start > name.end - name.start for c in inside):
            continue
        found = [c for c in found if c not in inside]
        found.append(_candidate(name, inside))
    return sorted(found, key=lambda c: c.start)


def _teach(candidate: PlaceCandidate, name: PlaceName) -> None:
    candidate.types = name.types
    candidate.listed = name.listed
    if not candidate.typed and candidate.covers(name.start, name.end):
        same = (candidate.start, candidate.end) == (name.start, name.end)
        candidate.typed = same
        candidate.name = (name.name_start, name.name_end) if same else candidate.name


def _candidate(name: PlaceName, inside: Iterable[PlaceCandidate]) -> PlaceCandidate:
    rows = next(
        (c.rows for c in inside if (c.start, c.end) == (name.name_start, name.name_end)), ()
    )
    start, end = name.start, name.end
    if name.lower and name.before and (name.listed or name.types[0].kind == "settlement"):
        start, end = name.name_start, name.name_end
    return PlaceCandidate(
        start=start,
        end=end,
        rule="type-before" if name.before else "type-after",
        name_rows=rows,
        types=name.types,
        name=(name.name_start, name.name_end),
        typed=True,
        listed=name.listed,
        opening=name.opening,
        lower=name.lower,
    )
