import pytest

from service.sparql.engine_repairs import repair_aggregates
from tests.service.sparql.conftest import Writable


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (
            "SELECT (GROUP_CONCAT(DISTINCT STR(?x); SEPARATOR=')') AS ?y) {}",
            "SELECT (STR(GROUP_CONCAT(DISTINCT STR(?x); SEPARATOR=')')) AS ?y) {}",
        ),
        (
            "SELECT ?z {} GROUP BY ?z HAVING (group_concat(?x) = group_concat(?y))",
            "SELECT ?z {} GROUP BY ?z HAVING (STR(group_concat(?x)) = STR(group_concat(?y)))",
        ),
        ("SELECT (GROUP_CONCAT(?x", "SELECT (GROUP_CONCAT(?x"),
        ("SELECT ('GROUP_CONCAT(?x)' AS ?y) {}", "SELECT ('GROUP_CONCAT(?x)' AS ?y) {}"),
    ],
)
def test_engine_repairs_wraps_group_concat(text: str, repaired: str) -> None:
    assert repair_aggregates(text) == repaired


def test_engine_repairs_gives_plain_text(merged: Writable) -> None:
    query = "SELECT (LANG(GROUP_CONCAT(?x)) AS ?l) { VALUES ?x { 'a'@en 'b'@en } }"
    response = merged.client.post("/sparql", data={"query": query, "format": "tsv"})
    assert response.text == '?l\n""\n'
