"""Find what an identifier of another database, or a name, means here."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from extract.reconcile.catalogue import Entry
from extract.reconcile.exact_matches import exact_matches
from extract.reconcile.properties import EVERYTHING
from extract.reconcile.queries import Condition, Query
from extract.reconcile.ranked import ReconcileType
from ontology.databases import DATABASES, database_key, find_database
from ontology.namespaces import ECO, RDF, RDFS, SKOS
from ontology.vocabulary import Concept
from service.names import OpenNames
from service.problems import ProblemError
from service.web.context import current_linker
from service.web.entity_solutions import count_solutions
from service.web.linksets import links_by_database
from service.web.reconciliation.types import type_info, type_of_id
from service.web.site import current_site

Json = dict[str, Any]
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one database whose identifiers can be resolved."""

    key: str
    name: str
    identifiers: int
    """Distinct identifiers that the gazetteer holds."""
    links: int
    """Links of the graph, as VoID and the linksets count them."""
    example: str


def list_columns(names: OpenNames) -> list[Column]:
    """List the known databases and those that an operator added, sorted by key."""
    counts = names.gazetteer.identifiers.counts
    links = links_by_database(current_site().data)
    columns = []
    for key in sorted({*counts, *(database.key for database in DATABASES)}):
        known = find_database(key)
        columns.append(
            Column(
                key,
                key if known is None else known.name,
                counts.get(key, 0),
                links.get(key, 0),
                "" if known is None else known.example,
            )
        )
    return columns


def check_column(names: OpenNames, database: str) -> str:
    """Return the key of a column; raise ProblemError where it has no rows, saying what to do."""
    key = database_key(database.strip().casefold())
    if not names.gazetteer.identifiers.counts.get(key):
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            f"the gazetteer holds no identifiers of {key!r}. An operator loads some with "
            "'ecoduct gazetteer add --ids FILE': a CSV file with the columns kind, key or name, "
            f"database ({key}) and id. GET /resolve lists the columns that there are",
        )
    return key


def resolve_identifier(names: OpenNames, database: str, identifier: str) -> list[Entry]:
    """Return what bears an identifier; raise ProblemError where nothing does."""
    key = check_column(names, database)
    found = names.queries.catalogue.identified(key, identifier)
    if not found:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, f"no row of the gazetteer bears {key} {identifier!r}"
        )
    return found


def read_types(wanted: Iterable[str]) -> tuple[ReconcileType, ...]:
    """Read the types of a request; raise ProblemError for one that is none of ours."""
    types: list[ReconcileType] = []
    for id in wanted:
        type = type_of_id(id)
        if type is None:
            raise ProblemError(
                HTTPStatus.BAD_REQUEST, f"type {id!r} is none of {', '.join(EVERYTHING)}"
            )
        types.append(type)
    return tuple(types) or EVERYTHING


def resolve_name(
    names: OpenNames, name: str, types: tuple[ReconcileType, ...], country: str
) -> list[Entry]:
    """Return the one thing that a name means, or all that it may mean, likeliest first."""
    conditions = (Condition("country", (country,)),) if country else ()
    options = names.queries.answer(Query(name, types, _MOST_CHOICES, conditions))
    if options and options[0].candidate.match:
        options = options[:1]
    entries = (names.queries.catalogue.find(option.candidate.iri) for option in options)
    found = [entry for entry in entries if entry is not None]
    if not found:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"nothing bears the name {name!r} or one like it")
    return found


def describe_entries(entries: Iterable[Entry]) -> list[Json]:
    """Describe entries with their identifiers elsewhere and their number of solutions."""
    entries = list(entries)
    solutions = count_solutions(current_site().data, (entry.iri for entry in entries))
    return [
        {
            "iri": entry.iri,
            "label": entry.label,
            "type": entry.type,
            "description": entry.description,
            "exactMatch": list(_matches(entry)),
            "solutions": solutions.get(entry.iri, 0),
            "page": current_linker().href(entry.iri),
        }
        for entry in entries
    ]


def _matches(entry: Entry) -> tuple[str, ...]:
    return () if isinstance(entry.item, Concept) else exact_matches(entry.item)


def write_entries(entries: Iterable[Entry]) -> bytes:
    """Write what entries are, their names and their matches as sorted N-Triples."""
    lines = []
    for entry in entries:
        term = ECO[type_info(entry.type).term]
        label = entry.label.translate(_ESCAPES)
        lines += [f"<{entry.iri}> <{RDF.type}> <{term}> .\n"]
        lines += [f'<{entry.iri}> <{RDFS.label}> "{label}" .\n']
        lines += [f"<{entry.iri}> <{SKOS.exactMatch}> <{iri}> .\n" for iri in _matches(entry)]
    return "".join(sorted(lines)).encode()
