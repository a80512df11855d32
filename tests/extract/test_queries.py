"""Queries by name, identifier, type and property."""

import pytest

from extract.reconcile.queries import Condition, Query, QueryReconciler
from extract.reconcile.ranked import ReconcileType
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import NCBITAXON, WIKIDATA, Minter

MINTER = Minter()
JAGUAR = MINTER.taxon("panthera-onca")


@pytest.fixture(scope="module")
def queries(gazetteer: Gazetteer) -> QueryReconciler:
    return QueryReconciler(gazetteer, MINTER)


def first(queries: QueryReconciler, query: Query) -> tuple[str, bool]:
    option = queries.answer(query)[0]
    return option.candidate.iri, option.candidate.match


@pytest.mark.parametrize(
    "text",
    [
        JAGUAR,
        "taxon/panthera-onca",
        "ncbi:9690",
        "taxid:9690",
        "wd:q35694",
        str(NCBITAXON["9690"]),
        str(WIKIDATA["Q35694"]),
        "https://www.wikidata.org/wiki/Q35694",
    ],
)
def test_queries_take_an_identifier_for_a_name(queries: QueryReconciler, text: str) -> None:
    assert first(queries, Query(text)) == (JAGUAR, True)


def test_queries_need_no_name_where_a_property_identifies(queries: QueryReconciler) -> None:
    assert first(queries, Query(conditions=(Condition("gbif", ("5219426",)),))) == (JAGUAR, True)


def test_queries_identify_only_what_is_of_the_type(queries: QueryReconciler) -> None:
    assert queries.answer(Query(JAGUAR, types=("threat",))) == ()


def test_queries_without_a_type_ask_all(queries: QueryReconciler) -> None:
    found = queries.answer(Query("jaguar", limit=20))
    assert (found[0].candidate.iri, found[0].candidate.match) == (JAGUAR, True)
    assert {"taxon", "place"} <= {option.type for option in found}
    assert [option.candidate.match for option in found].count(True) == 1


@pytest.mark.parametrize("country", ["Australia", "AU", MINTER.country("AU"), "place/au"])
def test_queries_read_countries_as_codes_names_and_iris(
    queries: QueryReconciler, country: str
) -> None:
    query = Query("Victoria", types=("place",), conditions=(Condition("country", (country,)),))
    assert first(queries, query) == (MINTER.place("au-vic"), True)


def options(queries: QueryReconciler, condition: Condition) -> dict[str, float]:
    found = queries.answer(Query("robin", types=("taxon",), conditions=(condition,)))
    return {option.candidate.iri: option.candidate.score for option in found}


def test_queries_weigh_what_fails_a_condition_less(queries: QueryReconciler) -> None:
    plain = {
        o.candidate.iri: o.candidate.score for o in queries.answer(Query("robin", types=("taxon",)))
    }
    weighed = options(queries, Condition("family", ("Muscicapidae",)))
    european, american = MINTER.taxon("erithacus-rubecula"), MINTER.taxon("turdus-migratorius")
    assert weighed[european] == plain[european]
    assert weighed[american] == pytest.approx(0.6 * plain[american], abs=0.001)


def test_queries_drop_what_fails_a_required_condition(queries: QueryReconciler) -> None:
    found = options(queries, Condition("family", ("Muscicapidae",), required=True))
    assert list(found) == [MINTER.taxon("erithacus-rubecula")]


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (Condition("class", ("Aves", "Mammalia")), True),
        (Condition("class", ("Aves", "Mammalia"), quantifier="all"), False),
        (Condition("class", ("Aves",), quantifier="none"), True),
        (Condition("class", ("mammalia",), quantifier="none"), False),
        (Condition("broader", ("Felidae", "Carnivora"), quantifier="all"), True),
        (Condition("broader", (MINTER.taxon("felidae"),)), True),
        (Condition("cmsAppendix", ("I",)), True),
        (Condition("country", ("BR",)), False),
        (Condition("mdd", ("1006021",)), True),
    ],
)
def test_queries_judge_conditions(
    queries: QueryReconciler, condition: Condition, met: bool
) -> None:
    entry = queries.catalogue.find(JAGUAR)
    assert entry is not None
    assert queries.meets(entry, condition) is met


@pytest.mark.parametrize(
    ("iri", "type", "label"),
    [
        (JAGUAR, "taxon", "jaguar"),
        (MINTER.country("CR"), "place", "Costa Rica"),
        (MINTER.place("cr-a"), "place", "Alajuela"),
        (MINTER.threat("4.1"), "threat", "Roads & railroads"),
        (MINTER.stress("1.3"), "stress", "Indirect ecosystem effects"),
        (MINTER.kmgbf("3"), "target", "Conserve 30% of Land, Waters and Seas"),
    ],
)
def test_queries_find_entries_by_iri(
    queries: QueryReconciler, iri: str, type: ReconcileType, label: str
) -> None:
    entry = queries.catalogue.find(iri)
    assert entry is not None
    assert (entry.iri, entry.type, entry.label) == (iri, type, label)


@pytest.mark.parametrize("iri", ["", "taxon/", "taxon/no-such", "solution/x", "threat/99.9"])
def test_queries_find_nothing_by_an_iri_of_nothing(queries: QueryReconciler, iri: str) -> None:
    assert queries.catalogue.find(iri) is None


def test_queries_tell_the_values_of_properties(queries: QueryReconciler) -> None:
    catalogue = queries.catalogue
    alajuela, roads = catalogue.find("place/cr-a"), catalogue.find("threat/4.1")
    assert alajuela is not None and roads is not None
    wider = [ref for ref in catalogue.values(alajuela, "broader") if not isinstance(ref, str)]
    assert [getattr(ref, "label", "") for ref in wider] == ["Costa Rica"]
    assert catalogue.values(alajuela, "country") == ("CR",)
    assert catalogue.values(alajuela, "iso") == ("CR-A",)
    assert catalogue.values(alajuela, "scientificName") == ()
    assert catalogue.values(roads, "notation") == ("4.1",)
