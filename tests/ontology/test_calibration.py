"""Curves that tell how often scores are right."""

from pathlib import Path

import pytest

from ontology.calibration import CalibrationCurve, load_curves, read_curves
from ontology.errors import OntologyError


def test_calibration_draws_lines_between_points_and_holds_outside() -> None:
    curve = CalibrationCurve("threat", ((0.4, 0.5), (0.6, 0.7)))
    assert curve.at(0.1) == 0.5
    assert curve.at(0.5) == pytest.approx(0.6)
    assert curve.at(0.6) == 0.7
    assert curve.at(0.9) == 0.7


def test_calibration_ships_curves_that_rise() -> None:
    curves = load_curves()
    assert {"actor", "threat", "addressesThreat", "contributesToTarget"} <= set(curves)
    for curve in curves.values():
        shares = [curve.at(step / 50) for step in range(51)]
        assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("threat,0.5,x", "must be numbers"),
        ("threat,0.5,1.2", "from 0 to 1"),
        ("threat,0.4,0.9", "must rise"),
        ("threat,0.6,0.1", "must rise"),
    ],
)
def test_calibration_refuses_a_bad_row_with_its_line(
    row: str, problem: str, tmp_path: Path
) -> None:
    table = tmp_path / "calibration.csv"
    table.write_text(f"group,score,share\nthreat,0.5,0.6\n{row}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=f"calibration.csv:3: .*{problem}"):
        read_curves(table)
