"""Rules from findings to KMGBF targets."""

from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.phrases import load_phrases
from ontology.target_rules import (
    COLUMNS,
    TARGETS,
    Condition,
    load_target_rules,
    read_target_rules,
)
from ontology.vocabulary import load_vocabulary

HEADER = ",".join(COLUMNS)


def test_target_rules_reach_every_target() -> None:
    assert {int(rule.target) for rule in load_target_rules()} == set(range(1, TARGETS + 1))


def test_target_rules_use_every_cue_of_their_table() -> None:
    used = {
        value
        for rule in load_target_rules()
        for condition in (*rule.when, *rule.unless)
        if condition.kind == "cue"
        for value in condition.values
    }
    assert used == {row.cue for row in load_phrases("target_cues")}


@pytest.mark.parametrize(
    ("kind", "vocabulary"),
    [("intervention", "actions"), ("threat", "threats"), ("stress", "stresses")],
)
def test_target_rules_name_codes_of_the_schemes(kind: str, vocabulary: str) -> None:
    codes = {
        value
        for rule in load_target_rules()
        for condition in (*rule.when, *rule.unless)
        if condition.kind == kind
        for value in condition.values
    }
    assert codes - {"*"} - set(load_vocabulary(vocabulary).concepts) == set()


@pytest.mark.parametrize(
    ("value", "covered"), [("5", True), ("5.3", True), ("5.3.1", True), ("15.3", False)]
)
def test_target_rules_codes_cover_what_lies_under_them(value: str, covered: bool) -> None:
    assert Condition("threat", ("5",)).covers(value) is covered


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,24,primary,0.5,document,intervention:1.2,,x", "target '24' is not 1 to 23"),
        ("a,2,main,0.5,document,intervention:1.2,,x", "role 'main' and scope 'document' must"),
        ("a,2,primary,2,document,intervention:1.2,,x", "weight '2' is not above 0"),
        ("a,2,primary,0.5,page,intervention:1.2,,x", "role 'primary' and scope 'page' must"),
        ("a,2,primary,0.5,document,action:1.2,,x", "'action:1.2' is no premise"),
        ("a,2,primary,0.5,document,intervention:one,,x", "'one' is no value of intervention"),
        ("a,2,primary,0.5,document,cue:noise,,x", "'noise' is no value of cue"),
        ("a,2,primary,0.5,document,taxon:blue,,x", "'blue' is no value of taxon"),
        ("a,2,primary,0.5,document,,,x", "a rule needs at least one premise"),
        ("a,2,primary,0.5,document,intervention:1.2,,", "a rule needs at least one premise"),
        ("A b,2,primary,0.5,document,intervention:1.2,,x", "id 'A b' is no new name"),
    ],
)
def test_target_rules_refuse_a_bad_row_with_its_line(
    tmp_path: Path, row: str, message: str
) -> None:
    table = tmp_path / "rules.csv"
    table.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        read_target_rules(table, frozenset({"women"}))
    assert str(caught.value).startswith(f"rules.csv:2: {message}")
