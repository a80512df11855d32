import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import cli


def _data(tmp_path: Path, gazetteer_path: Path) -> str:
    (tmp_path / gazetteer_path.name).symlink_to(gazetteer_path, target_is_directory=True)
    return str(tmp_path)


def test_command_gazetteer_info_lists_meanings(tmp_path: Path, gazetteer_path: Path) -> None:
    data = _data(tmp_path, gazetteer_path)
    result = CliRunner().invoke(cli, ["--data", data, "gazetteer", "info", "snow leopard"])
    assert result.exit_code == 0
    assert result.output.startswith("snow leopard\ttaxon\tPanthera uncia\t")


def test_command_gazetteer_info_counts(tmp_path: Path, gazetteer_path: Path) -> None:
    data = _data(tmp_path, gazetteer_path)
    result = CliRunner().invoke(cli, ["--data", data, "gazetteer", "info"])
    assert [line.split("\t")[0] for line in result.output.splitlines()] == [
        "taxa",
        "places",
        "organisations",
        "own rows",
        "own identifiers",
    ]


def test_command_gazetteer_info_names_sources(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "gazetteer", "info", "--sources"])
    assert "taxa_vernacular.csv.gz" in result.output


@pytest.mark.slow
def test_command_gazetteer_add_builds_the_lookup_with_the_rows(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("kind,name,type\nplace,Lake Brambleden,lake\n", encoding="utf-8")
    data = ["--data", str(tmp_path / "data"), "gazetteer"]
    added = CliRunner().invoke(cli, [*data, "add", str(file)])
    assert (added.exit_code, "1 added, 0 replaced" in added.output) == (0, True)
    info = CliRunner().invoke(cli, [*data, "info", "Lake Brambleden"])
    assert info.output == "Lake Brambleden\tplace\tLake Brambleden\tlake\town\n"


def test_command_gazetteer_info_unknown_name(tmp_path: Path, gazetteer_path: Path) -> None:
    data = _data(tmp_path, gazetteer_path)
    result = CliRunner().invoke(cli, ["--data", data, "gazetteer", "info", "qwxyz"])
    assert result.exit_code == 1
    assert "no such name" in result.output


def test_command_gazetteer_build_keeps_what_exists(tmp_path: Path, gazetteer_path: Path) -> None:
    copy = tmp_path / gazetteer_path.name
    shutil.copytree(gazetteer_path, copy)
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "gazetteer", "build"])
    assert result.output.strip() == str(copy)
