"""Taxa and toponyms on public corpora; the floors lie a little under what was measured."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.components.mentions import Draft, drafts_of
from extract.linking import make_case_study
from extract.pipeline import Pipeline, load_pipeline
from extract.reconcile.geography import distance_km
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

NEAR_KM = 161.0
"""A hundred miles, the usual tolerance of toponym resolution."""


@pytest.fixture(scope="module")
def pipeline(gazetteer_path: Path) -> Pipeline:
    return load_pipeline(gazetteer_path=gazetteer_path, minter=Minter())


def read_corpus(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def is_species(draft: Draft) -> bool:
    return draft.entity is not None and draft.entity.rank in ("species", "subspecies")


def count_taxa(pipeline: Pipeline, file: Path, *, species_only: bool) -> tuple[int, int, int]:
    """Count mentions right and wrong, and annotations missed; an overlap is enough."""
    right = wrong = missed = 0
    for record in read_corpus(file):
        gold = [(s["start"], s["end"]) for s in record["spans"] if s["label"] == "TAXON"]
        doc = pipeline.annotate(make_case_study(record["text"], "en"))
        found: set[int] = set()
        for draft in drafts_of(doc, "species"):
            if species_only and not is_species(draft):
                continue
            over = {
                i for i, (start, end) in enumerate(gold) if start < draft.end and draft.start < end
            }
            new = sorted(over - found)
            found.update(new[:1])
            right += bool(new)
            wrong += not over
        missed += len(gold) - len(found)
    return right, wrong, missed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "species_only", "precision", "f1"),
    [("copious", False, 0.80, 0.74), ("s800", True, 0.84, 0.43)],
)
def test_corpora_taxa(
    shared: Path, pipeline: Pipeline, corpus: str, species_only: bool, precision: float, f1: float
) -> None:
    """S800 annotates species and strains only, so wider taxa are left out of what we found."""
    file = shared / f"corpora/{corpus}/dev.jsonl"
    right, wrong, missed = count_taxa(pipeline, file, species_only=species_only)
    assert right / (right + wrong) >= precision
    assert 2 * right / (2 * right + wrong + missed) >= f1


def is_near(lat: float | None, lon: float | None, span: dict[str, Any]) -> bool:
    if lat is None or lon is None:
        return False
    return distance_km(lat, lon, span["lat"], span["lon"]) <= NEAR_KM


@pytest.mark.slow
def test_corpora_toponyms_in_reach_are_resolved(
    shared: Path, pipeline: Pipeline, gazetteer: Gazetteer
) -> None:
    reachable = resolved = 0
    for record in read_corpus(shared / "corpora/trnews/all.jsonl"):
        drafts = drafts_of(pipeline.annotate(make_case_study(record["text"], "en")), "place")
        for span in record["spans"]:
            if span.get("lat") is None:
                continue
            name = record["text"][span["start"] : span["end"]]
            hits = [h for h in gazetteer.place_names(fold(name)) if h.kind != "adjective"]
            rows = [gazetteer.place(hit.row_id) for hit in hits]
            if not any(is_near(row.lat, row.lon, span) for row in rows):
                continue
            reachable += 1
            over = [d for d in drafts if d.start < span["end"] and span["start"] < d.end]
            resolved += any(d.entity and is_near(d.entity.lat, d.entity.lon, span) for d in over)
    assert resolved / reachable >= 0.80
