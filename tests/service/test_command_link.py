"""The commands that show candidates."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli


@pytest.fixture
def data(tmp_path: Path, gazetteer_path: Path) -> Path:
    (tmp_path / gazetteer_path.name).symlink_to(gazetteer_path, target_is_directory=True)
    return tmp_path


def invoke(data: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), *arguments], input=text)


TEXT = "Rangers counted otters (Lutra lutra) in Latvia."


def test_command_link_shows_mentions_with_candidates(data: Path) -> None:
    result = invoke(data, "link", "--no-model", "--json", TEXT)
    mentions = {m["text"]: m for m in map(json.loads, result.output.splitlines())}
    otter = mentions["Lutra lutra"]
    assert TEXT[otter["start"] : otter["end"]] == "Lutra lutra"
    assert (otter["kind"], otter["features"]["name_kind"]) == ("species", "scientific")
    first = otter["candidates"][0]
    assert (first["id"], first["match"]) == ("https://w3id.org/ecoduct/taxon/lutra-lutra", True)
    assert {"id": "name_kind", "value": "scientific"} in first["features"]
    assert mentions["Latvia"]["candidates"][0]["id"] == "https://w3id.org/ecoduct/place/lv"


def test_command_link_prints_a_table(data: Path) -> None:
    lines = invoke(data, "link", "--no-model", "-", text=TEXT).output.splitlines()
    assert lines[0].split() == [
        *("at", "kind", "text"),
        *("score", "match", "candidate", "label", "description", "features"),
    ]
    assert any("<place/lv>" in line and "country, LV" in line for line in lines)


def test_command_link_tells_why_a_candidate_was_rejected(data: Path) -> None:
    result = invoke(data, "link", "--no-model", "--all", "Latvian rangers counted them.")
    assert "rejected: an adjective of nationality, not a place" in result.output


def test_command_link_without_mentions(data: Path) -> None:
    result = invoke(data, "link", "--no-model", "It was so.")
    assert (result.exit_code, "no mention found" in result.output) == (1, True)


def test_command_reconcile_writes_what_the_reconciliation_api_does(data: Path) -> None:
    result = invoke(data, "reconcile", "Latvija", "--type", "place", "--json", "--limit", "1")
    (line,) = map(json.loads, result.output.splitlines())
    assert line.keys() == {"id", "name", "score", "match", "type", "description", "features"}


def test_command_reconcile_prints_a_table(data: Path) -> None:
    result = invoke(data, "reconcile", "Lutra lutra", "--type", "taxon", "--limit", "1")
    row = result.output.splitlines()[2]
    assert row.split()[:3] == ["0.95", "yes", "<taxon/lutra-lutra>"]
    assert "name_kind=scientific" in row


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["qxzwvk", "--type", "taxon"], 1, "no taxon bears this name"),
        (["Riga", "--type", "place", "--country", "Latvia"], 2, "no two-letter code"),
        (["Riga", "--type", "town"], 2, "'town' is not one of"),
    ],
)
def test_command_reconcile_says_what_is_wrong(
    data: Path, arguments: list[str], code: int, message: str
) -> None:
    result = invoke(data, "reconcile", *arguments)
    assert (result.exit_code, message in result.output) == (code, True)
