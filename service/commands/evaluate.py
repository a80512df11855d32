"""``ecoduct evaluate``: score extraction against annotated texts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.config import Settings

if TYPE_CHECKING:
    from extract.records import Extraction

_FILE = click.Path(exists=True, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.option("--gold", required=True, multiple=True, type=_FILE, help="File of annotations.")
@click.option("--texts", multiple=True, type=_FILE, help="Files or folders of the texts.")
@click.option("--predictions", type=_FILE, help="Score this output of extract instead.")
@click.option("--model/--no-model", default=True, help="Use the statistical model, or rules alone.")
@click.option("--errors", is_flag=True, help="List each error.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--details",
    is_flag=True,
    help="Print intervals, errors by kind, confusions, texts and reliability too.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the draws.")
@click.option("--save", type=_OUT, help="Keep this run in a file.")
@click.option("--compare", type=_FILE, help="Print what changed since this saved run.")
@click.option("--html", type=_OUT, help="Write a page with the errors in context.")
@click.option("--draw", default=100, show_default=True, help="How many relations to draw.")
@click.option("--drawn", type=_OUT, help="Draw relations and write where they stand, no wording.")
@click.option("--sheet", type=_OUT, help="Write the same relations with their sentences, to judge.")
@click.option("--without", multiple=True, metavar="COMPONENT", help="Leave a component out.")
@click.pass_obj
def command(
    settings: Settings,
    gold: tuple[Path, ...],
    texts: tuple[Path, ...],
    predictions: Path | None,
    model: bool,
    errors: bool,
    as_json: bool,
    details: bool,
    seed: int,
    save: Path | None,
    compare: Path | None,
    html: Path | None,
    draw: int,
    drawn: Path | None,
    sheet: Path | None,
    without: tuple[str, ...],
) -> None:
    """Extract the annotated texts and print precision, recall and F1 of each facet.

    Without --texts, the texts are those of the nearest folder above the annotations that has a
    table of sources.

    A page, details or a sheet hold words of the texts: mind their rights before handing them on.

    Example: ecoduct evaluate --gold corpus/gold/inf42.yaml
    """
    from extract.evaluation.details import format_comparison, format_details
    from extract.evaluation.evaluation import evaluate
    from extract.evaluation.gold import read_gold
    from extract.evaluation.html import evaluation_html
    from extract.evaluation.report import format_scores, scores_to_json
    from extract.evaluation.saving import compare_runs, read_run, run_of, save_run
    from extract.evaluation.scoring import find_extractions, score
    from extract.records import extraction_from_json

    before = read_run(compare) if compare else None
    annotated = [text for file in gold for text in read_gold(file)]
    bare: list[Extraction] = []
    if predictions is not None:
        if without:
            raise click.UsageError("--without extracts anew: leave --predictions out")
        with predictions.open(encoding="utf-8") as lines:
            extractions = [extraction_from_json(line) for line in lines if line.strip()]
    else:
        bare = _extract(settings, texts or _texts_of(gold), model=model, without=without)
        extractions = _calibrated(bare)
    scores = score(extractions, annotated)
    click.echo(scores_to_json(scores) if as_json else format_scores(scores, errors=errors))
    comparison = compare_runs(before, run_of(scores)) if before else None
    # JSON stays JSON: what else is said goes beside it.
    if comparison:
        click.echo(format_comparison(comparison), err=as_json)
    if details or html:
        evaluation = evaluate(extractions, annotated, bare=bare, seed=seed)
        if details:
            click.echo(format_details(evaluation), err=as_json)
        if html:
            texts_found = find_extractions(extractions, annotated)
            _write(html, evaluation_html(evaluation, texts_found, comparison))
    if save:
        save_run(run_of(scores), save)
    if drawn or sheet:
        from extract.evaluation.drawing import draw_relations, reading_sheet, relations_table

        found = list(find_extractions(extractions, annotated).values())
        threshold = settings.confidence_threshold
        relations = draw_relations(found, draw, seed=seed, threshold=threshold)
        for file, write in ((drawn, relations_table), (sheet, reading_sheet)):
            if file:
                _write(file, write(relations))


def _write(path: Path, page: str) -> None:
    from extract.errors import ExtractError

    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ExtractError(f"{path}: cannot be written: {error.strerror}") from error


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


def _calibrated(bare: list["Extraction"]) -> list["Extraction"]:
    from extract.assembly import calibrate
    from ontology.calibration import load_curves

    curves = load_curves()
    return [calibrate(extraction, curves) for extraction in bare]


def _extract(
    settings: Settings, paths: tuple[Path, ...], *, model: bool, without: tuple[str, ...]
) -> list["Extraction"]:
    """Extract with the scores of before calibration, which is the last step."""
    from corpus.reading import read_case_studies
    from extract.pipeline import load_pipeline
    from ontology.gazetteer.lookup import ensure_lookup
    from ontology.namespaces import Minter

    pipeline = load_pipeline(
        gazetteer_path=ensure_lookup(settings.data_dir),
        minter=Minter(settings.base),
        model=model,
        without=without,
    )
    return [
        pipeline.extract(study, calibrated=False)
        for path in paths
        for study in read_case_studies(path)
    ]
