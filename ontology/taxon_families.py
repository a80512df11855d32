"""Say which word family of the lexicons the names of a taxon belong to."""

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from ontology.errors import OntologyError
from ontology.phrases import lexicon_file, read_table

COLUMNS = ("rank", "taxon", "family", "source")
RANKS = ("kingdom", "class", "order", "infraorder", "family")

TaxonFamilies = Mapping[tuple[str, str], tuple[str, ...]]


def read_taxon_families(source: Traversable) -> TaxonFamilies:
    """Read families by rank and taxon; raise OntologyError with the line of the first bad row."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for where, row in read_table(source, COLUMNS):
        if not all(row.values()):
            raise OntologyError(f"{where}: a field is empty; fill all")
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
    return read_taxon_families(lexicon_file("taxon_families"))
