"""Make the vocabulary graphs: files for publication, N-Triples for a store."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pyoxigraph

from ontology.build.cms import write_instrument_scopes, write_listings
from ontology.build.entailed import write_entailed
from ontology.build.mappings import write_mappings
from ontology.build.places import write_countries, write_regions
from ontology.build.skos import write_scheme
from ontology.build.turtle import Triples, write_turtle
from ontology.namespaces import PREFIXES, SSSOM, Minter
from ontology.vocabulary import load_vocabulary, scheme_table

ENTAILED = "inferred"
MAPPINGS = "mappings"
PLACES = "places"
SCHEMA = "schema"


def graph_names() -> tuple[str, ...]:
    """List the vocabulary graphs that are built from data, sorted."""
    return tuple(sorted({scheme.graph for scheme in scheme_table().values()} | {MAPPINGS, PLACES}))


def build_graph(name: str, minter: Minter) -> Triples:
    """Build one vocabulary graph from its data."""
    triples = Triples()
    for scheme in scheme_table().values():
        if scheme.graph == name:
            write_scheme(triples, load_vocabulary(scheme.name), minter)
    if name == "cms":
        write_listings(triples, minter)
        write_instrument_scopes(triples, minter)
    if name == PLACES:
        write_countries(triples, minter)
        write_regions(triples, minter)
    if name == MAPPINGS:
        write_mappings(triples, minter)
    return triples


def _prefixes(minter: Minter) -> dict[str, str]:
    ours = {scheme.segment: minter.scheme(scheme.segment) for scheme in scheme_table().values()}
    things = {"taxon": minter.taxon(""), "place": minter.place(""), "sssom": str(SSSOM)}
    return PREFIXES | ours | things


def build_files() -> dict[str, bytes]:
    """Build every published file, by its path under the package, with the default base."""
    minter = Minter()
    built = {}
    for name in graph_names():
        folder = "mappings" if name == MAPPINGS else "vocabularies"
        heading = (
            f"Vocabulary graph {name!r}, built from the CSV and TSV files beside it by\n"
            "'ecoduct vocab build'. Edit those, not this."
        )
        triples = build_graph(name, minter).triples
        built[f"{folder}/{name}.ttl"] = write_turtle(triples, _prefixes(minter), heading)
    return built


@cache
def vocabulary_graphs(minter: Minter) -> Mapping[str, bytes]:
    """Return every vocabulary graph and the schema as N-Triples, by the IRI of its graph."""
    graphs = {
        minter.vocabulary_graph(name): build_graph(name, minter).to_ntriples()
        for name in graph_names()
    }
    entailed, graph = Triples(), minter.vocabulary_graph(ENTAILED)
    write_entailed(entailed, graph, minter)
    graphs[graph] = entailed.to_ntriples()
    graphs[minter.vocabulary_graph(SCHEMA)] = _schema_ntriples()
    return graphs


def _schema_ntriples() -> bytes:
    """Return schema.ttl as sorted N-Triples, without the axioms that need blank nodes."""
    source = (files("ontology") / "schema.ttl").read_bytes()
    lines = []
    for triple in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
        ends = (triple.subject, triple.object)
        if not any(isinstance(end, pyoxigraph.BlankNode) for end in ends):
            lines.append(f"{triple.subject} {triple.predicate} {triple.object} .\n")
    return "".join(sorted(set(lines))).encode()


def vocabulary_checksum(minter: Minter) -> str:
    """Name the content of all vocabulary graphs; a store loads them again when it changes."""
    digest = hashlib.sha256()
    for name, data in sorted(vocabulary_graphs(minter).items()):
        digest.update(name.encode() + b"\0" + data + b"\0")
    return f"sha256:{digest.hexdigest()}"
