from pathlib import Path

import pytest
from click.testing import CliRunner

from ontology.errors import OntologyError
from service.commands.validate import command
from service.config import Settings

EXAMPLES = Path(__file__).parent.parent / "ontology" / "shapes"


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, arguments, obj=Settings(), catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_command_validate_accepts_vocabularies() -> None:
    assert run() == (0, "", "vocabularies: 0 violations\n")


def test_command_validate_accepts_conforming_graph() -> None:
    path = EXAMPLES / "conforming.ttl"
    assert run("--shapes-only", str(path)) == (0, "", f"{path}: 0 violations\n")


def test_command_validate_names_node_rule_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "broken.nt"
    path.write_text(
        "<https://w3id.org/ecoduct/solution/x> "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/ecoduct/ontology#Solution> .\n"
    )
    code, out, err = run(str(path))
    assert code == 1
    assert (
        f"{path}: https://w3id.org/ecoduct/solution/x: a solution is described in a case study "
        "[describedIn, MinCount]; tie it to its case study with eco:describedIn\n"
    ) in out
    assert "A thing or concept without a label" in out
    assert err == f"{path}: 3 violations\n"


def test_command_validate_reads_a_folder(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.nt", "notes.txt"):
        (tmp_path / name).write_text("")
    assert run("--shapes-only", str(tmp_path))[2] == (
        f"{tmp_path}/a.ttl: 0 violations\n{tmp_path}/b.nt: 0 violations\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<a> <b", "line 1"),
        ("a.txt", "", "the ending is none of"),
        ("none.nt", None, "cannot read"),
    ],
)
def test_command_validate_says_what_it_cannot_read(
    tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(OntologyError, match=message):
        run(str(path))
