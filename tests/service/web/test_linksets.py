"""Linksets: files, and counts that agree with VoID, /resolve and SPARQL."""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.namespace import SKOS, VOID

from ontology.namespaces import WIKIDATA, Minter
from service.app import create_app
from service.config import Settings
from service.store.protocol import Reader
from service.web.site import TextSource

MINTER = Minter()
ELK = MINTER.taxon("cervus-canadensis")
JSON = {"Accept": "application/json"}


class Asked(Protocol):
    """Answer GET requests as Flask's test client does."""

    def get(self, path: str, **options: Any) -> Any: ...


_COUNT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT (COUNT(*) AS ?n) WHERE {{
  ?s skos:{match} ?o FILTER(STRSTARTS(STR(?o), "{space}"))
}}
"""


@pytest.fixture
def service(
    gazetteer_path: Path, memory_reader: Reader, memory_texts: TextSource
) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), memory_reader, memory_texts)
    with app.test_client() as client:
        yield client


def test_linksets_give_triples_packed(service: FlaskClient) -> None:
    data = service.get("/linksets/wikidata.nt.gz").get_data()
    assert data == service.get("/linksets/wikidata-exactMatch.nt.gz").get_data()
    text = gzip.decompress(data).decode()
    assert text == f"<{ELK}> <{SKOS.exactMatch}> <{WIKIDATA['Q1']}> .\n"


def test_linksets_give_tables(service: FlaskClient) -> None:
    text = service.get("/linksets/wikidata.tsv").text
    assert list(csv.DictReader(io.StringIO(text), delimiter="\t")) == [
        {
            "subject": ELK,
            "predicate": str(SKOS.exactMatch),
            "object": str(WIKIDATA["Q1"]),
            "identifier": "Q1",
            "label": "Elk",
        }
    ]


def test_linksets_give_sssom(service: FlaskClient) -> None:
    text = service.get("/linksets/wikidata.sssom.tsv").text
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert f"#mapping_set_id: {MINTER.dataset('wikidata')}" in head
    assert f"#  wikidata: {WIKIDATA}" in head
    body = io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("#")))
    assert list(csv.DictReader(body, delimiter="\t")) == [
        {
            "subject_id": "eco_base:taxon/cervus-canadensis",
            "subject_label": "Elk",
            "predicate_id": "skos:exactMatch",
            "object_id": "wikidata:Q1",
            "mapping_justification": "semapv:BackgroundKnowledgeBasedMatching",
        }
    ]


@pytest.mark.parametrize("name", ["wikidata", "none.tsv", "wikidata-sameAs.nt.gz", "ncbi.csv"])
def test_linksets_have_no_other_files(service: FlaskClient, name: str) -> None:
    assert service.get(f"/linksets/{name}").status_code == 404


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_linksets_tell_programs_of_errors_in_json(
    service: FlaskClient, accept: str, media_type: str
) -> None:
    response = service.get("/linksets/0", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type) == (404, media_type)


def test_linksets_of_a_database_without_links_are_empty(service: FlaskClient) -> None:
    assert gzip.decompress(service.get("/linksets/ror.nt.gz").get_data()) == b""


def test_linksets_are_listed_on_a_page(service: FlaskClient) -> None:
    assert "/linksets/wikidata-exactMatch.sssom.tsv" in service.get("/linksets").text
    assert service.get("/linksets/").status_code == 200


def check_counts_agree(service: Asked) -> int:
    """Compare VoID, /resolve, the list, the files and SPARQL; return the number of linksets."""
    void = Graph().parse(data=service.get("/dataset.ttl").text, format="turtle")
    listed = service.get("/linksets.json").json
    columns = service.get("/resolve", headers=JSON).json
    assert listed is not None and columns is not None
    by_column: dict[str, int] = {}
    for linkset in listed["linksets"]:
        match = linkset["predicate"].rpartition("#")[2]
        node = next(void.subjects(VOID.linkPredicate, None))
        node = type(node)(MINTER.dataset(f"{linkset['database']}-{match}"))
        assert int(str(void.value(node, VOID.triples))) == linkset["links"]
        dump = urlsplit(str(void.value(node, VOID.dataDump))).path
        lines = gzip.decompress(service.get(dump).get_data()).splitlines()
        assert len(lines) == len(set(lines)) == linkset["links"]
        query = _COUNT.format(match=match, space=linkset["space"])
        counted = service.get("/sparql", query_string={"query": query, "format": "csv"}).text
        assert counted.split()[1] == str(linkset["links"])
        by_column[linkset["database"]] = by_column.get(linkset["database"], 0) + linkset["links"]
    resolvable = {column["key"]: column["links"] for column in columns["columns"]}
    assert {key: count for key, count in by_column.items() if key in resolvable} == {
        key: count for key, count in resolvable.items() if count
    }
    assert len(listed["linksets"]) == len(list(void.objects(None, VOID.linkPredicate)))
    return len(listed["linksets"])


def test_linksets_are_counted_alike_everywhere(service: FlaskClient) -> None:
    assert check_counts_agree(service) == 1
