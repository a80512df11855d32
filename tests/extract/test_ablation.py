"""The pipeline with components left out."""

from importlib.resources import files
from pathlib import Path

import pytest
from spacy.util import load_config

from corpus.documents import CaseStudy
from corpus.reading import read_case_studies
from extract.errors import ExtractError
from extract.pipeline import load_pipeline
from extract.records import Extraction
from ontology.namespaces import Minter

NAMES = load_config(Path(str(files("extract") / "pipeline.cfg")))["nlp"]["pipeline"][1:]


@pytest.fixture(scope="module")
def study() -> CaseStudy:
    """Return the shortest of the shipped texts."""
    return min(read_case_studies(Path("corpus")), key=lambda study: len(study.text))


def _extract(gazetteer_path: Path, study: CaseStudy, *without: str) -> Extraction:
    pipeline = load_pipeline(
        gazetteer_path=gazetteer_path, minter=Minter(), model=False, without=without
    )
    return pipeline.extract(study)


@pytest.mark.parametrize("name", NAMES)
def test_ablation_runs_without_any_one(gazetteer_path: Path, study: CaseStudy, name: str) -> None:
    assert _extract(gazetteer_path, study, name).text == study.text


def test_ablation_leaves_out_what_the_component_makes(
    gazetteer_path: Path, study: CaseStudy
) -> None:
    whole = _extract(gazetteer_path, study)
    less = _extract(gazetteer_path, study, "place_ruler", "trigger_ruler")
    kinds = {mention.kind for mention in whole.mentions}
    assert {"place", "intervention"} <= kinds
    assert {m.kind for m in less.mentions} == kinds - {"place", "threat", "intervention", "stress"}


@pytest.mark.parametrize("name", ["blocks", "nosuch"])
def test_ablation_refuses_what_cannot_be_left_out(gazetteer_path: Path, name: str) -> None:
    with pytest.raises(ExtractError, match=f"cannot leave out {name}; what can be is named_ent"):
        load_pipeline(gazetteer_path=gazetteer_path, minter=Minter(), without=(name,))
