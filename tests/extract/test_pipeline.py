"""The pipeline as its configuration describes it."""

import re
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.documents import Block, CaseStudy, Source
from corpus.reading import read_case_studies
from extract.evaluation.gold import read_gold
from extract.evaluation.scoring import Scores, score
from extract.pipeline import Pipeline, load_pipeline
from ontology.namespaces import Minter

FLOORS = {
    "species mention (overlap)": 0.80,
    "place mention (overlap)": 0.75,
    "actor mention (overlap)": 0.60,
    "countries": 0.80,
    "threats": 0.45,
    "interventions": 0.45,
    "kmgbf": 0.45,
}
"""F1 on the shipped annotation; raised when it rises."""


@pytest.fixture(scope="module")
def pipeline(gazetteer_path: Path) -> Pipeline:
    """Return the whole pipeline with the packaged model."""
    return load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())


@pytest.fixture(scope="module")
def scores(pipeline: Pipeline) -> Scores:
    """Return the scores on the shipped annotation."""
    extractions = [pipeline.extract(study) for study in read_case_studies(Path("corpus"))]
    return score(extractions, read_gold(Path("corpus/gold/inf42.yaml")))


def test_pipeline_components_are_registered_with_spacy() -> None:
    config = files("extract").joinpath("pipeline.cfg").read_text(encoding="utf-8")
    configured = set(re.findall(r'^factory = "(\w+)"$', config, re.MULTILINE))
    ours = {
        point.name
        for point in entry_points(group="spacy_factories")
        if point.value.startswith("extract.")
    }
    assert configured == ours


@pytest.mark.slow
@pytest.mark.parametrize("facet", FLOORS)
def test_pipeline_holds_its_floors_on_the_shipped_annotation(scores: Scores, facet: str) -> None:
    assert scores.missing == []
    assert scores.tallies[facet].f1 >= FLOORS[facet]


@pytest.mark.slow
def test_pipeline_works_without_a_model_and_says_so(
    gazetteer_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())
    text = "Lobos\n\nEl lobo ibérico (Canis lupus) vive en España."
    blocks = (Block(0, 5, "title"), Block(7, len(text), "prose"))
    study = CaseStudy("l", "Lobos", "es", text, blocks, (), Source("l.md", "", "text/markdown"))
    extraction = pipeline.extract(study)
    assert "no statistical model for 'es'" in caplog.text
    assert {"Canis lupus", "España"} <= {mention.text for mention in extraction.mentions}


@pytest.mark.slow
def test_pipeline_takes_a_long_text_whole(pipeline: Pipeline) -> None:
    sentence = "The grey wolf lives in Kenya with many other animals of the long dry season. "
    text = "Wolves\n\n" + sentence * 6000
    blocks = (Block(0, 6, "title"), Block(8, len(text), "prose"))
    study = CaseStudy("w", "Wolves", "en", text, blocks, (), Source("w.md", "", "text/markdown"))
    extraction = pipeline.extract(study)
    last = max(mention.start for mention in extraction.mentions if mention.text == "Kenya")
    assert last > len(text) - 2 * len(sentence)
