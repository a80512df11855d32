import subprocess
import sys

import pytest

from ontology.errors import OntologyError
from ontology.namespaces import Minter
from ontology.vocabulary import (
    COLUMNS,
    concept_iri,
    load_vocabulary,
    read_rows,
    scheme_iri,
    scheme_table,
)

COUNTS = {
    "actions": 43,
    "actions_cmp1": 31,
    "actor_types": 10,
    "actor_types_external": 43,
    "aichi": 20,
    "cbd_subjects": 84,
    "cms_concerted_actions": 7,
    "cms_instruments": 38,
    "cms_resolutions": 18,
    "cms_strategic_plan": 25,
    "connectivity": 59,
    "ecosystems": 145,
    "habitats": 126,
    "kmgbf": 234,
    "pa_categories": 14,
    "panorama": 211,
    "redlist_categories": 12,
    "rules": 9,
    "sdg": 186,
    "stresses": 16,
    "threats": 130,
    "threats_cmp4": 56,
}


def test_vocabulary_counts_concepts_of_each_scheme() -> None:
    assert {name: len(load_vocabulary(name).concepts) for name in scheme_table()} == COUNTS


def test_vocabulary_counts_listings() -> None:
    assert len(read_rows("cms_appendices")) == 455


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_vocabulary_file_has_uniform_columns(name: str) -> None:
    assert tuple(read_rows(name)[0])[: len(COLUMNS)] == COLUMNS


def test_vocabulary_tells_code_scheme_and_version() -> None:
    roads = load_vocabulary("threats").concepts["4.1"]
    assert (roads.label, roads.scheme, roads.version, roads.status, roads.broader) == (
        "Roads & railroads",
        "threats",
        "3.x",
        "valid",
        "4",
    )
    assert roads.labels["fr"] == "Routes et voies ferrées"
    assert load_vocabulary("threats_cmp4").concepts["4.5"].label == "Fencing & Walls"


def test_vocabulary_walks_up_and_down() -> None:
    threats = load_vocabulary("threats")
    assert [concept.code for concept in threats.ancestors("7.2.10")] == ["7.2", "7"]
    assert [concept.code for concept in threats.narrower("4")] == ["4.1", "4.2", "4.3", "4.4"]


def test_vocabulary_mints_iris_by_segment() -> None:
    minter = Minter("http://localhost/")
    assert concept_iri(minter, "actions", "6.1") == "http://localhost/intervention/6.1"
    assert concept_iri(minter, "threats", "4.1") == minter.threat("4.1")
    assert scheme_iri(minter, "threats") == "http://localhost/threat/"


def test_vocabulary_refuses_unknown_name() -> None:
    with pytest.raises(OntologyError, match="no vocabulary named 'threat'; known are actions"):
        load_vocabulary("threat")


def test_vocabulary_has_23_targets_and_4_goals_in_three_languages() -> None:
    concepts = load_vocabulary("kmgbf").concepts.values()
    kinds = {kind: [c for c in concepts if c.kind == kind] for kind in ("goal", "target")}
    assert {kind: len(found) for kind, found in kinds.items()} == {"goal": 4, "target": 23}
    assert all(set(c.labels) == {"en", "fr", "es"} for found in kinds.values() for c in found)


def test_vocabulary_marks_recalled_rows() -> None:
    concepts = load_vocabulary("stresses").concepts.values()
    assert {concept.confidence for concept in concepts} == {"recalled"}


def test_vocabulary_imports_no_rdf_engine() -> None:
    code = (
        "import sys, ontology.vocabulary as v; v.load_vocabulary('threats');"
        "print(sorted(set(sys.modules) & {'pyshacl', 'owlready2', 'spacy', 'pyoxigraph'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
