import pytest

from service.sparql.negotiation import GRAPH_OFFERS, RESULT_OFFERS, negotiate, offers_for

_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV ; Q=1", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.4", "application/sparql-results+xml"),
        ("text/csv;q=0, text/*;q=0.3", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0.2, */*;q=0.1", "application/sparql-results+json"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.9", "text/csv"),
        (_BROWSER, "application/xml"),
    ],
)
def test_negotiation_chooses_result_types(accept: str, content_type: str) -> None:
    offer = negotiate(accept, RESULT_OFFERS)
    assert offer is not None
    assert offer.content_type == content_type


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples;q=0.8, application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/plain", "text/plain"),
    ],
)
def test_negotiation_chooses_graph_types(accept: str, content_type: str) -> None:
    offer = negotiate(accept, GRAPH_OFFERS)
    assert offer is not None
    assert offer.content_type == content_type


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/turtle", "*/*;q=nonsense"])
def test_negotiation_refuses_what_it_cannot_write(accept: str) -> None:
    assert negotiate(accept, RESULT_OFFERS) is None


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("csv", "text/csv"),
        ("JSON", "application/sparql-results+json"),
        ("text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_negotiation_lets_format_win(format: str, content_type: str) -> None:
    offer = negotiate("application/sparql-results+xml", RESULT_OFFERS, format=format)
    assert offer is not None
    assert offer.content_type == content_type


def test_negotiation_refuses_an_unknown_format() -> None:
    assert negotiate("*/*", RESULT_OFFERS, format="docx") is None


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("SELECT", "application/sparql-results+json"),
        ("ASK", "application/sparql-results+json"),
        ("CONSTRUCT", "text/turtle"),
        ("DESCRIBE", "text/turtle"),
    ],
)
def test_negotiation_offers_by_query_form(form: str, first: str) -> None:
    assert offers_for(form)[0].content_type == first
