"""Fitting of scores to how often they are right."""

from extract.evaluation.calibration import (
    Observation,
    expected_error,
    fit_curves,
    leave_one_out,
)


def observations(group: str = "threat") -> list[Observation]:
    """Return 40 texts with a sure and an unsure mention: nine in ten and one in two are right."""
    found = []
    for number in range(40):
        found.append(Observation(f"t{number}", group, 0.9, number % 10 != 0))
        found.append(Observation(f"t{number}", group, 0.4, number % 2 == 0))
    return found


def test_calibration_fits_the_share_of_right_ones_and_never_falls() -> None:
    (curve,) = fit_curves(observations())
    assert curve.group == "threat"
    assert 0.5 <= curve.at(0.4) < 0.6
    assert 0.83 < curve.at(0.9) <= 0.9


def test_calibration_pools_scores_that_fall() -> None:
    wrong = [Observation(f"w{n}", "threat", 0.95, False) for n in range(40)]
    (curve,) = fit_curves([*observations(), *wrong])
    assert curve.at(0.95) == curve.at(0.9)


def test_calibration_draws_few_observations_to_the_mean_of_all() -> None:
    few = Observation("t0", "stress", 0.9, False)
    curves = {curve.group: curve for curve in fit_curves([*observations(), few])}
    assert curves["stress"].at(0.9) > 0.5


def test_calibration_error_is_the_gap_of_score_and_share() -> None:
    assert round(expected_error([(0.1, False)] * 10), 4) == 0.1
    assert round(expected_error([(0.7, True)] * 10), 4) == 0.3
    assert expected_error([(0.5, True), (0.5, False)] * 50, bins=1) == 0.0


def test_calibration_leaves_out_the_text_that_it_judges() -> None:
    scored = leave_one_out(observations())
    raw = [(o.score, o.right) for o in sorted(observations(), key=lambda o: o.text)]
    assert len(scored) == len(raw)
    sure = [after for after, before in zip(scored, raw, strict=True) if before[0] > 0.5]
    wrong = {score for score, right in sure if not right}
    assert min(wrong) > max({score for score, right in sure if right})
    assert expected_error(scored, bins=2) < 0.05
