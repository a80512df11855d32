import pytest

from ontology.namespaces import Minter
from service.queries import GraphData
from service.web.facets import (
    FACETS,
    Choice,
    FacetCount,
    count_facet,
    list_solutions,
    read_choice,
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
