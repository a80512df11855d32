"""Requests made of pieces of SPARQL in no good order: refused or answered, never a fault."""

import random

import pytest
from werkzeug.test import TestResponse

from tests.service.sparql.conftest import Writable

_SEEDS = (
    "SELECT ?x (GROUP_CONCAT(?y; SEPARATOR=',') AS ?z) { GRAPH ?g { ?x <urn:p>+ ?y } } GROUP BY ?x",
    "PREFIX e: <http://e/> INSERT DATA { GRAPH e:g { e:s e:p 'x'@en, 1.0e6, _:b } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } } ; DROP ALL",
    "WITH <urn:g> DELETE { ?s ?p ?o } USING <urn:h> WHERE { ?s ?p ?o }",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g> ; CLEAR NAMED",
    "ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'CONSTRUCT { ?s ?p [] } FROM NAMED <urn:h> WHERE { ?s ?p """a""" OPTIONAL { ?o ?q ?r } }',
    "MOVE <urn:a> TO DEFAULT ; COPY DEFAULT TO <urn:b> ; CREATE GRAPH <urn:c>",
)
_PIECES = (
    *"{}()<>?$:;.,'\"\\#@^|&*/+-_ \n\0é",
    *("SERVICE", "SILENT", "LOAD", "GRAPH", "WHERE", "USING", "WITH", "DEFAULT", "ALL"),
    *("\\u0053", "GROUP_CONCAT(", "<urn:x>", "<x>", "<<(", ")>>", "1e999", "BASE <x>"),
)
_GRAPHS = ("urn:g", "http://e/ü", "1:2", "urn:a%zz", "x:{ }", "")
_ACCEPT = ("", "text/csv", "application/json", "text/turtle", "*/*;q=x", "text/html", "image/png")
_TYPES = ("text/turtle", "application/ld+json", "application/rdf+xml", "multipart/form-data", "a")
_METHODS = ("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS")


def _mutate(dice: random.Random) -> str:
    text = dice.choice(_SEEDS)
    for _ in range(dice.randint(0, 4)):
        start = dice.randint(0, len(text))
        end = start + dice.choice((0, 0, 1, 3, 10))
        text = text[:start] + dice.choice(_PIECES) + text[end:]
    return text


def _send(writable: Writable, dice: random.Random) -> TestResponse:
    text, graph, accept = _mutate(dice), dice.choice(_GRAPHS), dice.choice(_ACCEPT)
    match dice.randrange(4):
        case 0:
            kind = "application/sparql-query"
            return writable.send("POST", "/sparql", text, kind, Accept=accept)
        case 1:
            return writable.update(text, **({"using-graph-uri": graph} if graph else {}))
        case 2:
            return writable.client.get(
                "/sparql",
                query_string={"query": text, "named-graph-uri": graph},
                headers={"Accept": accept},
            )
    path = dice.choice(("/rdf-graph-store/", "/rdf-graph-store?graph=", "/rdf-graph-store?default"))
    return writable.send(
        dice.choice(_METHODS), path + graph, text, dice.choice(_TYPES), Accept=accept
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_fuzz_finds_no_fault(merged: Writable, seed: int) -> None:
    dice = random.Random(seed)
    statuses = {_send(merged, dice).status_code for _ in range(500)}
    assert statuses >= {200, 204, 400, 403, 404, 405, 406, 409, 415}
    assert max(statuses) < 500
