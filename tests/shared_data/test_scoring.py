"""Our figures are those of the reference scorer, and hold their floors on unshipped texts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.reading import read_case_studies
from extract.evaluation.gold import read_gold
from extract.evaluation.scoring import Scores, score
from extract.pipeline import load_pipeline
from extract.records import Extraction, extraction_to_json
from ontology.namespaces import Minter

FLOORS = {
    "species mention (overlap)": 0.80,
    "place mention (overlap)": 0.75,
    "actor mention (overlap)": 0.60,
    "countries": 0.80,
    "threats": 0.45,
    "interventions": 0.45,
    "kmgbf": 0.45,
}


@pytest.fixture(scope="module")
def extractions(shared: Path, gazetteer_path: Path) -> dict[str, list[Extraction]]:
    """Return the extractions of both annotated sets."""
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())
    folders = {"inf42": Path("corpus"), "dev": shared / "gold/dev/texts"}
    return {
        name: [pipeline.extract(study) for study in read_case_studies(folder)]
        for name, folder in folders.items()
    }


def _score(shared: Path, name: str, extractions: dict[str, list[Extraction]]) -> Scores:
    return score(extractions[name], read_gold(shared / f"gold/{name}.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["inf42", "dev"])
def test_scoring_gives_the_figures_of_the_reference(
    shared: Path, tmp_path: Path, extractions: dict[str, list[Extraction]], name: str
) -> None:
    lines = tmp_path / "extractions.jsonl"
    lines.write_text("\n".join(map(extraction_to_json, extractions[name])), encoding="utf-8")
    command = [
        sys.executable,
        str(shared / "tools/score_extraction.py"),
        str(lines),
        str(shared / f"gold/{name}.yaml"),
        "--json",
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    reference = json.loads(output)
    counts = {
        facet: (values["tp"], values["fp"], values["fn"])
        for facet, values in reference.items()
        if isinstance(values, dict)
    }
    ours = {
        facet: (tally.right, tally.wrong, tally.missed)
        for facet, tally in _score(shared, name, extractions).tallies.items()
    }
    assert ours == counts


@pytest.mark.slow
@pytest.mark.parametrize("facet", FLOORS)
def test_scoring_holds_its_floors_on_texts_that_do_not_ship(
    shared: Path, extractions: dict[str, list[Extraction]], facet: str
) -> None:
    assert _score(shared, "dev", extractions).tallies[facet].f1 >= FLOORS[facet]
