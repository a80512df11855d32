"""Costs of finding and linking species and places; ratios within one run, CPU time alone."""

from pathlib import Path

import pytest

from extract.linking import make_case_study
from extract.pipeline import Pipeline, load_pipeline
from ontology.namespaces import Minter

COMPONENTS = ("species_ruler", "place_ruler", "taxon_linker", "place_linker")
FEWEST_WORDS_A_SECOND = 20_000
"""Half of what is measured on a free CPU, for a loaded one: 46,000."""


@pytest.fixture(scope="module")
def pipeline(gazetteer_path: Path) -> Pipeline:
    return load_pipeline(gazetteer_path=gazetteer_path, minter=Minter(), model=False)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    folder = Path(__file__).parents[1] / "unseen" / "texts"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]


def _cost(pipeline: Pipeline, texts: list[str]) -> float:
    """Return the CPU seconds a word of the four components."""
    pipeline.cpu_seconds.clear()
    for text in texts:
        pipeline.annotate(make_case_study(text, "en"))
    words = sum(len(text.split()) for text in texts)
    return sum(pipeline.cpu_seconds[name] for name in COMPONENTS) / words


@pytest.mark.slow
def test_speed_of_species_and_places(pipeline: Pipeline, texts: list[str]) -> None:
    _cost(pipeline, texts)
    assert 1 / _cost(pipeline, texts) >= FEWEST_WORDS_A_SECOND
