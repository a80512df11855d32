"""``ecoduct evaluate``: score extraction against annotated texts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.config import Settings

if TYPE_CHECKING:
    from extract.records import Extraction

_FILE = click.Path(exists=True, path_type=Path)


@click.command("evaluate")
@click.option("--gold", required=True, multiple=True, type=_FILE, help="File of annotations.")
@click.option("--texts", multiple=True, type=_FILE, help="Files or folders of the texts.")
@click.option("--predictions", type=_FILE, help="Score this output of extract instead.")
@click.option("--model/--no-model", default=True, help="Use the statistical model, or rules alone.")
@click.option("--errors", is_flag=True, help="List each error.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def command(
    settings: Settings,
    gold: tuple[Path, ...],
    texts: tuple[Path, ...],
    predictions: Path | None,
    model: bool,
    errors: bool,
    as_json: bool,
) -> None:
    """Extract the annotated texts and print precision, recall and F1 of each facet.

    Without --texts, the texts are those of the nearest folder above the annotations that has a
    table of sources.

    Example: ecoduct evaluate --gold corpus/gold/inf42.yaml
    """
    from extract.evaluation.gold import read_gold
    from extract.evaluation.report import format_scores, scores_to_json
    from extract.evaluation.scoring import score
    from extract.records import Extraction, extraction_from_json

    annotated = [text for file in gold for text in read_gold(file)]
    extractions: list[Extraction]
    if predictions is not None:
        with predictions.open(encoding="utf-8") as lines:
            extractions = [extraction_from_json(line) for line in lines if line.strip()]
    else:
        extractions = _extract(settings, texts or _texts_of(gold), model=model)
    scores = score(extractions, annotated)
    click.echo(scores_to_json(scores) if as_json else format_scores(scores, errors=errors))


def _texts_of(gold: tuple[Path, ...]) -> tuple[Path, ...]:
    from corpus.errors import CorpusError
    from corpus.sources.register import SOURCES_FILE

    folders = []
    for file in gold:
        above = [p for p in file.resolve().parents if (p / SOURCES_FILE).is_file()]
        if not above:
            raise CorpusError(f"{file}: no {SOURCES_FILE} above it; name the texts with --texts")
        folders.append(above[0])
    return tuple(dict.fromkeys(folders))


def _extract(settings: Settings, paths: tuple[Path, ...], *, model: bool) -> list["Extraction"]:
    from corpus.reading import read_case_studies
    from extract.pipeline import load_pipeline
    from ontology.gazetteer.lookup import ensure_lookup
    from ontology.namespaces import Minter

    pipeline = load_pipeline(
        gazetteer_path=ensure_lookup(settings.data_dir), minter=Minter(settings.base), model=model
    )
    return [pipeline.extract(study) for path in paths for study in read_case_studies(path)]
