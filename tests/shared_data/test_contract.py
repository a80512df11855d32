"""Extraction output holds to the JSON contract."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from corpus.reading import read_case_studies
from extract.pipeline import load_pipeline
from extract.records import extraction_to_json
from ontology.namespaces import Minter


@pytest.mark.slow
@pytest.mark.parametrize("texts", ["corpus", "gold/dev/texts"])
def test_contract_holds_for_every_extraction(
    shared: Path, gazetteer_path: Path, texts: str
) -> None:
    schema = json.loads((shared / "contracts/extraction.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())
    folder = Path(texts) if texts == "corpus" else shared / texts
    lines = [extraction_to_json(pipeline.extract(study)) for study in read_case_studies(folder)]
    assert len(lines) == (12 if texts == "corpus" else 21)
    for line in lines:
        data = json.loads(line)
        assert [error.message for error in validator.iter_errors(data)] == []
        assert all(data["text"][m["start"] : m["end"]] == m["text"] for m in data["mentions"])
        known = {entity["iri"] for entity in data["entities"]} | {data["iri"]}
        assert {m["entity"] for m in data["mentions"]} - {None} <= known
        assert {s[end] for s in data["statements"] for end in ("subject", "object")} <= known
        assert all(s["evidence"] or s["basis"] == "inferred" for s in data["statements"])


@pytest.mark.slow
def test_contract_texts_hold_the_whole_reference(shared: Path) -> None:
    folder = shared / "gold/dev/texts"
    for file in sorted(folder.glob("*.md")):
        (study,) = read_case_studies(file)
        reference = " ".join(file.read_text(encoding="utf-8").removeprefix("# ").split())
        assert reference in " ".join(study.text.split())
