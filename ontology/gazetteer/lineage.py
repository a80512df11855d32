"""Find the wider taxon of each, and the taxon that a last word names by itself."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ontology.gazetteer.collecting import Collection
from ontology.gazetteer.folding import fold
from ontology.gazetteer.tables import iterate_table

_RANKS = (
    "species",
    "genus",
    "tribe",
    "subfamily",
    "family",
    "superfamily",
    "infraorder",
    "suborder",
    "order",
    "superorder",
    "infraclass",
    "subclass",
    "class",
    "subphylum",
    "phylum",
    "kingdom",
)
_SHORTEST_HEAD = 4
_FEWEST_OF_HEAD = 2


def add_heads(collection: Collection, taxa: Mapping[str, str]) -> None:
    """Name the genus or family to which alone all the names with one last word belong.

    No source lists "quelea" by itself, but every quelea is of the genus Quelea.
    """
    taken = {fold(row["name"]) for row in iterate_table("ambiguous_words")}
    heads: dict[str, set[str]] = defaultdict(set)
    for key, slot in collection.names.items():
        first, _, last = key.rpartition(" ")
        if first and len(last) >= _SHORTEST_HEAD and last not in taken:
            bearers = {row for row, kind, lang in slot if lang == "en" and kind == "vernacular"}
            heads[last].update(bearers)
    for head, keys in heads.items():
        known = collection.names.get(head, {})
        if any(kind != "scientific" for _, kind, _ in known) or len(keys) < _FEWEST_OF_HEAD:
            continue
        wider = _common_taxon(collection, taxa, sorted(keys))
        if wider is not None:
            collection.add_name(wider, head, lang="en", source="last word", priority=4, kind="head")


def _common_taxon(collection: Collection, taxa: Mapping[str, str], keys: list[str]) -> str | None:
    """Return the genus, else the family, that holds all the taxa."""
    rows = [collection.rows[key] for key in keys]
    genera = {row["scientific_name"].split(" ")[0] for row in rows}
    families = {row.get("family") or "" for row in rows}
    for names, rank in ((genera, "genus"), (families, "family")):
        name = next(iter(names))
        key = taxa.get(name)
        if len(names) == 1 and key and collection.rows[key]["rank"] == rank:
            return key
    return None


def add_parents(collection: Collection, taxa: Mapping[str, str]) -> None:
    """Give each taxon the next wider one that has a row."""
    for row in list(collection.rows.values()):
        row["parent"] = _parent(collection, taxa, row)


def _parent(collection: Collection, taxa: Mapping[str, str], row: dict[str, Any]) -> str | None:
    name, rank = row["scientific_name"], row["rank"]
    words = name.split(" ")
    candidates: list[tuple[str, str]] = []
    if len(words) >= 3 and rank not in ("species", "genus"):
        candidates.append((" ".join(words[:2]), "species"))
    if len(words) >= 2:
        candidates.append((words[0], "genus"))
    for column, wider in (("family", "family"), ("order", "order"), ("class_name", "class")):
        if not _is_wider(rank, wider):
            candidates.append((row.get(column, ""), wider))
    for candidate, wider in candidates:
        key = taxa.get(candidate)
        if not key or candidate == name:
            continue
        other = collection.rows[key]
        same_class = not (
            other.get("class_name")
            and row.get("class_name")
            and other["class_name"] != row["class_name"]
        )
        if other["rank"] == wider and same_class:
            return key
    return None


def _is_wider(rank: str, than: str) -> bool:
    """Tell whether a rank stands at or above another."""
    return rank in _RANKS and _RANKS.index(rank) >= _RANKS.index(than)
