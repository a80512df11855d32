"""Distances and boxes on the globe."""

import math

_RADIUS_KM = 6371.0
_DEGREE_KM = 111.2
_COMPASS = {
    "north": (1, 0),
    "nord": (1, 0),
    "norte": (1, 0),
    "septentrional": (1, 0),
    "south": (-1, 0),
    "sud": (-1, 0),
    "sur": (-1, 0),
    "sul": (-1, 0),
    "meridional": (-1, 0),
    "east": (0, 1),
    "est": (0, 1),
    "este": (0, 1),
    "leste": (0, 1),
    "oriental": (0, 1),
    "west": (0, -1),
    "ouest": (0, -1),
    "oeste": (0, -1),
    "occidental": (0, -1),
}


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points."""
    phi, theta = math.radians(lat), math.radians(other_lat)
    half = math.sin((theta - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(theta) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def box_radius_km(box: tuple[float, float, float, float]) -> float:
    """Return half the diagonal of a box of west, south, east, north."""
    west, south, east, north = box
    width = (east - west) * math.cos(math.radians((north + south) / 2))
    return _DEGREE_KM * math.hypot(width, north - south) / 2


def main_part_km(lat: float, south: float, north: float) -> float:
    """Return the radius of the part around a point whose nearer border is known in latitude."""
    return _DEGREE_KM * min(lat - south, north - lat) * math.sqrt(2)


def compass(direction: str) -> tuple[int, int]:
    """Return steps north and east of a folded direction: ``north western`` is (1, -1)."""
    north = east = 0
    for word in direction.split():
        for stem in (
            word,
            word.removesuffix("ern"),
            word.removesuffix("e"),
            word.removesuffix("es"),
        ):
            if stem in _COMPASS:
                north, east = north + _COMPASS[stem][0], east + _COMPASS[stem][1]
                break
        else:
            for first in ("north", "south", "nord", "nor", "sud", "sur", "su"):
                rest = word.removeprefix(first).removesuffix("ern")
                if word.startswith(first) and rest in _COMPASS:
                    north += 1 if first.startswith("n") else -1
                    east += _COMPASS[rest][1]
                    break
    return max(-1, min(1, north)), max(-1, min(1, east))
