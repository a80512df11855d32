"""Collect organisations and their names from their table."""

from typing import Any

from ontology.gazetteer.collecting import Collection
from ontology.gazetteer.tables import iterate_table

_COLUMNS = ("name", "acronym", "type", "iati_code", "ror_type", "country", "wikidata", "ror", "url")


def collect_organisations() -> Collection:
    """Collect every organisation with all its names."""
    collection = Collection()
    for row in iterate_table("organisations"):
        key = row["id"]
        collection.add_row(key, **{column: row[column] for column in _COLUMNS})
        names = [(row["name"], 0, "name"), (row["acronym"], 1, "acronym")]
        names += [(name.strip(), 1, "alternate") for name in row["alt_names"].split("|")]
        for name, priority, kind in names:
            if name:
                collection.add_name(
                    key, name, lang="", source=row["source"], priority=priority, kind=kind
                )
    return collection


def pack_organisations(collection: Collection, numbers: dict[str, int]) -> list[list[Any]]:
    """Return organisations as lists in the order of OrganisationRow's fields, number left out."""
    rows = sorted(collection.rows.items(), key=lambda item: numbers[item[0]])
    return [[key, *(row[column] for column in _COLUMNS)] for key, row in rows]
