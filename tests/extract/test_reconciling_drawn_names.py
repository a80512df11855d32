"""A thousand names drawn from the gazetteer find their rows; made-up ones match nothing."""

import time

import pytest

from extract.reconcile.bulk import RowMatcher
from extract.reconcile.queries import Condition, Query, QueryReconciler
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter
from tests.extract.names_drawn import Drawer, Drawn

MINTER = Minter()
SEED = 20261125


@pytest.fixture(scope="module")
def drawer(gazetteer: Gazetteer) -> Drawer:
    return Drawer(gazetteer, MINTER)


@pytest.fixture(scope="module")
def queries(gazetteer: Gazetteer) -> QueryReconciler:
    return QueryReconciler(gazetteer, MINTER)


def query(drawn: Drawn) -> Query:
    conditions = (Condition("country", (drawn.country,)),) if drawn.country else ()
    return Query(drawn.sent, (drawn.type,), 5, conditions)


@pytest.mark.slow
def test_reconciling_drawn_names_finds_their_rows_fast(
    drawer: Drawer, queries: QueryReconciler
) -> None:
    names = drawer.draw(1000, SEED)
    assert {drawn.how for drawn in names} == {"as it is", "misspelt", "another name"}
    queries.answer(Query("warm up", ("place",)))
    began = time.process_time()
    answers = [queries.answer(query(drawn)) for drawn in names]
    spent = time.process_time() - began
    first = five = 0
    for drawn, options in zip(names, answers, strict=True):
        iris = [option.candidate.iri for option in options]
        right = drawer.bearers(drawn)
        first += bool(iris) and iris[0] in right
        five += not right.isdisjoint(iris)
    assert first >= 0.95 * len(names)
    assert five >= 0.98 * len(names)
    assert len(names) / spent >= 300


@pytest.mark.slow
def test_reconciling_invented_names_matches_almost_none(
    drawer: Drawer, queries: QueryReconciler
) -> None:
    names = drawer.invent(200, SEED)
    assert len({drawn.sent for drawn in names}) == 200
    matched = [
        drawn.sent
        for drawn in names
        if any(option.candidate.match for option in queries.answer(query(drawn)))
    ]
    assert len(matched) <= 4


def row_matcher(queries: QueryReconciler, *columns: str) -> RowMatcher:
    return RowMatcher(queries, columns, types=("taxon",))


@pytest.mark.parametrize(
    ("row", "status", "key", "by"),
    [
        ({"ncbi_id": "9690", "name": "lion"}, "matched", "panthera-onca", "ncbi_id"),
        ({"ncbi_id": "", "name": "jaguar"}, "matched", "panthera-onca", "name"),
        ({"ncbi_id": "1", "name": "jaguar"}, "matched", "panthera-onca", "name"),
        ({"ncbi_id": "", "name": "Pantera onca"}, "matched", "panthera-onca", "name"),
        ({"ncbi_id": "", "name": "robin"}, "likely", "turdus-migratorius", "name"),
    ],
)
def test_reconciling_rows_takes_identifiers_before_names(
    queries: QueryReconciler, row: dict[str, str], status: str, key: str, by: str
) -> None:
    found = row_matcher(queries, "ncbi_id", "name").match(row)
    assert (found.status, found.iri, found.by) == (status, MINTER.taxon(key), by)


def test_reconciling_rows_says_where_nothing_fits(queries: QueryReconciler) -> None:
    found = row_matcher(queries, "name", "type").match({"name": "qxzwvk", "type": "place"})
    assert found.cells() == {
        "iri": "",
        "label": "",
        "matched_type": "",
        "status": "none",
        "matched_by": "",
        "score": "",
    }


def test_reconciling_rows_tells_of_one_identifier_for_several(queries: QueryReconciler) -> None:
    matcher = RowMatcher(queries, ("wikidata",))
    assert matcher.match({"wikidata": "Q35694"}).status == "matched"
    assert matcher.match({"wikidata": "Q0"}).status == "none"


def test_reconciling_rows_reads_the_type_and_country_of_a_row(queries: QueryReconciler) -> None:
    matcher = RowMatcher(queries, ("Name", "Type", "Country"))
    found = matcher.match({"Name": "Victoria", "Type": "place", "Country": "Australia"})
    assert (found.status, found.iri) == ("matched", MINTER.place("au-vic"))
