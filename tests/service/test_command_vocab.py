from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.commands.vocab import command


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_command_vocab_check_accepts_packaged_tables() -> None:
    assert run("check") == (0, "", "0 problems\n")


def test_command_vocab_check_names_line_and_column_and_changes_nothing(tmp_path: Path) -> None:
    source = files("ontology") / "vocabularies" / "threats.csv"
    broken = tmp_path / "threats.csv"
    text = source.read_text(encoding="utf-8")
    broken.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    before = broken.read_bytes()
    code, out, err = run("check", str(broken))
    assert code == 1
    assert f"{broken}: line 132, column code: '1' is a duplicate of line 2\n" in out
    assert err == "2 problems\n"
    assert broken.read_bytes() == before
    assert source.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b"\n2.1,", b"\n1.1,", "line 7, column code: '1.1' is a duplicate of line 3"),
        (b",12,,,,3.x", b",99,,,,3.x", "column broader: no concept has the code '99'"),
        ("ê".encode(), b"\xea", "byte 0xEA is not UTF-8; save the file as UTF-8"),
        (b",broader,", b",wider,", "line 1, column broader: the column is missing"),
    ],
    ids=["duplicate-code", "unknown-broader", "bad-encoding", "missing-column"],
)
def test_command_vocab_check_tells_what_is_broken(
    tmp_path: Path, old: bytes, new: bytes, where: str
) -> None:
    folder = files("ontology") / "vocabularies"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    broken = tmp_path / "threats.csv"
    data = before["threats.csv"]
    assert old in data
    broken.write_bytes(data.replace(old, new, 1))
    written = broken.read_bytes()
    code, out, _ = run("check", str(broken))
    assert code == 1
    assert where in out
    assert all(line.startswith(f"{broken}: line ") for line in out.splitlines())
    assert all(", column " in line for line in out.splitlines())
    assert broken.read_bytes() == written
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_command_vocab_build_reports_what_it_wrote(tmp_path: Path) -> None:
    code, _, err = run("build", "--target", str(tmp_path))
    assert code == 0
    assert f"wrote {tmp_path}/vocabularies/kmgbf.ttl\n" in err
    assert run("build", "--target", str(tmp_path))[2].count("same ") == err.count("wrote ")


def test_command_vocab_needs_a_subcommand() -> None:
    code, out, err = run()
    assert code == 2
    assert "check" in out + err


@pytest.mark.parametrize("subcommand", ["build", "check"])
def test_command_vocab_help_has_an_example(subcommand: str) -> None:
    assert f"Example: ecoduct vocab {subcommand}" in run(subcommand, "--help")[1]
