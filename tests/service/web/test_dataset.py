import gzip
from collections.abc import Collection, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.namespaces import DCAT, DCTERMS, ECO, SKOS, VOID, WIKIDATA, Minter
from service.app import create_app
from service.config import Settings
from service.store.exporting import export_graphs, graph_lines, graph_names
from service.web.dumps import Dumps

_FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}
_MINTER = Minter()


def _store(client: FlaskClient, path: str = "/dataset.nt") -> ox.Store:
    store = ox.Store()
    store.load(client.get(path).data, format=ox.RdfFormat.N_TRIPLES)
    return store


def _values(store: ox.Store, subject: str, predicate: object) -> list[str]:
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(str(predicate)), None)
    return sorted(quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple))


def _count(client: FlaskClient, query: str) -> int:
    answer = client.get("/sparql", query_string={"query": query, "format": "json"})
    assert answer.json is not None
    return int(answer.json["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("term", "query"),
    [
        (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctObjects, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        (VOID.entities, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }"),
        (VOID.documents, f"SELECT (COUNT(*) AS ?n) {{ ?s a <{ECO.CaseStudy}> }}"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
    ],
)
def test_dataset_counts_what_sparql_counts(client: FlaskClient, term: object, query: str) -> None:
    assert _values(_store(client), _MINTER.dataset(), term) == [str(_count(client, query))]


def test_dataset_counts_links_to_each_database(client: FlaskClient) -> None:
    store = _store(client)
    part = _MINTER.dataset("wikidata-exactMatch")
    assert part in _values(store, _MINTER.dataset(), VOID.subset)
    assert _values(store, part, VOID.triples) == ["1"]
    assert _values(store, part, VOID.linkPredicate) == [str(SKOS.exactMatch)]
    assert _values(store, _MINTER.dataset("wikidata"), VOID.uriSpace) == [str(WIKIDATA)]


def test_dataset_counts_every_linkset_as_sparql_does(client: FlaskClient) -> None:
    store = _store(client)
    dataset = _MINTER.dataset()
    parts = [p for p in _values(store, dataset, VOID.subset) if _values(store, p, VOID.target)]
    assert parts
    for part in parts:
        predicate = _values(store, part, VOID.linkPredicate)[0]
        target = next(t for t in _values(store, part, VOID.target) if t != dataset)
        space = _values(store, target, VOID.uriSpace)[0]
        query = (
            f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o "
            f'FILTER(STRSTARTS(STR(?o), "{space}")) }}'
        )
        assert _values(store, part, VOID.triples) == [str(_count(client, query))], part


def test_dataset_names_its_licence_and_its_endpoint(client: FlaskClient) -> None:
    store = _store(client)
    dataset = _MINTER.dataset()
    assert _values(store, dataset, DCTERMS.license) == [
        "https://creativecommons.org/licenses/by/4.0/"
    ]
    assert _values(store, dataset, VOID.sparqlEndpoint) == ["http://localhost/sparql"]
    assert _MINTER.scheme("threat") in _values(store, dataset, DCAT.themeTaxonomy)


@pytest.mark.parametrize("suffix", _FORMATS)
def test_dataset_says_the_same_in_every_form(client: FlaskClient, suffix: str) -> None:
    media_type, rdf_format = _FORMATS[suffix]
    expected = {str(q) for q in ox.parse(client.get("/dataset.nt").data, _FORMATS["nt"][1])}
    for response in (
        client.get(f"/dataset.{suffix}"),
        client.get("/dataset", headers={"Accept": media_type}),
        client.get("/.well-known/void", headers={"Accept": media_type}),
    ):
        assert response.content_type.startswith(media_type)
        assert {str(q) for q in ox.parse(response.data, rdf_format)} == expected


def test_dataset_answers_crawlers_in_turtle_and_browsers_in_html(client: FlaskClient) -> None:
    assert client.get("/.well-known/void").content_type.startswith("text/turtle")
    page = client.get("/.well-known/void", headers={"Accept": "text/html"})
    assert page.content_type.startswith("text/html")
    assert "<h1>The dataset</h1>" in page.text


class _StoreExporter:
    """Export a store in memory as a snapshot would be."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.current = "g1"

    def generation(self) -> str:
        return self.current

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        return export_graphs(
            graph_names(self.store),
            lambda iri: graph_lines(self.store, iri),
            media_type=media_type,
            merged=True,
            leave_out=leave_out,
        )


@pytest.fixture
def exporter(memory_reader) -> _StoreExporter:
    return _StoreExporter(memory_reader.store)


@pytest.fixture
def dumping(memory_reader, memory_texts, exporter: _StoreExporter, tmp_path: Path) -> FlaskClient:
    dumps = Dumps(exporter, tmp_path / "dumps")
    return create_app(Settings(), memory_reader, memory_texts, dumps=dumps).test_client()


def test_dataset_offers_every_named_graph_packed(
    dumping: FlaskClient, exporter: _StoreExporter
) -> None:
    with dumping.get("/dumps/ecoduct.nq.gz") as response:
        assert response.content_type == "application/gzip"
        dumped = set(ox.parse(gzip.decompress(response.data), format=ox.RdfFormat.N_QUADS))
    assert dumped == {
        quad for quad in exporter.store if not isinstance(quad.graph_name, ox.DefaultGraph)
    }
    addresses = _values(_store(dumping), _MINTER.dataset(), VOID.dataDump)
    assert addresses == [f"http://localhost/dumps/ecoduct.{suffix}.gz" for suffix in ("nq", "nt")]


def test_dataset_makes_a_dump_once_for_a_generation(
    dumping: FlaskClient, exporter: _StoreExporter, tmp_path: Path
) -> None:
    with dumping.get("/dumps/ecoduct.nt.gz") as first:
        tag = first.headers["ETag"]
    with dumping.get("/dumps/ecoduct.nt.gz", headers={"If-None-Match": tag}) as second:
        assert second.status_code == 304
    exporter.current = "g2"
    with dumping.get("/dumps/ecoduct.nt.gz", headers={"If-None-Match": tag}) as third:
        assert third.status_code == 200
    assert [p.name for p in (tmp_path / "dumps").iterdir()] == ["ecoduct-g2.nt.gz"]


def test_dataset_gives_no_dump_where_there_is_none(client: FlaskClient) -> None:
    assert client.get("/dumps/ecoduct.nq.gz").status_code == 404


def test_dataset_dumps_quote_nothing_that_may_not_be_quoted(dumping: FlaskClient) -> None:
    with dumping.get("/dumps/ecoduct.nq.gz") as response:
        text = gzip.decompress(response.data).decode()
    assert "Two dams in Romania were removed." in text
    assert "Elk moved freely in Canada" not in text
