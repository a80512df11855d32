"""Scores against annotated texts: how far they are from how often they are right."""

from pathlib import Path

import pytest

from corpus.reading import read_case_studies
from extract.evaluation.calibration import expected_error, leave_one_out, observe
from extract.evaluation.gold import read_gold
from extract.pipeline import load_pipeline
from ontology.namespaces import Minter


@pytest.mark.slow
def test_calibration_holds_on_texts_left_out(shared: Path, gazetteer_path: Path) -> None:
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=Minter(), model=False)
    own = Path(__file__).parent.parent / "unseen"
    mentions, statements = [], []
    for texts, gold in (
        (shared / "gold/dev/texts", shared / "gold/dev.yaml"),
        (own / "texts", own / "gold.yaml"),
    ):
        raw = {
            Path(study.source.file).stem: pipeline.extract(study, calibrated=False)
            for study in read_case_studies(texts)
        }
        found = observe(raw, read_gold(gold))
        mentions += found[0]
        statements += found[1]
    assert min(len(mentions), len(statements)) > 200
    assert expected_error(leave_one_out(mentions)) <= 0.05
    # Some 250 statements leave the error itself uncertain by about .02.
    assert expected_error(leave_one_out(statements)) <= 0.07
