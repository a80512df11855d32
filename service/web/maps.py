"""Draw maps as SVG paths on the server, in the Equal Earth projection."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WIDTH = 1000.0
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_HALF_ROOT3 = math.sqrt(3) / 2
_X_MAX = 2.70663  # x of 180 E on the equator
_TOP, _BOTTOM = 84.0, -57.0  # Antarctica is left out


def _equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees by Savric, Patterson and Jenny (2018)."""
    theta = math.asin(_HALF_ROOT3 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    x = math.radians(lon) * math.cos(theta) / (_HALF_ROOT3 * slope)
    y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return x, y


_SCALE = WIDTH / (2 * _X_MAX)
_Y_TOP = _equal_earth(0.0, _TOP)[1]
HEIGHT = round((_Y_TOP - _equal_earth(0.0, _BOTTOM)[1]) * _SCALE, 1)


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return the place of a point on the map, in units of its width."""
    x, y = _equal_earth(lon, min(max(lat, _BOTTOM), _TOP))
    return round((x + _X_MAX) * _SCALE, 1), round((_Y_TOP - y) * _SCALE, 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold the outline of one country as an SVG path."""

    iso2: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Point:
    """Mark one place on a map."""

    x: float
    y: float
    label: str
    href: str


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon


def _path(ring: Sequence[Sequence[float]]) -> str:
    points: list[tuple[float, float]] = []
    for lon, lat, *_ in ring:
        point = project(lon, lat)
        if not points or point != points[-1]:
            points.append(point)
    if len(points) < 3:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


@cache
def load_outlines() -> tuple[Shape, ...]:
    """Read the outlines of countries that ship with the gazetteer."""
    source = files("ontology").joinpath("gazetteer", "world_outline.geojson")
    shapes = []
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        if properties["iso2"] == "AQ":
            continue
        path = "".join(_path(ring) for ring in _rings(geometry))
        shapes.append(Shape(properties["iso2"].lower(), properties["name"], path))
    return tuple(sorted(shapes, key=lambda shape: (shape.iso2, shape.name)))


@cache
def world_svg() -> str:
    """Return the outlines of all countries as one SVG file, to lie under what is marked."""
    paths = "".join(f'<path d="{shape.path}"/>' for shape in load_outlines())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        'fill="#dfe6e1" stroke="#fff" stroke-width=".6" stroke-linejoin="round">'
        f"{paths}</svg>"
    )


def view_box(points: Sequence[Point], *, margin: float = 60.0) -> str:
    """Return the part of the map that holds some points, with a margin and the map's shape."""
    xs, ys = [p.x for p in points], [p.y for p in points]
    width = max(max(xs) - min(xs) + 2 * margin, (max(ys) - min(ys) + 2 * margin) * 2)
    width = min(width, WIDTH)
    height = width / 2
    left = min(max((min(xs) + max(xs) - width) / 2, 0.0), WIDTH - width)
    top = min(max((min(ys) + max(ys) - height) / 2, 0.0), max(HEIGHT - height, 0.0))
    return f"{left:g} {top:g} {width:g} {height:g}"
