import pytest

from ontology.namespaces import Minter
from service.queries import GraphData
from service.web.facets import (
    FACETS,
    FACETS_BY_NAME,
    Choice,
    FacetCount,
    count_facet,
    list_solutions,
    read_choice,
    read_time,
)

_MINTER = Minter()
_ALL = ["alder-bridges", "closed-report", "free-rivers"]


def _listed(memory_reader, choice: Choice) -> list[str]:
    found = list_solutions(GraphData(memory_reader), choice, _MINTER)
    return sorted(iri.rpartition("/")[2] for iri, _ in found)


@pytest.mark.parametrize(
    ("keys", "words", "expected"),
    [
        ({}, "", _ALL),
        ({"country": ("ca",)}, "", ["alder-bridges", "closed-report"]),
        ({"threat": ("4",)}, "", ["alder-bridges"]),
        ({"threat": ("4.1", "7.2")}, "", []),
        ({"taxon": ("cervidae",)}, "", ["alder-bridges", "closed-report"]),
        ({"cms": ("appendix-ii",)}, "", ["free-rivers"]),
        ({"target": ("2",)}, "", ["alder-bridges"]),
        ({"intervention": ("1.1",)}, "", []),
        ({"place": ("ro",)}, "STURGEON rivers", ["free-rivers"]),
        ({}, 'quote " and \\', []),
    ],
)
def test_facets_choose_solutions(
    memory_reader, keys: dict[str, tuple[str, ...]], words: str, expected: list[str]
) -> None:
    assert _listed(memory_reader, Choice(keys, words)) == expected


def test_facets_count_solutions_and_not_texts_or_statements(memory_reader) -> None:
    counts = count_facet(GraphData(memory_reader), FACETS[0], Choice({}), _MINTER)
    assert counts == [
        FacetCount(_MINTER.country("CA"), 2),
        FacetCount(_MINTER.country("RO"), 1),
    ]


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_facets_count_what_a_choice_then_lists(memory_reader, facet) -> None:
    for count in count_facet(GraphData(memory_reader), facet, Choice({}), _MINTER):
        key = count.iri.removeprefix(_MINTER.scheme(facet.kind))
        assert len(_listed(memory_reader, Choice({facet.name: (key,)}))) == count.solutions


def test_facets_read_choices_from_an_address() -> None:
    choice = read_choice({"threat": ["4.1", "4.1", "", "a b>"], "q": [" two  words "], "x": ["y"]})
    assert choice == Choice({"threat": ("4.1",)}, "two words")
    assert choice.with_key("threat", "7.2").parameters() == {
        "threat": ["4.1", "7.2"],
        "q": "two words",
    }
    assert choice.without_key("threat", "4.1").parameters() == {"q": "two words"}


def _run(memory_reader, key: str, started: str, documents: list[str]) -> None:
    graphs = ", ".join(f"<{_MINTER.document_graph(document)}>" for document in documents)
    memory_reader.store.update(
        "PREFIX eco: <https://w3id.org/ecoduct/ontology#> "
        "PREFIX prov: <http://www.w3.org/ns/prov#> "
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        f"INSERT DATA {{ <{_MINTER.run(key)}> a eco:Run ; prov:generated {graphs} ; "
        f'prov:startedAtTime "{started}"^^xsd:dateTime }}'
    )


def test_facets_choose_what_was_read_since_a_time(memory_reader) -> None:
    _run(memory_reader, "one", "2026-01-01T00:00:00Z", ["alder-bridges", "free-rivers"])
    _run(memory_reader, "two", "2026-03-01T00:00:00Z", ["free-rivers"])
    assert _listed(memory_reader, Choice({}, since="2026-01-01T00:00:00Z")) == [
        "alder-bridges",
        "free-rivers",
    ]
    assert _listed(memory_reader, Choice({}, since="2026-02-01T00:00:00Z")) == ["free-rivers"]


def test_facets_choose_by_source(memory_reader) -> None:
    counts = count_facet(GraphData(memory_reader), FACETS_BY_NAME["source"], Choice({}), _MINTER)
    assert [count.solutions for count in counts] == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", "2026-01-31T00:00:00Z"),
        ("2026-01-31T10:00:00 02:00", "2026-01-31T08:00:00Z"),
        ("2026-01-31 10:00:00", "2026-01-31T10:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_facets_read_times(text: str, expected: str) -> None:
    assert read_time(text) == expected
