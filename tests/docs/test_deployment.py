"""The unit and the container file start what is there."""

import configparser
import re
import shlex
from pathlib import Path

from service.cli import cli
from service.commands.serve import command as serve

TEXT = Path("docs/deployment.md").read_text(encoding="utf-8")


def fence(kind: str) -> str:
    found = re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def test_deployment_unit_starts_the_service() -> None:
    unit = configparser.ConfigParser(strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(fence("ini"))
    assert unit.sections() == ["Unit", "Service", "Install"]
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/ecoduct")
    context = cli.make_context("ecoduct", words, resilient_parsing=True)
    assert words[-1] == "serve"
    assert str(context.params["data_dir"]) == "/var/lib/ecoduct"
    assert unit["Service"]["KillMode"] == "mixed"


def test_deployment_container_starts_the_service() -> None:
    lines = fence("dockerfile").splitlines()
    words = {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines}
    entry, start = (re.findall(r'"([^"]*)"', words[name]) for name in ("ENTRYPOINT", "CMD"))
    assert entry == ["/opt/venv/bin/ecoduct", "--data", "/data"]
    assert start[0] == "serve"
    options = {option for parameter in serve.params for option in parameter.opts}
    assert set(start[1::2]) <= options
    assert all((Path() / name).exists() for name in (".ci/environment", "requirements.lock"))
