"""Collect organisations and their names from their table."""

from typing import Any

from ontology.gazetteer.collecting import Collection, set_identifier
from ontology.gazetteer.own import NOTHING_OWN, SOURCE, OwnTables
from ontology.gazetteer.tables import iterate_table
from ontology.namespaces import slugify

_COLUMNS = ("name", "acronym", "type", "iati_code", "ror_type", "country", "wikidata", "ror", "url")


def collect_organisations(own: OwnTables = NOTHING_OWN) -> Collection:
    """Collect every organisation with all its names, a user's own ones over those of the table."""
    collection = Collection()
    for row in (*map(_own_row, own.of("organisation")), *iterate_table("organisations")):
        key = row["id"]
        collection.add_row(key, **{column: row[column] for column in _COLUMNS})
        names = [(row["name"], 0, "name"), (row["acronym"], 1, "acronym")]
        names += [(name.strip(), 1, "alternate") for name in row["alt_names"].split("|")]
        for name, priority, kind in names:
            if name:
                collection.add_name(
                    key, name, lang="", source=row["source"], priority=priority, kind=kind
                )
    for row in own.identifiers_of("organisation"):
        if row["key"] in collection.rows:
            set_identifier(collection.rows[row["key"]], row, _COLUMNS)
    return collection


def _own_row(row: dict[str, str]) -> dict[str, str]:
    """Write a user's row as the table has it."""
    country = row["countries"]
    key = "-".join(part for part in (slugify(row["name"]), country.lower()) if part)
    return {
        "id": key,
        "country": country,
        "iati_code": "",
        "ror_type": "",
        "source": SOURCE,
        **{column: row[column] for column in ("name", "acronym", "alt_names", "type")},
        **{column: row[column] for column in ("wikidata", "ror", "url")},
    }


def pack_organisations(collection: Collection, numbers: dict[str, int]) -> list[list[Any]]:
    """Return organisations as lists in the order of OrganisationRow's fields, number left out."""
    rows = sorted(collection.rows.items(), key=lambda item: numbers[item[0]])
    return [
        [key, *(row[column] for column in _COLUMNS), row.get("identifiers", [])]
        for key, row in rows
    ]
