"""The word families that taxa belong to."""

from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.taxon_families import load_taxon_families, read_taxon_families

HEAD = "rank,taxon,family,source\n"


def test_taxon_families_part_animals_from_plants() -> None:
    known = load_taxon_families()
    assert known["class", "Aves"] == ("animal",)
    assert known["kingdom", "plant"] == ("plant",)
    assert "marine" in known["family", "Cheloniidae"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("tribe,Thunnini,fish,own list\n", "tribe"),
        ("class,Aves,,own list\n", "fill all"),
        ("class,Aves,animal,own list\nclass,Aves,animal,own list\n", "already"),
    ],
)
def test_taxon_families_refuse_a_bad_row_with_its_line(
    tmp_path: Path, row: str, problem: str
) -> None:
    file = tmp_path / "taxon_families.csv"
    file.write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(OntologyError, match=f"taxon_families.csv:[23].*{problem}"):
        read_taxon_families(file)
