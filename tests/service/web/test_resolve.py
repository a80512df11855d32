"""Identifiers and names resolved one by one and in bulk."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import NCBITAXON, Minter
from service.app import create_app
from service.config import Settings
from service.store.protocol import Reader
from service.web.site import TextSource

MINTER = Minter()
JAGUAR, ELK = MINTER.taxon("panthera-onca"), MINTER.taxon("cervus-canadensis")
JSON = {"Accept": "application/json"}


@pytest.fixture
def service(
    gazetteer_path: Path, memory_reader: Reader, memory_texts: TextSource
) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), memory_reader, memory_texts)
    with app.test_client() as client:
        yield client


@pytest.mark.parametrize(
    ("column", "identifier", "iri"),
    [
        ("ncbi", "9690", JAGUAR),
        ("ncbi", str(NCBITAXON["9690"]), JAGUAR),
        ("taxid", "9690", JAGUAR),
        ("wikidata", "Q35694", JAGUAR),
        ("gbif", "5219426", JAGUAR),
        ("mdd", "1006021", JAGUAR),
        ("speciesplus", "6385", JAGUAR),
        ("wikipedia_en", "Jaguar", JAGUAR),
        ("iucn", "22687170", MINTER.taxon("abeillia-abeillei")),
        ("iucn_redlist_id", "22687170", MINTER.taxon("abeillia-abeillei")),
        ("avibase", "B3F5E5E2", MINTER.taxon("abeillia-abeillei")),
        ("ebird", "emchum1", MINTER.taxon("abeillia-abeillei")),
        ("amphibiaweb", "5082", MINTER.taxon("abavorana-luctuosa")),
        ("reptile_database", "11256", MINTER.taxon("ablepharus-alaicus")),
        ("iso", "CR", MINTER.country("CR")),
        ("iso", "CR-A", MINTER.place("cr-a")),
        ("iso3", "CRI", MINTER.country("CR")),
        ("m49", "188", MINTER.country("CR")),
        ("geonames", "192950", MINTER.country("KE")),
        ("whs", "573", MINTER.place("air-and-tenere-natural-reserves-ne")),
        ("ror", "034t30j35", MINTER.actor("chinese-academy-of-sciences-cn")),
        ("ror", "https://ror.org/034t30j35", MINTER.actor("chinese-academy-of-sciences-cn")),
    ],
)
def test_resolve_finds_by_every_column(
    service: FlaskClient, column: str, identifier: str, iri: str
) -> None:
    answer = service.get("/resolve", query_string={column: identifier}, headers=JSON)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert [one["iri"] for one in answer.json["results"]] == [iri]


def test_resolve_has_an_example_that_works_for_every_column(service: FlaskClient) -> None:
    answer = service.get("/resolve", headers=JSON).json
    assert answer is not None
    columns = [one for one in answer["columns"] if one["identifiers"]]
    assert len(columns) >= 17
    for column in columns:
        found = service.get("/resolve", query_string={column["key"]: column["example"]})
        assert found.status_code in (200, 300), column


def test_resolve_tells_of_the_solutions(service: FlaskClient) -> None:
    answer = service.get("/resolve?ncbi=1574408", headers=JSON).json
    assert answer is not None
    assert answer["query"] == {"column": "ncbi", "value": "1574408"}
    (found,) = answer["results"]
    assert (found["iri"], found["solutions"]) == (ELK, 2)
    assert found["page"] == "/taxon/cervus-canadensis.html"
    assert str(NCBITAXON["1574408"]) in found["exactMatch"]


def test_resolve_answers_in_rdf(service: FlaskClient) -> None:
    for accept, form in (("text/turtle", "turtle"), ("application/n-triples", "nt")):
        answer = service.get("/resolve?ncbi=9690", headers={"Accept": accept})
        assert answer.content_type.startswith(accept)
        graph = Graph().parse(data=answer.get_data(), format=form)
        assert (URIRef(JAGUAR), SKOS.exactMatch, NCBITAXON["9690"]) in graph


def test_resolve_answers_in_html(service: FlaskClient) -> None:
    answer = service.get("/resolve?ncbi=9690", headers={"Accept": "text/html"})
    assert "jaguar" in answer.text and "NCBI Taxonomy 9690" in answer.text
    listed = service.get("/resolve", headers={"Accept": "text/html"}).text
    assert "/resolve?gbif=5219426" in listed and "none loaded" in listed


def test_resolve_takes_only_what_it_can_write(service: FlaskClient) -> None:
    assert service.get("/resolve?ncbi=9690", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("column", ["wdpa", "worms", "unheard_of"])
def test_resolve_says_how_a_column_without_rows_is_loaded(
    service: FlaskClient, column: str
) -> None:
    answer = service.get(f"/resolve?{column}=1", headers=JSON)
    assert answer.status_code == 404
    assert answer.json is not None
    assert "ecoduct gazetteer add --ids FILE" in answer.json["detail"]


def test_resolve_knows_no_identifier_that_no_row_bears(service: FlaskClient) -> None:
    answer = service.get("/resolve?ncbi=1", headers=JSON)
    assert (answer.status_code, "add --ids" in answer.text) == (404, False)


@pytest.mark.parametrize(
    ("query", "status", "first"),
    [
        ("name=jaguar", 200, JAGUAR),
        ("name=Pantera onca&type=taxon", 200, JAGUAR),
        ("name=Victoria&type=place&country=AU", 200, MINTER.place("au-vic")),
        ("name=Victoria", 300, None),
        ("name=robin&type=taxon", 300, MINTER.taxon("turdus-migratorius")),
    ],
)
def test_resolve_finds_names(
    service: FlaskClient, query: str, status: int, first: str | None
) -> None:
    answer = service.get(f"/resolve?{query}", headers=JSON)
    assert answer.status_code == status
    assert answer.json is not None
    results = answer.json["results"]
    assert (len(results) > 1) == (status == 300)
    assert first in (None, results[0]["iri"])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("name=qxzwvk", 404),
        ("name=jaguar&type=ship", 400),
        ("ncbi=9690&gbif=1", 400),
    ],
)
def test_resolve_refuses_what_it_cannot_answer(
    service: FlaskClient, query: str, status: int
) -> None:
    assert service.get(f"/resolve?{query}", headers=JSON).status_code == status


def post(service: FlaskClient, body: str, media_type: str = "text/csv", query: str = "") -> str:
    answer = service.post(f"/resolve{query}", data=body.encode(), content_type=media_type)
    assert answer.status_code == 200, answer.text
    assert answer.content_type.startswith(media_type)
    return answer.text


def test_resolve_adds_columns_to_a_table(service: FlaskClient) -> None:
    body = "id,ncbi,name\n1,9690,\n2,,wapiti\n3,,qxzwvk\n4,,robin\n"
    text = post(service, body, query="?type=taxon")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(r["id"], r["iri"], r["status"], r["matched_by"], r["solutions"]) for r in rows] == [
        ("1", JAGUAR, "matched", "ncbi", "0"),
        ("2", ELK, "matched", "name", "2"),
        ("3", "", "none", "", ""),
        ("4", rows[3]["iri"], "likely", "name", "0"),
    ]


def test_resolve_takes_and_gives_json_lines(service: FlaskClient) -> None:
    body = '{"database": "gbif", "id": 5219426}\n\n{"database": "ncbi", "id": "1574408"}\n'
    lines = [json.loads(s) for s in post(service, body, "application/x-ndjson").splitlines()]
    assert [(line["iri"], line["solutions"], line["score"]) for line in lines] == [
        (JAGUAR, 0, 1.0),
        (ELK, 2, 1.0),
    ]


def test_resolve_gives_the_form_that_is_asked_for(service: FlaskClient) -> None:
    answer = service.post(
        "/resolve",
        data="ncbi\n9690\n",
        content_type="text/csv",
        headers={"Accept": "application/x-ndjson"},
    )
    assert json.loads(answer.text)["iri"] == JAGUAR


@pytest.mark.parametrize(
    ("body", "media_type", "status", "words"),
    [
        ("ncbi\n", "text/csv", 400, "no rows"),
        ("colour\nred\n", "text/csv", 400, "no column to resolve by among colour"),
        ("ncbi\n9690,1\n", "text/csv", 400, "line 2: more cells"),
        ("[1]\n", "application/x-ndjson", 400, "line 1 is no object"),
        ("{\n", "application/x-ndjson", 400, "line 1 is not JSON"),
        ("9690", "text/plain", 415, "send text/csv"),
        ("ncbi\n" + "9690\n" * 10_001, "text/csv", 413, "more than 10000 rows"),
    ],
)
def test_resolve_refuses_tables_it_cannot_read(
    service: FlaskClient, body: str, media_type: str, status: int, words: str
) -> None:
    answer = service.post("/resolve", data=body, content_type=media_type, headers=JSON)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_resolve_streams_ten_thousand_identifiers(
    service: FlaskClient, gazetteer: Gazetteer
) -> None:
    rows = (gazetteer.taxon(number) for number in range(60_000))
    known = [row.ncbi for row in rows if row.ncbi.isdigit()][:10_000]
    answer = service.post(
        "/resolve?type=taxon", data="ncbi\n" + "\n".join(known), content_type="text/csv"
    )
    assert answer.is_streamed
    chunks = list(answer.response)
    assert len(chunks) > 10
    text = b"".join(c if isinstance(c, bytes) else c.encode() for c in chunks).decode()
    told = text.count(",matched,ncbi,1,") + text.count(",ambiguous,ncbi,")
    assert (text.count("\n"), told) == (10_001, 10_000)
    assert text.count(",ambiguous,") < 10
