"""The command line as a whole."""

import importlib
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import COMMANDS, cli

SNAPSHOT = {
    "bench",
    "evaluate",
    "export",
    "extract",
    "gazetteer",
    "info",
    "ingest",
    "link",
    "query",
    "reason",
    "reconcile",
    "serve",
    "token",
    "validate",
    "vocab",
}
"""Commands that must not vanish."""
_RUN = "from service.cli import main; main()"


def _modules_after(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_cli_lists_the_commands() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    listed = result.output.split("Commands:")[1].splitlines()
    assert {line.split()[0] for line in listed if line} >= SNAPSHOT


@pytest.mark.parametrize("name", COMMANDS)
def test_cli_gives_every_command_help_with_an_example(name: str) -> None:
    command = importlib.import_module(f"service.commands.{name}").command
    assert command.name == name
    assert "Example" in (command.help or "")


def test_cli_help_answers_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", _RUN, "--help"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


@pytest.mark.parametrize(
    "code",
    [
        "from service.cli import main; main(['--help'])",
        "from service.cli import main; main(['serve', '--help'])",
        "import service.app, service.supervision.supervisor, service.store.readers",
    ],
)
def test_cli_serves_without_loading_spacy(code: str) -> None:
    assert _modules_after(code) & {"spacy", "thinc", "extract.pipeline"} == set()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nonsense"], 2, "No such command"),
        (["extract"], 2, "Missing argument"),
        (["extract", "none.md"], 1, "none.md: no such file or folder"),
        (["--config", "pyproject.toml", "info"], 1, "unknown setting"),
    ],
)
def test_cli_exits_with_a_meaning(arguments: list[str], code: int, message: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], capture_output=True, text=True, cwd=Path.cwd()
    )
    assert (done.returncode, message in done.stderr) == (code, True)
    assert "Traceback" not in done.stderr
