"""What search and suggest find, in which order."""

import pyoxigraph as ox
import pytest

from ontology.namespaces import PREFIXES
from service.index.building import IndexBuilder
from service.index.entries import read_entries
from service.index.searching import SearchIndex

BASE = "https://w3id.org/ecoduct/"
GRAPH = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dwc: <http://rs.tdwg.org/dwc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix eco: <https://w3id.org/ecoduct/ontology#> .
@base <https://w3id.org/ecoduct/> .
<taxon/uncia> rdfs:label "Snow leopard" ; dwc:scientificName "Panthera uncia" ;
  dwc:vernacularName "Panthère des neiges"@fr, "Snow leopard"@en .
<taxon/pardus> rdfs:label "Leopard" ; dwc:vernacularName "Leopardo"@es .
<threat/4.1> skos:prefLabel "Roads & railroads"@en, "Routes"@fr ; skos:notation "4.1" .
<threat-cmp4/4.1> skos:prefLabel "Roads"@en ; skos:notation "4.1" .
<place/cr> rdfs:label "Costa Rica" .
<place/cor> rdfs:label "Río Corrèze" .
<case-study/a> eco:describes <solution/a> .
<solution/a> rdfs:label "Bridges for elk"@en .
<t1> oa:hasSource <case-study/a> ; oa:hasSelector <q1>, <p1> .
<q1> oa:exact "Two underpasses let leopards cross roads." .
<t2> oa:hasSource <case-study/a> ; oa:hasSelector <q2> . <q2> oa:exact "underpasses" .
<annotation/a/m1> rdfs:label "Hidden annotation" .
<http://other.test/taxon/x> rdfs:label "Stranger leopard" .
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    store = ox.Store()
    graph = ox.NamedNode(f"{BASE}graph/a")
    store.load(GRAPH, format=ox.RdfFormat.TURTLE, to_graph=graph)
    other = ox.NamedNode(f"{BASE}graph/b")
    name = f"<{BASE}place/cr> <{PREFIXES['rdfs']}label> 'Costa Rica'"
    store.update(f"INSERT DATA {{ GRAPH {other} {{ {name} }} }}")
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    builder = IndexBuilder(path)
    builder.begin(store, "", "g-1")
    builder.end()
    return SearchIndex(path)


@pytest.mark.parametrize(
    ("text", "kind", "language", "expected"),
    [
        ("leopard", None, None, ["taxon/pardus", "taxon/uncia", "solution/a"]),
        ("snow leopard", None, None, ["taxon/uncia"]),
        ("LEOPARD snow", None, None, ["taxon/uncia"]),
        ("panthere  neiges", None, None, ["taxon/uncia"]),
        ("panthera uncia", "taxon", None, ["taxon/uncia"]),
        ("panthera uncia", "taxon", "fr", ["taxon/uncia"]),
        ("leopardo", None, "en", []),
        ("leopardo", None, "es", ["taxon/pardus"]),
        ("roads", "threat", None, ["threat/4.1"]),
        ("roads", "threat-cmp4", None, ["threat-cmp4/4.1"]),
        ("roads", None, None, ["threat-cmp4/4.1", "threat/4.1", "solution/a"]),
        ("4.1", "threat", None, ["threat/4.1"]),
        ("underpass roads", None, None, ["solution/a"]),
        ("elk", "solution", None, ["solution/a"]),
        ("rio correze", None, None, ["place/cor"]),
        ("annotation", None, None, []),
        ("stranger", None, None, []),
        ("", None, None, []),
        ("* & - ( OR", None, None, []),
        ('road" OR "elk', None, None, []),
        ("text : elk NEAR", None, None, []),
    ],
)
def test_searching_finds(
    index: SearchIndex, text: str, kind: str | None, language: str | None, expected: list[str]
) -> None:
    hits = index.search(text, kind, language)
    assert [hit.iri.removeprefix(BASE) for hit in hits] == expected


def test_searching_tells_what_matched(index: SearchIndex) -> None:
    hit = index.search("panthère des neiges")[0]
    assert (hit.kind, hit.label, hit.matched, hit.language) == (
        "taxon",
        "Snow leopard",
        "Panthère des neiges",
        "fr",
    )
    assert hit.exact
    solution = index.search("underpasses")[0]
    assert (solution.label, solution.matched, solution.exact) == ("Bridges for elk", "", False)
    assert index.search("roads", "threat", "fr")[:1] == ()
    assert index.search("routes", "threat", "fr")[0].label == "Routes"


def test_searching_gives_no_more_than_asked_for(index: SearchIndex) -> None:
    assert [len(index.search("leopard", limit=n)) for n in (0, 1, 2)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("prefix", "kind", "expected"),
    [
        ("snow l", None, ["taxon/uncia"]),
        ("leo", "taxon", ["taxon/pardus", "taxon/uncia"]),
        ("co", "place", ["place/cr", "place/cor"]),
        ("cost", "taxon", []),
        ("r", "threat", ["threat/4.1"]),
        ("bridges f", None, ["solution/a"]),
        ("underp", None, []),
        ("", None, []),
    ],
)
def test_searching_suggests(
    index: SearchIndex, prefix: str, kind: str | None, expected: list[str]
) -> None:
    hits = index.suggest(prefix, kind)
    assert [hit.iri.removeprefix(BASE) for hit in hits] == expected


def test_searching_lists_all_of_a_kind_with_the_words(index: SearchIndex) -> None:
    assert index.find("leopard", "taxon") == (f"{BASE}taxon/pardus", f"{BASE}taxon/uncia")
    assert index.find("cross road", "solution") == (f"{BASE}solution/a",)
    assert index.find("&", "solution") == ()


def test_entries_leave_out_quotes_that_stand_in_longer_ones() -> None:
    store = ox.Store()
    store.load(GRAPH, format=ox.RdfFormat.TURTLE)
    texts = [entry.text for entry in read_entries(store, "", BASE) if entry.role == "text"]
    assert texts == ["Two underpasses let leopards cross roads.\nBridges for elk\n"]
