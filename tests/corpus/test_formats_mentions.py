"""Mentions stand at the same words, whichever format a text came in."""

from pathlib import Path

import pytest

from corpus.documents import CaseStudy
from extract.pipeline import Pipeline, load_pipeline
from ontology.namespaces import Minter
from tests.corpus.test_formats import read_as


@pytest.fixture(scope="module")
def pipeline(gazetteer_path: Path) -> Pipeline:
    return load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())


def _mentions(pipeline: Pipeline, study: CaseStudy) -> list[tuple[str, str, int, str]]:
    """Return kind, entity, number of the first word and words of each mention."""
    extraction = pipeline.extract(study)
    return sorted(
        (
            mention.kind,
            mention.entity or "",
            len(_words(study.text[: mention.start] + "x")),
            " ".join(_words(mention.text)),
        )
        for mention in extraction.mentions
    )


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word not in ("-", "•")]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "pdf in two columns", "docx"])
def test_formats_give_mentions_at_the_same_words(pipeline: Pipeline, form: str) -> None:
    same = total = 0
    for one, other in zip(read_as("markdown"), read_as(form), strict=True):
        expected, found = _mentions(pipeline, one), _mentions(pipeline, other)
        same += len(set(expected) & set(found))
        total += max(len(expected), len(found))
    assert total > 300
    assert same / total >= 0.99
