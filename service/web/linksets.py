"""Links to other databases: counted, listed, and whole as files."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, url_for
from rdflib import URIRef

from ontology.databases import DATABASES as IDENTIFIED
from ontology.namespaces import CC_BY, PREFIXES, SEMAPV, Minter, slugify
from service.queries import GraphData, fill_query
from service.records.dataset import Linkset
from service.sparql.negotiation import HTML_OFFER
from service.store.protocol import QueryRequest
from service.web.downloads import json_response
from service.web.links import DATABASES
from service.web.site import current_site

blueprint = Blueprint("linksets", __name__)

_TSV = "text/tab-separated-values"
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_COUNT = """
SELECT ?predicate ?space (COUNT(*) AS ?n) WHERE {
  VALUES ?predicate { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch
    skos:relatedMatch }
  ?subject ?predicate ?object .
  VALUES ?space { $spaces }
  FILTER(STRSTARTS(STR(?object), STR(?space)))
}
GROUP BY ?predicate ?space
"""
_LINKS = """
SELECT ?subject ?predicate ?object (MIN(STR(?name)) AS ?label) WHERE {
  VALUES ?predicate { $predicates }
  ?subject ?predicate ?object .
  FILTER(STRSTARTS(STR(?object), $space))
  OPTIONAL { ?subject rdfs:label ?name FILTER(LANG(?name) IN ("", "en")) }
}
GROUP BY ?subject ?predicate ?object ORDER BY ?subject ?predicate ?object
"""
_ESCAPES = (("\\t", " "), ("\\n", " "), ("\\r", " "), ('\\"', '"'), ("\\\\", "\\"))


@dataclass(frozen=True, slots=True)
class Target:
    """Name one database that is linked to, and where its IRIs begin."""

    key: str
    name: str
    space: str


@cache
def targets() -> tuple[Target, ...]:
    """List the databases that there may be links to, sorted by key."""
    keys = {str(database.space): database.key for database in IDENTIFIED if database.space}
    found = (Target(keys.get(space, slugify(name)), name, space) for space, name in DATABASES)
    return tuple(sorted(found, key=lambda target: target.key))


def count_links(data: GraphData, *, addresses: bool = False) -> tuple[Linkset, ...]:
    """Count the links of the graph by database and property, sorted.

    With ``addresses`` each names its file, which needs a request to be answered.
    """
    by_space = {target.space: target for target in targets()}
    rows = data.select(_COUNT, spaces=[URIRef(space) for space in sorted(by_space)])
    found = []
    for row in rows:
        if row["predicate"]:
            target = by_space[row["space"]]
            linkset = Linkset(
                target.key, target.name, target.space, row["predicate"], int(row["n"])
            )
            name = f"{linkset.part}.nt.gz"
            dump = url_for("linksets.download", name=name, _external=True) if addresses else ""
            found.append(
                Linkset(
                    target.key, target.name, target.space, row["predicate"], int(row["n"]), dump
                )
            )
    return tuple(sorted(found, key=lambda item: item.part))


def links_by_database(data: GraphData) -> dict[str, int]:
    """Count the links of the graph by the key of their database."""
    counts: dict[str, int] = {}
    for linkset in count_links(data):
        counts[linkset.key] = counts.get(linkset.key, 0) + linkset.count
    return counts


def _find(name: str) -> tuple[Target, tuple[str, ...]] | None:
    """Return database and properties of a stem: ``wikidata`` or ``wikidata-exactMatch``."""
    for target in targets():
        if name == target.key:
            return target, _MATCHES
        for match in _MATCHES:
            if name == f"{target.key}-{match}":
                return target, (match,)
    return None


def _rows(target: Target, matches: tuple[str, ...]) -> Iterator[list[str]]:
    """Return subject, predicate, object and label as SPARQL writes them in TSV."""
    query = fill_query(
        _LINKS,
        predicates=[URIRef(f"{PREFIXES['skos']}{match}") for match in matches],
        space=target.space,
    )
    return _split(current_site().reader.query(QueryRequest(query, _TSV)).chunks)


def _split(chunks: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield the cells of each line but the first, which names the columns."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (_cells(line) for line in lines if line.startswith(b"<"))
    if rest.startswith(b"<"):
        yield _cells(rest)


def _cells(line: bytes) -> list[str]:
    return line.decode().rstrip("\r").split("\t")


def _write_triples(rows: Iterable[list[str]]) -> Iterator[bytes]:
    pack = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for subject, predicate, target, _ in rows:
        if data := pack.compress(f"{subject} {predicate} {target} .\n".encode()):
            yield data
    yield pack.flush()


def _plain(term: str) -> str:
    """Write a term of SPARQL's TSV as plain text."""
    if term.startswith("<"):
        return term[1:-1]
    text = term.strip('"')
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


def _write_table(rows: Iterable[list[str]], target: Target) -> Iterator[bytes]:
    yield b"subject\tpredicate\tobject\tidentifier\tlabel\n"
    for subject, predicate, found, label in rows:
        iri = _plain(found)
        identifier = iri.removeprefix(target.space).strip("/")
        cells = (_plain(subject), _plain(predicate), iri, identifier, _plain(label))
        yield ("\t".join(cells) + "\n").encode()


@cache
def _justifications(base: str) -> dict[tuple[str, str], str]:
    """Map subject and object of the vocabularies' own mappings to how they were found."""
    # It loads the engine, which only those who ask for this form wait for.
    from ontology.build.mappings import expand_curie, read_mapping_sets

    minter = Minter(base)
    return {
        (expand_curie(row["subject_id"], minter), expand_curie(row["object_id"], minter)): row[
            "mapping_justification"
        ]
        for mapping_set in read_mapping_sets()
        for row in mapping_set.rows
    }


def _write_sssom(
    rows: Iterable[list[str]], target: Target, minter: Minter, name: str
) -> Iterator[bytes]:
    """Write SSSOM; what the gazetteer links rests on the tables that it was made from."""
    base = minter.base
    known = _justifications(base)
    yield (
        "#curie_map:\n"
        f"#  eco_base: {base}\n"
        f"#  semapv: {SEMAPV}\n"
        f"#  skos: {PREFIXES['skos']}\n"
        f"#  {target.key}: {target.space}\n"
        f"#mapping_set_id: {minter.dataset(name)}\n"
        f"#mapping_set_title: Links to {target.name}\n"
        f"#license: {CC_BY}\n"
    ).encode()
    yield b"subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\n"
    for subject, predicate, found, label in rows:
        ours, theirs = _plain(subject), _plain(found)
        how = known.get((ours, theirs), "semapv:BackgroundKnowledgeBasedMatching")
        cells = (
            f"eco_base:{ours.removeprefix(base)}" if ours.startswith(base) else ours,
            _plain(label),
            f"skos:{_plain(predicate).rpartition('#')[2]}",
            f"{target.key}:{theirs.removeprefix(target.space)}",
            how,
        )
        yield ("\t".join(cells) + "\n").encode()


@blueprint.get("/linksets/<path:name>")
def download(name: str) -> Response:
    """Give the links to one database, or those by one property, as one file."""
    for ending in (".nt.gz", ".sssom.tsv", ".tsv"):
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            break
    else:
        abort(HTTPStatus.NOT_FOUND)
    found = _find(stem)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    target, matches = found
    rows = _rows(target, matches)
    if ending == ".nt.gz":
        response = Response(_write_triples(rows), content_type="application/gzip")
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
    elif ending == ".tsv":
        response = Response(_write_table(rows, target), content_type=f"{_TSV}; charset=utf-8")
    else:
        chunks = _write_sssom(rows, target, current_site().minter, stem)
        response = Response(chunks, content_type=f"{_TSV}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/linksets")
@blueprint.get("/linksets/")
def list_linksets() -> Response:
    """List the linksets with their sizes, on a page."""
    found = count_links(current_site().data, addresses=True)
    html = render_template("linksets.html", linksets=found)
    return Response(html, content_type=HTML_OFFER.label)


@blueprint.get("/linksets.json")
def list_linksets_as_json() -> Response:
    """List the linksets with their sizes and addresses."""
    root = url_for("linksets.list_linksets_as_json", _external=True).removesuffix(".json")
    rows = [
        {
            "database": one.key,
            "name": one.name,
            "space": one.space,
            "predicate": one.predicate,
            "links": one.count,
            "files": {
                ending: f"{root}/{one.part}.{ending}" for ending in ("nt.gz", "tsv", "sssom.tsv")
            },
        }
        for one in count_links(current_site().data)
    ]
    response = json_response({"linksets": rows})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
