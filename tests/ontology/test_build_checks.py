from importlib.resources import files
from pathlib import Path

import pytest

from ontology.build.checks import check_vocabulary
from ontology.build.files import packaged_tables
from ontology.errors import OntologyError
from ontology.vocabulary import COLUMNS

HEADER = ",".join(COLUMNS)


def row(code: str, **cells: str) -> str:
    defaults = {"notation": code, "label_en": f"Label {code}", "version": "1", "status": "valid"}
    values = defaults | {"code": code, "source": "test", "confidence": "checked"} | cells
    return ",".join(values.get(column, "") for column in COLUMNS)


def problems_of(folder: Path, *lines: str, name: str = "example") -> list[str]:
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [str(problem) for problem in check_vocabulary(path)]


@pytest.mark.parametrize("path", packaged_tables(), ids=lambda path: path.stem)
def test_checks_accept_packaged_table(path: Path) -> None:
    assert check_vocabulary(path) == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (row("1"), "line 3, column code: '1' is a duplicate of line 2"),
        (row("2", broader="9"), "line 3, column broader: no concept has the code '9'"),
        (row("2", broader="2"), "line 3, column broader: '2' is wider than itself"),
        (row("2", label_en=""), "line 3, column label_en: the English label is missing"),
        (
            row("2", status="old"),
            "line 3, column status: 'old' is none of deprecated, valid",
        ),
        (
            row("2", confidence="sure"),
            "line 3, column confidence: 'sure' is none of checked, recalled",
        ),
        (row("2", source=""), "line 3, column source: the source is missing"),
        (row("2", label_en=" Two"), "line 3, column label_en: ' Two' has white space at an end"),
        (row("2", notation="1"), "line 3, column notation: '1' is also the notation of line 2"),
        (
            row("2", version=""),
            "line 3, column version: a notation needs the version of its scheme",
        ),
        (row("2", see_also="cms.int"), "line 3, column see_also: 'cms.int' is no web address"),
        (
            row("2", status="deprecated", replaced_by="7"),
            "line 3, column replaced_by: no concept has the code '7'",
        ),
        (
            row("2", replaced_by="1"),
            "line 3, column status: what is replaced must be deprecated",
        ),
        (
            row("a b"),
            "line 3, column code: 'a b' cannot be part of an IRI; "
            "use letters, digits, dots, hyphens",
        ),
        ("2,2", "line 3: 2 cells where the header has 17"),
    ],
)
def test_checks_name_line_and_column(tmp_path: Path, line: str, problem: str) -> None:
    found = problems_of(tmp_path, HEADER, row("1"), line)
    assert problem in found


def test_checks_count_lines_after_a_cell_of_several(tmp_path: Path) -> None:
    first = row("1", note='"two\nlines"')
    assert problems_of(tmp_path, HEADER, first, row("1")) == [
        "line 4, column code: '1' is a duplicate of line 2",
        "line 4, column notation: '1' is also the notation of line 2",
    ]


def test_checks_name_missing_column(tmp_path: Path) -> None:
    header = HEADER.replace(",broader", "").replace(",source", "")
    assert problems_of(tmp_path, header) == [
        "line 1, column broader: the column is missing",
        "line 1, column source: the column is missing",
    ]


def test_checks_name_byte_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    line = row("2", label_en="Forêt").encode("latin-1")
    path.write_bytes(f"{HEADER}\n{row('1')}\n".encode() + line + b"\n")
    assert [str(problem) for problem in check_vocabulary(path)] == [
        "line 3, column label_en: byte 0xEA is not UTF-8; save the file as UTF-8"
    ]


def test_checks_report_broken_quotes(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, HEADER, row("1", note='"open'))
    assert problem.startswith("line 2: not CSV:")


def test_checks_find_cycle_of_several(tmp_path: Path) -> None:
    found = problems_of(tmp_path, HEADER, row("1", broader="2"), row("2", broader="1"))
    assert found == [
        "line 2, column broader: '1' is wider than itself",
        "line 3, column broader: '2' is wider than itself",
    ]


def test_checks_miss_codes_that_a_release_drops(tmp_path: Path) -> None:
    text = (files("ontology") / "vocabularies" / "stresses.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("2.3.8,")]
    assert problems_of(tmp_path, *kept, name="stresses") == [
        "line 1, column code: '2.3.8' is gone; keep its row, with status deprecated and replaced_by"
    ]


def test_checks_listing_table_by_its_own_columns(tmp_path: Path) -> None:
    text = (files("ontology") / "vocabularies" / "cms_appendices.csv").read_text(encoding="utf-8")
    broken = text.replace("\nlisting-i-acinonyx-jubatus", "\nlisting i acinonyx", 1)
    found = problems_of(tmp_path, *broken.splitlines(), name="cms_appendices")
    assert len(found) == 1 and "column key" in found[0]


def test_checks_need_a_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot read"):
        check_vocabulary(tmp_path / "none.csv")
