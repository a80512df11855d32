"""The lexicons against the schemes' own example phrases, and against annotated texts."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.reading import read_case_studies
from extract.matching.triggers import level2, load_reader
from extract.pipeline import load_pipeline
from extract.records import extraction_to_json
from ontology.lexicon_rows import TriggerKind
from ontology.namespaces import Minter
from ontology.vocabulary import load_vocabulary

RENAMED = {
    "invasive non-native/alien species": "8.1",
    "problematic native species": "8.2",
    "household sewage & urban waste water": "9.1",
}


def phrases(file: Path, vocabulary: str) -> list[tuple[str, str]]:
    """List the example phrases of a taxonomy with the code of the class of the same name."""
    codes = {c.label.lower(): c.code for c in load_vocabulary(vocabulary).concepts.values()}
    found: list[tuple[str, str]] = []
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["examples"]:
                name = row["name"].lower()
                code = codes.get(name) or RENAMED[name]
                parts = re.split(r", (?![^(]*\))", row["examples"])
                found.extend((code, part.strip()) for part in parts)
    return found


def best(kind: TriggerKind, phrase: str) -> str:
    """Return the level-2 code that the lexicons are surest of."""
    triggers = [t for t in load_reader("en").read(phrase, 0, len(phrase)) if t.kind == kind]
    if not triggers:
        return ""
    return level2(min(triggers, key=lambda t: (-t.score, -len(t.places), t.code)).code)


@pytest.mark.parametrize(
    ("file", "vocabulary", "kind", "count", "floor"),
    [
        ("threats_1.1.tsv", "threats", "threat", 246, 0.85),
        ("actions_2.0.tsv", "actions", "intervention", 150, 0.75),
    ],
)
def test_triggers_cover_the_examples_of_the_schemes(
    shared: Path, file: str, vocabulary: str, kind: TriggerKind, count: int, floor: float
) -> None:
    examples = phrases(shared / "corpora/cmp_taxonomies" / file, vocabulary)
    assert len(examples) == count
    right = sum(best(kind, phrase) == code for code, phrase in examples)
    assert right / count >= floor


@pytest.mark.slow
def test_triggers_hold_their_floors_on_annotated_texts(
    shared: Path, gazetteer_path: Path, tmp_path: Path
) -> None:
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=Minter(), model=False)
    texts = shared / "gold/dev/texts"
    output = tmp_path / "dev.jsonl"
    lines = [extraction_to_json(pipeline.extract(study)) for study in read_case_studies(texts)]
    output.write_text("\n".join(lines), encoding="utf-8")
    scorer = shared / "tools/score_extraction.py"
    gold = shared / "gold/dev.yaml"
    command = [sys.executable, str(scorer), str(output), str(gold), "--texts", str(texts), "--json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert scores["threats"]["f1"] >= 0.8
    assert scores["interventions"]["f1"] >= 0.8
    assert scores["stresses"]["f1"] >= 0.6
