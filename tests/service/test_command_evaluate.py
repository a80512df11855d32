"""``ecoduct evaluate`` over records that are given."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.documents import Source
from extract.records import Entity, Extraction, Statement, extraction_to_json
from ontology.namespaces import Minter
from service.cli import cli, main

MINTER = Minter()
CASE = MINTER.case_study("a")
GOLD = """
- id: a
  title: Dams
  species: []
  places: []
  actors: []
  threats: {core: [{code: "7.2", phrase: dams}], ok: []}
  stresses: {core: [], ok: []}
  interventions: {core: [], ok: []}
  kmgbf: {core: [], ok: []}
  countries: {core: [], ok: []}
  relations: []
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.yaml"
    file.write_text(GOLD, encoding="utf-8")
    return file


def _predictions(folder: Path, *codes: str) -> Path:
    entities = tuple(Entity(MINTER.threat(c), "threat", f"<{c}>", notation=c) for c in codes)
    extraction = Extraction(
        id="a",
        iri=CASE,
        title="Dams",
        lang="en",
        text="Dams\n\nMany dams stood here.",
        source=Source("a.md", "", "text/markdown"),
        solution=CASE,
        entities=entities,
        statements=tuple(
            Statement(CASE, "addressesThreat", e.iri, 0.9, evidence=((6, 27),)) for e in entities
        ),
    )
    file = folder / "predictions.jsonl"
    file.write_text(extraction_to_json(extraction) + "\n", encoding="utf-8")
    return file


def _evaluate(gold: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["evaluate", "--gold", str(gold), *map(str, arguments)])


def test_command_evaluate_prints_details_only_where_asked(gold: Path, tmp_path: Path) -> None:
    predictions = _predictions(tmp_path, "7.2", "9.1")
    short = _evaluate(gold, "--predictions", predictions)
    assert short.exit_code == 0
    assert "threats                            P 0.500 R 1.000 F1 0.667" in short.output
    assert "intervals" not in short.output
    long = _evaluate(gold, "--predictions", predictions, "--details").output
    assert long.startswith(short.output)
    for words in ("95 % intervals", "errors by kind", "confusions", "statements, scores as given"):
        assert words in long


def test_command_evaluate_saves_compares_and_writes_a_page(gold: Path, tmp_path: Path) -> None:
    saved, page = tmp_path / "run.json", tmp_path / "page.html"
    first = _predictions(tmp_path, "7.2", "9.1")
    assert _evaluate(gold, "--predictions", first, "--save", saved).exit_code == 0
    second = _predictions(tmp_path, "7.2")
    result = _evaluate(gold, "--predictions", second, "--compare", saved, "--html", page)
    assert "better  threats" in result.output
    assert "mended\ta\tthreats\tspurious\t9.1" in result.output
    text = page.read_text(encoding="utf-8")
    assert "Since the saved run" in text
    assert "mended" in text


def test_command_evaluate_keeps_json_apart_from_details(gold: Path, tmp_path: Path) -> None:
    predictions = _predictions(tmp_path, "7.2")
    result = _evaluate(gold, "--predictions", predictions, "--json", "--details")
    assert json.loads(result.stdout)["facets"]["threats"]["f1"] == 1.0
    assert "errors by kind" in result.stderr


def test_command_evaluate_refuses_ablation_of_records(gold: Path, tmp_path: Path) -> None:
    predictions = _predictions(tmp_path)
    result = _evaluate(gold, "--predictions", predictions, "--without", "targets")
    assert result.exit_code == 2
    assert "leave --predictions out" in result.output


def test_command_evaluate_says_where_it_cannot_write(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    predictions = _predictions(tmp_path)
    target = tmp_path / "no" / "run.json"
    arguments = ["--gold", str(gold), "--predictions", str(predictions), "--save", str(target)]
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", *arguments])
    assert ended.value.code == 1
    assert "run.json: cannot be written: No such file" in capsys.readouterr().err
