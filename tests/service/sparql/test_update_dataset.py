import pytest

from service.problems import ProblemError
from service.sparql.update_dataset import add_using


def test_update_dataset_stands_before_each_where() -> None:
    text = "INSERT { ?s ?p 1 } WHERE { ?s ?p 'WHERE' } ; DELETE { ?s ?p 2 } where {}"
    assert add_using(text, ["urn:a"], ["urn:b"]) == (
        "INSERT { ?s ?p 1 } USING <urn:a> USING NAMED <urn:b> WHERE { ?s ?p 'WHERE' } ; "
        "DELETE { ?s ?p 2 } USING <urn:a> USING NAMED <urn:b> where {}"
    )


def test_update_dataset_writes_delete_where_out() -> None:
    text = "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert add_using(text, [], ["urn:b"]) == (
        "DELETE { GRAPH ?g { ?s ?p ?o } } USING NAMED <urn:b> WHERE { GRAPH ?g { ?s ?p ?o } }"
    )


def test_update_dataset_leaves_an_update_alone_where_none_is_given() -> None:
    assert add_using("WITH <urn:a> DELETE {} WHERE {}", [], []) == "WITH <urn:a> DELETE {} WHERE {}"


@pytest.mark.parametrize(
    "text",
    [
        "WITH <urn:a> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }",
        "DELETE { ?s ?p 1 } USING <urn:a> WHERE { ?s ?p 1 }",
        "DELETE { ?s ?p 1 } \\u0055SING <urn:a> WHERE { ?s ?p 1 }",
        "DELETE { ?s ?p 1 } \\u0057HERE { ?s ?p 1 }",
    ],
)
def test_update_dataset_of_request_and_text_do_not_mix(text: str) -> None:
    with pytest.raises(ProblemError):
        add_using(text, ["urn:a"], [])
