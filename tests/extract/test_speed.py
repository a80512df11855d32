"""The pipeline's CPU time beside the packaged model's, in one run."""

from pathlib import Path

import pytest

from corpus.reading import read_case_studies
from extract.bench.extraction import measure_extraction
from extract.errors import ExtractError
from ontology.namespaces import Minter

RATIO = 0.8


@pytest.mark.slow
def test_speed_is_not_far_from_the_full_pass_of_the_packaged_model(gazetteer_path: Path) -> None:
    texts = list(read_case_studies(Path("corpus")))
    result = measure_extraction(texts, gazetteer_path=gazetteer_path, minter=Minter())
    assert result.ratio_with_model >= RATIO
    assert result.ratio_without_model >= result.ratio_with_model


def test_speed_needs_a_text_to_warm_up(gazetteer_path: Path) -> None:
    with pytest.raises(ExtractError, match="at least two texts"):
        measure_extraction([], gazetteer_path=gazetteer_path, minter=Minter())
