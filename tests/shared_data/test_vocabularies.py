"""Every row of the collected vocabulary facts is a concept or a listing, with its status."""

import csv
from collections import Counter
from pathlib import Path

import pytest

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
