"""Read from the words between two places that one lies in the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_INSIDE = re.compile(
    r"\s*(?:,|\(|,?\s+(?:located\s+|situated\s+|found\s+)?(?:in|of|within|inside|en|de|del|d|du|des"
    r"|dans|do|da|no|na|em)(?:\s+(?:the|la|el|le|les|los|las|o|a|l))?)\s*['’]?\s*",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\s*['’]s?\s+(?:\w+\s+)?", re.IGNORECASE)
_REACH = 3
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a mention's bounds and how wide it is (0: unknown)."""

    start: int
    end: int
    size: int


def find_containers(text: str, places: Sequence[Placed]) -> dict[int, int]:
    """Return for each place that the text sets inside another the number of that other."""
    found: dict[int, int] = {}
    for number, place in enumerate(places):
        for later in range(number + 1, min(number + 1 + _REACH, len(places))):
            other = places[later]
            gap = text[place.end : other.start]
            if len(gap) > _LONGEST_GAP or "\n\n" in gap:
                break
            if _INSIDE.fullmatch(gap) and other.size > place.size:
                found.setdefault(number, later)
            elif _POSSESSIVE.fullmatch(gap) and place.size > other.size:
                found.setdefault(later, number)
    return _spread(text, places, found)


def _spread(text: str, places: Sequence[Placed], found: dict[int, int]) -> dict[int, int]:
    """Give all names of a list the container of its last: A, B and C in D."""
    spread = dict(found)
    for number, container in sorted(found.items()):
        at = number
        while at > 0:
            gap = text[places[at - 1].end : places[at].start]
            if not re.fullmatch(r",?\s*(?:,|and|y|et|e|&)?\s*", gap) or not gap.strip():
                break
            if places[at - 1].size != places[number].size or at - 1 in spread:
                break
            at -= 1
            spread[at] = container
    return spread
