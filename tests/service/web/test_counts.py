"""After a document's graph is deleted by /update, every count of every page is its SPARQL's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from extract.graph import build_graph
from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from service.index.searching import SearchIndex
from service.sparql.access import WriteAccess
from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.operations import Operation
from service.store.reading import SnapshotReader
from service.store.tokens import TokenStore
from service.web.context import KINDS

MINTER = Minter()
DELETED = "alder-bridges"
HOME = {
    "Solutions": "?x a eco:Solution",
    "Countries": "?s eco:takesPlaceInCountry ?x",
    "Species and groups": "?s eco:focalTaxon|eco:mentionsTaxon ?x",
    "Statements": "?x a eco:Assertion",
    "Evidence sentences": "?x a eco:EvidenceSentence",
}
PATHS = {
    "country": "eco:takesPlaceInCountry",
    "threat": "eco:addressesThreat",
    "intervention": "eco:usesIntervention",
    "target": "eco:contributesToTarget",
    "taxon": "(eco:focalTaxon|eco:mentionsTaxon)",
}
KIND_PATHS = {
    "taxon": "(eco:focalTaxon|eco:mentionsTaxon)/skos:broader*",
    "place": "(eco:takesPlaceIn|eco:takesPlaceInCountry)",
    "threat": "eco:addressesThreat/skos:broader*",
    "stress": "eco:addressesStress/skos:broader*",
    "intervention": "eco:usesIntervention/skos:broader*",
    "kmgbf": "eco:contributesToTarget/skos:broader*",
}
NAMED = "?m oa:hasBody ?x ; oa:hasTarget/oa:hasSource/eco:describes ?s"
PREFIXES = """
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""


@dataclass(frozen=True, slots=True)
class Live:
    """Hold a client of an application over a store on disk, and its token."""

    client: FlaskClient
    token: str

    def select(self, query: str) -> dict[str, int]:
        """Return the second column of a query by the first."""
        response = self.client.post("/sparql", data={"query": PREFIXES + query, "format": "csv"})
        assert response.status_code == 200, response.text
        rows = [line.split(",") for line in response.text.splitlines()[1:]]
        return {row[0]: int(row[-1]) for row in rows if row[0]}

    def count(self, pattern: str) -> int:
        return self.select(f"SELECT ('n' AS ?k) (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")["n"]

    def group(self, pattern: str) -> dict[str, int]:
        return self.select(f"SELECT ?x (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?x")

    def update(self, text: str) -> None:
        response = self.client.post(
            "/update",
            data=text,
            content_type="application/sparql-update",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert response.status_code == 204, response.text


@pytest.fixture
def live(tmp_path: Path, extractions, vocabulary_triples: bytes) -> Iterator[Live]:
    folder = DataFolder(tmp_path)
    committer = Committer(folder)
    graphs = {MINTER.vocabulary_graph("test"): vocabulary_triples}
    for extraction in extractions:
        graphs |= build_graph(extraction, MINTER)
    committer.write(Operation("replace", graphs=graphs))
    reader = SnapshotReader(folder.snapshots)
    tokens = TokenStore(folder.tokens)
    token = tokens.add("test", ["admin"])
    access = WriteAccess(committer, tokens)
    index = SearchIndex(folder.index)
    app = create_app(Settings(data_dir=tmp_path), reader, NoTexts(), access=access, search=index)
    yield Live(app.test_client(), token)
    reader.close()
    committer.close()


class NoTexts:
    """Keep no texts."""

    def case_study(self, document: str, checksum: str | None = None) -> None:
        return None


def shown_counts(page: str) -> dict[str, int]:
    """Read the counts at the head of the home page."""
    found = re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]*>)?([\d,]+)", page)
    return {unescape(title): int(number.replace(",", "")) for title, number in found}


def check_home(live: Live) -> None:
    shown = shown_counts(live.client.get("/").text)
    assert shown == {title: live.count(pattern) for title, pattern in HOME.items()}


def check_indexes(live: Live) -> None:
    for kind, path in KIND_PATHS.items():
        start = MINTER.scheme(kind)
        rows = live.client.get(f"/{kind}.json").json or []
        solutions = {row["iri"]: row["solutions"] for row in rows if row["solutions"]}
        named = {row["iri"]: row["solutions_mentioning"] for row in rows}
        expected = live.group(f"?s {path} ?x")
        assert solutions == {iri: n for iri, n in expected.items() if iri.startswith(start)}, kind
        for iri, number in live.group(NAMED).items():
            assert not iri.startswith(start) or named[iri] == number
    for kind in KINDS:
        page = live.client.get(f"/{kind}/").text
        numbers = [int(n) for n in re.findall(r'aria-label="(\d+) solutions', page)]
        rows = live.client.get(f"/{kind}.json").json or []
        assert sorted(numbers) == sorted(row["solutions"] for row in rows if row["solutions"])


def check_facets(live: Live) -> None:
    page = live.client.get("/solutions").text
    for facet, path in PATHS.items():
        pattern = (
            rf'<a href="/solutions\?{facet}=([^"&]+)"[^>]*>[^<]*</a> <span class="count">(\d+)'
        )
        shown = {key: int(number) for key, number in re.findall(pattern, page)}
        expected = live.group(f"?s {path} ?x")
        assert shown == {iri.rpartition("/")[2]: number for iri, number in expected.items()}, facet
        listed = live.client.get(f"/api/facets/{facet}").json or {}
        assert {i["iri"]: i["solutions"] for i in listed["items"]} == expected, facet
    assert len(live.client.get("/solutions.json").json or ()) == live.count("?x a eco:Solution")


def check_rest(live: Live) -> None:
    health = live.client.get("/health").json or {}
    assert health["triples"] == live.select("SELECT ('n' AS ?k) (COUNT(*) AS ?n) { ?s ?p ?o }")["n"]
    found = live.client.get("/search.json?q=elk&kind=solution").json or []
    by_title = "?x a eco:Solution ; rdfs:label ?t FILTER(CONTAINS(LCASE(STR(?t)), 'elk'))"
    rdfs = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    expected = live.select(f"{rdfs}SELECT ?x (1 AS ?n) {{ {by_title} }}")
    assert {row["iri"] for row in found} == set(expected)


@pytest.mark.parametrize(
    "update",
    [
        f"DROP GRAPH <{MINTER.document_graph(DELETED)}>",
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
        f"FILTER(?g = <{MINTER.document_graph(DELETED)}>) }}",
    ],
)
def test_counts_are_those_of_sparql_right_after_a_document_is_deleted(
    live: Live, update: str
) -> None:
    for solutions in (3, 2):
        assert live.count("?x a eco:Solution") == solutions
        for check in (check_home, check_indexes, check_facets, check_rest):
            check(live)
        if solutions == 3:
            assert live.count("?x eco:contributesToTarget ?t") == 1
            live.update(update)
    assert live.count("?x eco:contributesToTarget ?t") == 0
    assert DELETED not in live.client.get("/").text
