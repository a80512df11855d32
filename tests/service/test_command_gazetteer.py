import shutil
from pathlib import Path

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
    ]


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
