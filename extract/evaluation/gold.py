"""Read annotated texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from extract.errors import ExtractError

FACETS = ("threats", "stresses", "interventions", "kmgbf", "countries")


@dataclass(frozen=True, slots=True)
class GoldItem:
    """Hold one annotated name: its surfaces and what it should be linked to."""

    surfaces: tuple[str, ...]
    neutral: bool
    """Acceptable, neither right nor wrong."""
    names: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    named: bool = True
    lat: float | None = None
    lon: float | None = None
    tolerance_km: float = 0.0


@dataclass(frozen=True, slots=True)
class GoldFacet:
    """Hold the codes of one facet: required, and acceptable."""

    core: frozenset[str]
    acceptable: frozenset[str]
    phrases: Mapping[str, str] = field(default_factory=dict)
    """Words of the text that some codes stand for."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """Hold the annotation of one text."""

    id: str
    title: str
    items: Mapping[str, tuple[GoldItem, ...]]
    """Items by mention kind: species, place, actor."""
    facets: Mapping[str, GoldFacet]
    relations: tuple[tuple[str, str, str], ...]


def read_gold(path: Path) -> tuple[GoldText, ...]:
    """Read a file of annotations; raise ExtractError naming the text that is not well-formed."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ExtractError(f"{path}: cannot be read as annotations: {error}") from error
    if not isinstance(data, list):
        raise ExtractError(f"{path}: annotations are a list of texts")
    texts = []
    for number, entry in enumerate(data, start=1):
        try:
            texts.append(_text(entry))
        except (KeyError, TypeError, AttributeError) as error:
            name = entry.get("id", number) if isinstance(entry, dict) else number
            raise ExtractError(f"{path}, text {name}: not well-formed: {error!r}") from error
    return tuple(texts)


def _text(entry: Mapping[str, Any]) -> GoldText:
    relations = entry.get("relations") or []
    core = relations.get("core", []) if isinstance(relations, dict) else relations
    return GoldText(
        id=str(entry["id"]),
        title=str(entry.get("title") or ""),
        items={
            "species": _items(entry["species"]),
            "place": _items(entry["places"]),
            "actor": _items(entry["actors"]),
        },
        facets={name: _facet(entry[name]) for name in FACETS},
        relations=tuple((str(p), str(a), str(b)) for p, a, b in core),
    )


def _items(entries: list[Mapping[str, Any]]) -> tuple[GoldItem, ...]:
    items = [
        GoldItem(
            surfaces=tuple(str(surface) for surface in entry["surfaces"]),
            neutral=bool(entry.get("ok", False)),
            names=frozenset(
                [str(entry["name"]), *map(str, entry.get("accept", []))] if "name" in entry else []
            ),
            types=frozenset(entry.get("types", [entry["type"]] if "type" in entry else [])),
            named=bool(entry.get("named", True)),
            lat=entry.get("lat"),
            lon=entry.get("lon"),
            tolerance_km=float(entry.get("tol_km", 0)),
        )
        for entry in entries
    ]
    return tuple(sorted(items, key=lambda item: item.neutral))


def _facet(entry: Mapping[str, Any]) -> GoldFacet:
    def codes(values: list[Any]) -> frozenset[str]:
        return frozenset(str(v["code"] if isinstance(v, dict) else v) for v in values)

    phrases = {
        str(value["code"]): str(value["phrase"])
        for value in entry.get("core", [])
        if isinstance(value, dict) and "phrase" in value
    }
    return GoldFacet(codes(entry.get("core", [])), codes(entry.get("ok", [])), phrases)
