"""Say which word family of the lexicons the names of a taxon belong to."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from ontology.errors import OntologyError

RANKS = ("kingdom", "class", "order", "infraorder", "family")

TaxonFamilies = Mapping[tuple[str, str], tuple[str, ...]]


def read_taxon_families(source: Traversable) -> TaxonFamilies:
    """Read families by rank and taxon; raise OntologyError with the line of the first bad row."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with source.open("r", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            where = f"{source.name}:{reader.line_num}"
            if None in row or not all(row.values()):
                raise OntologyError(f"{where}: expected rank, taxon, family and source; fill all")
            if row["rank"] not in RANKS:
                known = ", ".join(RANKS)
                raise OntologyError(f"{where}: rank {row['rank']!r} is unknown; write {known}")
            key = (row["rank"], row["taxon"])
            if row["family"] in found.get(key, ()):
                raise OntologyError(f"{where}: {row['taxon']} is in {row['family']} already")
            found[key] = (*found.get(key, ()), row["family"])
    return MappingProxyType(found)


@cache
def load_taxon_families() -> TaxonFamilies:
    """Read the shipped table, once a process."""
    return read_taxon_families(resources.files("ontology") / "lexicons" / "taxon_families.csv")
