import pytest

from service.sparql.silencing import silence_remote


@pytest.mark.parametrize(
    ("text", "silenced"),
    [
        ("ASK { SERVICE SILENT <http://e/> { ?s ?p '}' } ?a ?b ?c }", "ASK { {} ?a ?b ?c }"),
        ("ASK { service silent ?x { { ?s ?p ?o } } }", "ASK { {} }"),
        ("ASK { SERVICE SILENT e:x {\n ?s ?p ?o\n} }", "ASK { {\n\n} }"),
        ("LOAD SILENT <http://e/>", "INSERT DATA {}"),
        ("LOAD SILENT <http://e/> INTO GRAPH <urn:g> ; DROP ALL", "INSERT DATA {} ; DROP ALL"),
    ],
)
def test_silencing_empties_silent_operations(text: str, silenced: str) -> None:
    assert silence_remote(text) == silenced


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://e/> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT <http://e/> { ?s ?p ?o",
        "LOAD <http://e/>",
        "INSERT DATA { LOAD SILENT <http://e/> }",
        "ASK { ?s ?p 'SERVICE SILENT <http://e/> {}' } # LOAD SILENT <http://e/>",
    ],
)
def test_silencing_leaves_the_rest_alone(text: str) -> None:
    assert silence_remote(text) == text
