"""What the documents show is so: links, commands, queries and their answers."""

import importlib
import re
from pathlib import Path

import click
import pytest
from rdflib.plugins.sparql import prepareQuery

from service.cli import COMMANDS, cli

DOCUMENTS = ("README.md", "CONTRIBUTING.md", *map(str, sorted(Path("docs").rglob("*.md"))))
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def _fences(kind: str) -> list[tuple[str, str]]:
    return [
        (name, body)
        for name in DOCUMENTS
        for fence, body in _FENCE.findall(Path(name).read_text(encoding="utf-8"))
        if fence == kind
    ]


def _commands() -> list[tuple[str, str]]:
    lines = [(name, line) for name, body in _fences("sh") for line in body.splitlines()]
    return [(n, line.split("#")[0].split(">")[0]) for n, line in lines if "ecoduct " in line]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_docs_link_to_files_that_are_there(name: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    targets = [Path(name).parent / target for target in _LINK.findall(text)]
    assert [str(target) for target in targets if not target.exists()] == []


@pytest.mark.parametrize(("name", "line"), _commands())
def test_docs_show_commands_and_options_that_exist(name: str, line: str) -> None:
    words = line.split()[next(n for n, w in enumerate(line.split()) if w.endswith("ecoduct")) + 1 :]
    command: click.Command = cli
    while words:
        word = words.pop(0)
        known = {option for parameter in command.params for option in parameter.opts}
        if word.startswith("-") and word != "-":
            assert word in known, f"{name}: {line}"
            option = next(p for p in command.params if word in p.opts)
            if not getattr(option, "is_flag", False):
                words.pop(0)
        elif isinstance(command, click.Group):
            if command is cli:
                assert word in COMMANDS, f"{name}: {line}"
                command = importlib.import_module(f"service.commands.{word}").command
            else:
                command = command.commands[word]


@pytest.mark.parametrize("name", ["README.md"])
def test_docs_show_both_commands_of_set_up(name: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert "make run" in text and "make test" in text


@pytest.mark.parametrize(("name", "query"), _fences("sparql"))
def test_docs_show_queries_that_parse(name: str, query: str) -> None:
    prepareQuery(query)


@pytest.mark.slow
def test_docs_show_the_real_answer_of_a_real_query(
    shipped_data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "query.rq").write_text(_fences("sparql")[0][1], encoding="utf-8")
    capfd.readouterr()
    query = ["--data", str(shipped_data), "query", str(tmp_path / "query.rq"), "--format", "csv"]
    cli.main(query, standalone_mode=False)
    answer = capfd.readouterr().out.replace("\r\n", "\n")
    assert answer == _fences("csv")[0][1]
