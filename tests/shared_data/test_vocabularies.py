"""Every row of the collected vocabulary facts is a concept or a listing, with its status."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from ontology.build.mappings import expand_curie, read_mapping_sets
from ontology.databases import find_database
from ontology.namespaces import Minter, external_spaces
from ontology.vocabulary import load_vocabulary, read_rows

FILES = {
    "actions_cmp": (("actions", "actions_cmp1"), "label"),
    "aichi_targets": (("aichi",), "short_label"),
    "cbd_subjects": (("cbd_subjects",), "label"),
    "ecosystem_typology": (("ecosystems",), "label"),
    "iucn_habitats": (("habitats",), "label"),
    "iucn_pa_categories": (("pa_categories",), "code"),
    "iucn_redlist_categories": (("redlist_categories",), "code"),
    "iucn_stresses": (("stresses",), "label"),
    "kmgbf_indicators_all": (("kmgbf",), "label"),
    "kmgbf_headline_indicators": (("kmgbf",), "label"),
    "panorama_facets": (("panorama",), "value"),
    "threats_iucn_cmp": (("threats", "threats_cmp4"), "label"),
}
"""Schemes of each file, and its column that names the concept."""
COUNTS = {
    "connectivity_terms": ("connectivity", 59),
    "cms_concerted_actions": ("cms_concerted_actions", 7),
    "cms_resolutions_connectivity": ("cms_resolutions", 18),
    "cms_strategic_plan": ("cms_strategic_plan", 25),
}


MINTER = Minter()


def read_shared(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "vocab" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(scheme: str) -> dict[str, set[str]]:
    """Return the status of the source of each label and notation of a scheme."""
    found: dict[str, set[str]] = {}
    for concept in load_vocabulary(scheme).concepts.values():
        for name in (concept.label, concept.notation, *concept.alt_labels):
            found.setdefault(name.casefold(), set()).add(concept.confidence)
    return found


@pytest.mark.parametrize("file", sorted(FILES))
def test_vocabularies_have_a_concept_for_every_row(shared: Path, file: str) -> None:
    schemes, column = FILES[file]
    known = {name for scheme in schemes for name in names(scheme)}
    rows = read_shared(shared, file)
    assert [row[column] for row in rows if row[column].casefold() not in known] == []


@pytest.mark.parametrize("file", sorted(FILES))
def test_vocabularies_keep_recalled_rows_recalled(shared: Path, file: str) -> None:
    schemes, column = FILES[file]
    statuses = [names(scheme) for scheme in schemes]
    rows = read_shared(shared, file)
    seen = {row[column] for row in rows if row["confidence"] == "checked"}
    shown_as_fact = []
    for row in rows:
        found = set().union(*(each.get(row[column].casefold(), set()) for each in statuses))
        if row[column] not in seen and "recalled" not in found:
            shown_as_fact.append(row[column])
    assert shown_as_fact == []


@pytest.mark.parametrize("file", sorted(COUNTS))
def test_vocabularies_count_rows_and_recalled_rows(shared: Path, file: str) -> None:
    scheme, count = COUNTS[file]
    rows, concepts = read_shared(shared, file), load_vocabulary(scheme).concepts.values()
    assert len(rows) == len(concepts) == count
    assert Counter(row["confidence"] for row in rows) == Counter(c.confidence for c in concepts)


def test_vocabularies_have_a_listing_for_every_row(shared: Path) -> None:
    ours = [(row["appendix"], row["name_as_listed"]) for row in read_rows("cms_appendices")]
    theirs = [
        (row["appendix"], row["scientific_name_as_listed"])
        for row in read_shared(shared, "cms_appendices")
    ]
    assert len(ours) == len(theirs)
    assert [row for row in theirs if row[1] not in {name for _, name in ours}] == []


def test_vocabularies_have_every_sdg(shared: Path) -> None:
    known = set(load_vocabulary("sdg").concepts)
    goals = {row["number"] for row in read_shared(shared, "sdg_goals")}
    targets = {row["code"] for row in read_shared(shared, "sdg_targets")}
    assert goals | targets == known


def test_vocabularies_have_every_instrument(shared: Path) -> None:
    known = names("cms_instruments")
    rows = read_shared(shared, "cms_instruments")
    assert [
        row["official_name"] for row in rows if row["official_name"].casefold() not in known
    ] == []


def test_vocabularies_keep_recalled_listings_recalled(shared: Path) -> None:
    def count(rows: list[dict[str, str]], name: str, limit: str) -> Counter[tuple[str, ...]]:
        return Counter((row["appendix"], row[name], row[limit], row["confidence"]) for row in rows)

    theirs = count(
        read_shared(shared, "cms_appendices"), "scientific_name_as_listed", "population_or_scope"
    )
    ours = count(read_rows("cms_appendices"), "name_as_listed", "population")
    assert ours == theirs
    assert sum(n for key, n in ours.items() if key[-1] == "recalled") > 50


@pytest.mark.parametrize(
    ("file", "column", "scheme"),
    [
        ("cms_instruments", "official_name", "cms_instruments"),
        ("kmgbf_goals_targets", "cbd_id", "kmgbf"),
        ("sdg_goals", "number", "sdg"),
        ("sdg_targets", "code", "sdg"),
    ],
)
def test_vocabularies_keep_the_status_of_each_row(
    shared: Path, file: str, column: str, scheme: str
) -> None:
    concepts = load_vocabulary(scheme).concepts.values()
    status = {
        name.casefold(): concept.confidence
        for concept in concepts
        for name in (concept.identifier, concept.notation, concept.label)
    }
    rows = [row for row in read_shared(shared, file) if row[column]]
    assert {row[column]: status.get(row[column].casefold()) for row in rows} == {
        row[column]: row["confidence"] for row in rows
    }


def test_vocabularies_have_the_framework_its_vision_and_mission_as_recalled(shared: Path) -> None:
    rows = [row for row in read_shared(shared, "kmgbf_goals_targets") if not row["cbd_id"]]
    kinds = {row["kind"].partition("-")[0]: row["confidence"] for row in rows}
    concepts = load_vocabulary("kmgbf").concepts.values()
    found = {c.kind.partition("-")[0]: c.confidence for c in concepts if not c.identifier}
    assert kinds == {"framework": "recalled", "vision": "recalled", "mission": "recalled"}
    assert found.items() >= kinds.items()


def mapped() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the status and the source of each pair that a mapping set ties, by its IRIs."""
    return {
        tuple(expand_curie(row[end], MINTER) for end in ("subject_id", "object_id")): (
            row["status"],
            row["source"],
        )
        for mapping_set in read_mapping_sets()
        for row in mapping_set.rows
    }


def test_vocabularies_have_a_mapping_for_every_row_of_the_crosswalk(shared: Path) -> None:
    mappings, found = mapped(), {}
    rows = read_shared(shared, "crosswalk_cms_kmgbf_sdg")
    for row in rows:
        plan = row["from_id"].removeprefix("SPMS ").replace(" ", "-")
        target = (
            row["to_id"].removeprefix("GBF-TARGET-").removeprefix("http://metadata.un.org/sdg/")
        )
        target = target.lstrip("0").lower().replace("gbf-goal-", "goal-")
        scheme = "kmgbf" if row["to_scheme"] == "KMGBF" else "sdg"
        pair = (MINTER.concept("cms-plan", plan), MINTER.concept(scheme, target))
        found[row["from_id"], row["to_id"]] = mappings.get(pair, ("missing", ""))[0]
    assert found == {
        (row["from_id"], row["to_id"]): "official"
        if row["confidence"] == "checked"
        else "own reading"
        for row in rows
    }


def test_vocabularies_have_every_type_of_actor_as_concept_or_mapping(shared: Path) -> None:
    known = names("actor_types_external")
    objects = {target for _, target in mapped()}
    missing, shown_as_fact = [], []
    for row in read_shared(shared, "actor_types"):
        if row["class_iri"]:
            if row["class_iri"] not in objects:
                missing.append(row)
        elif row["confidence"] not in known.get(row["label"].casefold(), ()):
            (shown_as_fact if row["label"].casefold() in known else missing).append(row)
    assert (missing, shown_as_fact) == ([], [])


def test_vocabularies_call_no_recalled_mapping_official() -> None:
    assert [
        (pair, source)
        for pair, (status, source) in mapped().items()
        if status == "official" and re.search("own knowledge|own reading", source)
    ] == []


def test_vocabularies_have_every_outside_namespace_with_its_status(shared: Path) -> None:
    rows = read_shared(shared, "external_iris")
    ours = {(space.name, space.space, space.status) for space in external_spaces()}
    assert {(row["name"], row["namespace_or_pattern"], row["confidence"]) for row in rows} == ours
    assert len(rows) == len(ours) == 75


def test_vocabularies_take_no_outside_namespace_otherwise_than_collected() -> None:
    by_prefix = {space.prefix: space.space for space in external_spaces() if space.prefix}
    for name, prefix in (("wikidata", "wd"), ("ncbi", "ncbitaxon"), ("gbif", "gbif")):
        database = find_database(name)
        assert database is not None
        assert str(database.space) == by_prefix[prefix]
