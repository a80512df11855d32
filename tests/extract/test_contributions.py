"""Inference of contributions to targets."""

from pathlib import Path

import pytest

from extract.matching.contributions import Premise, infer_contributions
from extract.records import AssertionStatus
from ontology.target_rules import COLUMNS, TargetRule, read_target_rules

ONE, TWO, THREE = (0, 10), (11, 20), (21, 30)
RESTORES = Premise("intervention", ("1.2",), "1.2 Restoration", (ONE, TWO, THREE), 0.8)
LOGGING = Premise("threat", ("5.3.1",), "5.3.1 Logging", (TWO,))


def _rules(tmp_path: Path, *rows: str) -> tuple[TargetRule, ...]:
    table = tmp_path / "rules.csv"
    table.write_text("\n".join((",".join(COLUMNS), *rows, "")), encoding="utf-8")
    return read_target_rules(table, frozenset({"women"}))


def test_contributions_read_as_a_sentence_with_their_premises(tmp_path: Path) -> None:
    rules = _rules(tmp_path, "restoring,2,primary,0.9,document,intervention:1.2,,it counts")
    (found,) = infer_contributions(rules, [RESTORES], threshold=0.5)
    assert found.because == "it uses 1.2 Restoration (3 sentences)"
    assert (found.target, found.role, found.rules) == ("2", "primary", ("restoring",))
    assert (found.score, found.evidence) == (0.72, (ONE, TWO, THREE))


def test_contributions_need_all_premises(tmp_path: Path) -> None:
    rules = _rules(tmp_path, "a,10,primary,0.9,document,threat:5.3 + intervention:5.2,,x")
    assert infer_contributions(rules, [RESTORES, LOGGING], threshold=0.1) == ()


def test_contributions_add_up_independent_reasons(tmp_path: Path) -> None:
    rules = _rules(
        tmp_path,
        "a,2,supporting,0.4,document,intervention:1.2,,x",
        "b,2,primary,0.4,document,threat:5.3,,x",
    )
    (found,) = infer_contributions(rules, [RESTORES, LOGGING], threshold=0.5)
    assert (found.score, found.role) == (round(1 - 0.68 * 0.6, 4), "primary")
    assert found.because == (
        "it addresses 5.3.1 Logging (1 sentence); it uses 1.2 Restoration (3 sentences)"
    )


@pytest.mark.parametrize(("where", "fires"), [(TWO, True), ((40, 50), False)])
def test_contributions_of_a_sentence_rule_share_a_sentence(
    tmp_path: Path, where: tuple[int, int], fires: bool
) -> None:
    rules = _rules(tmp_path, "a,23,primary,0.9,sentence,cue:women + intervention:1.2,,x")
    premises = [RESTORES, Premise("cue", ("women",), "women", (where,))]
    found = infer_contributions(rules, premises, threshold=0.5)
    assert [c.evidence for c in found] == ([(TWO,)] if fires else [])


def test_contributions_do_not_claim_every_action_for_any(tmp_path: Path) -> None:
    rules = _rules(tmp_path, "a,5,primary,0.9,document,threat:5.3 + intervention:*,,x")
    other = Premise("intervention", ("3.1",), "3.1 Outreach", (THREE,), 0.9)
    (found,) = infer_contributions(rules, [RESTORES, other, LOGGING], threshold=0.5)
    assert "Outreach" not in found.because


def test_contributions_fall_to_an_unless(tmp_path: Path) -> None:
    rules = _rules(tmp_path, "a,2,primary,0.9,document,intervention:1.2,threat:5.3,x")
    assert infer_contributions(rules, [RESTORES, LOGGING], threshold=0.1) == ()


@pytest.mark.parametrize("status", ["planned", "historical"])
def test_contributions_are_as_real_as_their_actions(
    tmp_path: Path, status: AssertionStatus
) -> None:
    rules = _rules(tmp_path, "a,2,primary,0.9,document,intervention:1.2,,x")
    act = Premise("intervention", ("1.2",), "1.2 Restoration", (ONE,), 0.8, status)
    (found,) = infer_contributions(rules, [act], threshold=0.5)
    assert found.assertion == status
