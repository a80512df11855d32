"""The pages that answer from the text index, beside a graph in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from service.index.building import IndexBuilder
from service.index.searching import SearchIndex
from service.queries import GraphData
from service.web.facets import FACETS, Choice, FacetCount, count_facet, list_solutions

_MINTER = Minter()


@pytest.fixture
def index(memory_reader, tmp_path: Path) -> SearchIndex:
    path = tmp_path / "index.sqlite"
    builder = IndexBuilder(path)
    builder.begin(memory_reader.store, "", memory_reader.generation())
    builder.end()
    return SearchIndex(path)


@pytest.fixture
def searching(memory_reader, memory_texts, index: SearchIndex) -> Iterator[FlaskClient]:
    app = create_app(Settings(), memory_reader, memory_texts, search=index)
    with app.test_client() as client:
        yield client


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sturgeon", ["free-rivers"]),
        ("dams removed", ["free-rivers"]),
        ("elk traffic", ["alder-bridges"]),
        ("fences", []),
        ("elk sturgeon", []),
    ],
)
def test_search_chooses_solutions_by_words_of_title_and_text(
    memory_reader, index: SearchIndex, words: str, expected: list[str]
) -> None:
    data = GraphData(memory_reader, search=index)
    found = list_solutions(data, Choice({}, words), _MINTER)
    assert [iri.rpartition("/")[2] for iri, _ in found] == expected
    counts = count_facet(data, FACETS[0], Choice({}, words), _MINTER)
    assert sum(count.solutions for count in counts) == len(expected)


def test_search_hands_over_in_portions(
    memory_reader, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.facets._PORTION", 1)
    data = GraphData(memory_reader, search=index)
    found = list_solutions(data, Choice({}, "elk"), _MINTER)
    assert [title for _, title in found] == [
        "A closed report on elk",
        "Bridges for elk over the Alder road",
    ]
    counts = count_facet(data, FACETS[0], Choice({}, "elk"), _MINTER)
    assert counts == [FacetCount(_MINTER.country("CA"), 2)]


def test_search_page_lists_what_was_found_by_kind(searching: FlaskClient) -> None:
    page = searching.get("/search?q=elk").text
    assert "Bridges for elk over the Alder road" in page
    assert 'href="/taxon/cervus-canadensis.html">Elk</a>' in page
    assert "Nothing in the graph" in searching.get("/search?q=unheard+of").text
    assert searching.get("/search").status_code == 200


def test_search_answers_json(searching: FlaskClient) -> None:
    rows = searching.get("/search.json?q=roads&kind=threat").json
    assert rows == [
        {
            "iri": _MINTER.threat("9"),
            "kind": "threat",
            "label": "Old roads",
            "matched": "Old roads",
        },
        {
            "iri": _MINTER.threat("4.1"),
            "kind": "threat",
            "label": "Roads & railroads",
            "matched": "Roads & railroads",
        },
    ]
    assert len(searching.get("/search.json?q=roads&kind=threat&limit=1").json or ()) == 1
    suggested = searching.get("/suggest.json?q=stu").json or []
    assert [row["label"] for row in suggested] == ["Sturgeon", "Free rivers for sturgeon"]


def test_search_without_an_index_finds_nothing_and_titles_still(client: FlaskClient) -> None:
    assert client.get("/search.json?q=elk").json == []
    assert "Bridges for elk" in client.get("/solutions?q=bridges").text
