from pathlib import Path

import pytest

from extract.records import PREDICATES
from ontology.errors import OntologyError
from ontology.thresholds import least_score, load_thresholds, read_thresholds


def test_thresholds_name_predicates_and_only_raise_the_general_one() -> None:
    assert set(load_thresholds()) <= set(PREDICATES)
    assert least_score("targetsPlace", 0.5) == 0.6
    assert least_score("targetsPlace", 0.9) == 0.9
    assert least_score("implements", 0.5) == 0.5


@pytest.mark.parametrize("row", ["occursIn,high,why", "occursIn,2,why", ",0.5,why"])
def test_thresholds_refuse_a_bad_row_with_its_line(tmp_path: Path, row: str) -> None:
    table = tmp_path / "thresholds.csv"
    table.write_text(f"predicate,least,reason\n{row}\n")
    with pytest.raises(OntologyError, match=r"thresholds\.csv:2"):
        read_thresholds(table)
