"""Messages on stderr, for people and for programs."""

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.config import load_settings
from service.errors import ServiceError
from service.logs import JsonLines, Lines


def _record(name: str = "ecoduct", message: str = "a\nb", **more: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": name, "msg": message, "levelname": "WARNING", "created": 0.0, **more}
    )


def test_logs_for_programs_are_one_line_of_json_each() -> None:
    try:
        raise ServiceError("bad")
    except ServiceError:
        said = JsonLines("web").format(_record(exc_info=sys.exc_info()))
    line = json.loads(said)
    assert "\n" not in said
    assert line.pop("exception").endswith("service.errors.ServiceError: bad")
    assert line == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "warning",
        "process": "web",
        "logger": "ecoduct",
        "message": "a\nb",
    }


def test_logs_for_people_say_who_speaks_but_for_the_service_itself() -> None:
    assert Lines().format(_record(message="listening")) == "ecoduct: listening"
    assert Lines().format(_record("waitress", "hm")) == "ecoduct: waitress: hm"


def test_logs_have_two_forms() -> None:
    assert load_settings(environ={"ECODUCT_LOG_FORMAT": "json"}).log_format == "json"
    with pytest.raises(ServiceError, match="log_format"):
        load_settings(environ={}, log_format="xml")


@pytest.mark.slow
def test_logs_of_a_service_are_json_where_that_is_set(tmp_path: Path) -> None:
    settings = tmp_path / "ecoduct.toml"
    settings.write_text('log_format = "json"\n')
    ecoduct = Path(sys.executable).with_name("ecoduct")
    command: list[str | Path] = [ecoduct, "--config", settings, "--data", tmp_path / "data"]
    command += ["serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = [json.loads(process.stderr.readline())]
        while "listening" not in lines[-1]["message"]:
            lines.append(json.loads(process.stderr.readline()))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert {line["process"] for line in lines} == {"supervisor"}
    assert lines[-1]["message"].startswith("listening on http://127.0.0.1:")
