"""Load the pipeline and run it over case studies."""

import time
from collections.abc import Collection, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import copy_config, load_config, load_model_from_config

from corpus.documents import CaseStudy
from extract.assembly import RawMention, assemble
from extract.components.mentions import Draft, drafts_of, entities_of, prepare_doc, statements_of
from extract.errors import ExtractError
from extract.records import Extraction
from ontology.calibration import load_curves
from ontology.namespaces import Minter

LANGUAGES = ("en", "fr", "es")
"""Languages with rules of their own; others run with those of none."""
_MAX_LENGTH = 50_000_000
_NEEDED = frozenset({"blocks"})
"""Components without which there are no sentences."""


class Pipeline:
    """Extract from case studies, with one spaCy pipeline for each language met."""

    def __init__(self, config: Mapping[str, Any], minter: Minter) -> None:
        self._config = config
        self._minter = minter
        self._languages: dict[str, Language] = {}
        self.cpu_seconds: dict[str, float] = {}
        """CPU seconds spent so far in each component."""

    def extract(self, case_study: CaseStudy, *, calibrated: bool = True) -> Extraction:
        """Return what a case study says; uncalibrated scores are for fitting the calibration."""
        doc = self.annotate(case_study)
        return assemble(
            case_study,
            self._minter,
            [_raw(draft) for draft in drafts_of(doc)],
            entities_of(doc),
            statements_of(doc),
            load_curves() if calibrated else {},
        )

    def annotate(self, case_study: CaseStudy) -> Doc:
        """Return the Doc of a case study with drafts, rejected ones too, and statements."""
        nlp = self.language(case_study.lang)
        clock = time.process_time()
        doc = prepare_doc(nlp.make_doc(case_study.text), case_study, self._minter)
        clock = self._count("tokenizer", clock)
        for name, component in nlp.pipeline:
            doc = component(doc)
            clock = self._count(name, clock)
        return doc

    def language(self, lang: str) -> Language:
        """Return the spaCy pipeline of a language, loaded when first asked for."""
        code = lang if lang in LANGUAGES else "xx"
        if code not in self._languages:
            config = load_config_with(self._config, {"nlp.lang": code})
            nlp = load_model_from_config(config, auto_fill=True)
            nlp.max_length = _MAX_LENGTH
            self._languages[code] = nlp
        return self._languages[code]

    def _count(self, name: str, since: float) -> float:
        now = time.process_time()
        self.cpu_seconds[name] = self.cpu_seconds.get(name, 0.0) + now - since
        return now


def load_pipeline(
    *, gazetteer_path: Path, minter: Minter, model: bool = True, without: Collection[str] = ()
) -> Pipeline:
    """Load the pipeline that ``pipeline.cfg`` describes, over one gazetteer.

    Raise ExtractError where a component to leave out is unknown or carries all others.
    """
    with as_file(files("extract").joinpath("pipeline.cfg")) as path:
        config = load_config(path)
    overrides: dict[str, Any] = {"components.named_entities.enabled": model}
    for name, block in config["components"].items():
        if "gazetteer" in block:
            overrides[f"components.{name}.gazetteer"] = str(gazetteer_path)
    if without:
        names = config["nlp"]["pipeline"]
        optional = [name for name in names if name not in _NEEDED]
        unknown = sorted(set(without) - set(optional))
        if unknown:
            raise ExtractError(
                f"cannot leave out {', '.join(unknown)}; what can be is {', '.join(optional)}"
            )
        overrides["nlp.pipeline"] = [name for name in names if name not in without]
    return Pipeline(load_config_with(config, overrides), minter)


def load_config_with(config: Mapping[str, Any], overrides: Mapping[str, Any]) -> Any:
    """Return a copy of a spaCy config with dotted keys replaced."""
    copy = copy_config(dict(config))
    for dotted, value in overrides.items():
        *parents, key = dotted.split(".")
        block: Any = copy
        for parent in parents:
            block = block[parent]
        block[key] = value
    return copy


def _raw(draft: Draft) -> RawMention:
    return (
        draft.start,
        draft.end,
        draft.kind,
        draft.entity.iri if draft.entity else None,
        draft.score,
        draft.rule,
        draft.assertion,
        draft.candidates,
    )
