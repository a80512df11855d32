import pytest
from rdflib import URIRef

from service.errors import ServiceError
from service.queries import GraphData, fill_query, iris, is_valid_iri, write_term

_COUNT = "SELECT (COUNT(?s) AS ?n) { ?s a eco:Solution }"


@pytest.mark.parametrize(
    ("value", "term"),
    [
        (URIRef("http://e/a"), "<http://e/a>"),
        ('say "no"\\\n', '"say \\"no\\"\\\\\\n"'),
        (5, "5"),
        (0.5, "0.5"),
    ],
)
def test_queries_write_terms(value: object, term: str) -> None:
    assert write_term(value) == term


@pytest.mark.parametrize(
    "iri",
    [
        "http://e/> } #",
        "http://e/a b",
        "no-scheme",
        'x:"',
        "x:\x90",
        "x:%z",
        "x:\ue000",
        "x:\ufffe",
    ],
)
def test_queries_refuse_iris_that_break_out(iri: str) -> None:
    assert not is_valid_iri(iri)
    with pytest.raises(ServiceError, match="not a valid IRI"):
        write_term(URIRef(iri))


def test_queries_fill_parameters_but_not_strings_or_comments() -> None:
    text = 'SELECT ?x { ?x $p "$p" } # $p'
    assert fill_query(text, p=URIRef("x:p")).endswith('SELECT ?x { ?x <x:p> "$p" } # $p')


def test_queries_fill_lists_of_iris() -> None:
    filled = fill_query("VALUES ?x { $many }", many=iris(["x:b", "x:a", "bad iri", "x:a"]))
    assert filled.endswith("VALUES ?x { <x:a> <x:b> }")


def test_queries_keep_answers_while_the_data_stand(memory_reader) -> None:
    data = GraphData(memory_reader)
    assert [data.count(_COUNT), data.count(_COUNT)] == [3, 3]
    assert len(memory_reader.requests) == 1
    memory_reader.current = "g2"
    assert data.count(_COUNT) == 3
    assert len(memory_reader.requests) == 2


def test_queries_forget_the_oldest_answers(memory_reader) -> None:
    data = GraphData(memory_reader, size=1)
    for text in (_COUNT, "ASK { ?s ?p ?o }", _COUNT):
        data.table(text)
    assert len(memory_reader.requests) == 3


def test_queries_give_unbound_variables_as_empty_text(memory_reader) -> None:
    rows = GraphData(memory_reader).select("SELECT ?a ?b { BIND(1 AS ?a) }")
    assert rows == [{"a": "1", "b": ""}]
