"""How texts name policy."""

from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.policy import FAMILIES, load_policy, read_policy


def test_policy_table_names_every_family() -> None:
    assert {row.family for row in load_policy()} == set(FAMILIES)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ramsar,name,en,Ramsar", "policy.csv:2: family must be one of"),
        ("sdg,title,en,SDG", "policy.csv:2: family must be one of"),
        ("sdg,name,de,SDG", "policy.csv:2: family must be one of"),
        ("sdg,name,en,SDG(", "policy.csv:2: 'SDG(': missing )"),
    ],
)
def test_policy_refuses_a_bad_row_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    table = tmp_path / "policy.csv"
    table.write_text(f"family,form,lang,pattern\n{row}\n", encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        read_policy(table)
    assert str(caught.value).startswith(message)
