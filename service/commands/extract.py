"""``ecoduct extract``: read texts and print what they say."""

from pathlib import Path

import click

from service.config import Settings

FORMATS = ("jsonl", "turtle", "trig", "nquads", "jsonld")


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--model/--no-model", default=True, help="Use the statistical model, or rules alone.")
@click.option("--explain", is_flag=True, help="List each candidate with its rule and fate instead.")
@click.pass_obj
def command(
    settings: Settings, paths: tuple[Path, ...], format_: str, model: bool, explain: bool
) -> None:
    """Read the texts at PATHS (files or folders) and print what they say.

    Texts that cannot be read are named on stderr, the others are printed, and the exit is 1.

    Example: ecoduct extract corpus/ --format turtle
    """
    import sys

    from tqdm import tqdm

    from corpus.documents import CaseStudy
    from corpus.errors import CorpusError
    from corpus.reading import list_sources, read_source
    from extract.components.explain import explain as explain_doc
    from extract.pipeline import load_pipeline
    from extract.writing import write_extractions
    from ontology.gazetteer.lookup import ensure_lookup
    from ontology.namespaces import Minter

    case_studies: list[CaseStudy] = []
    failed = False
    for path in paths:
        try:
            for source, file in list_sources(path):
                case_studies.extend(read_source(source, file))
        except CorpusError as error:
            click.echo(f"ecoduct: {error}", err=True)
            failed = True
    if case_studies:
        minter = Minter(settings.base)
        pipeline = load_pipeline(
            gazetteer_path=ensure_lookup(settings.data_dir), minter=minter, model=model
        )
        progress = tqdm(case_studies, unit="text", file=sys.stderr, disable=None)
        if explain:
            for case_study in progress:
                for line in explain_doc(pipeline.annotate(case_study)):
                    click.echo(line)
        else:
            extractions = (pipeline.extract(case_study) for case_study in progress)
            write_extractions(sys.stdout.buffer, extractions, format_, minter)
    if failed:
        sys.exit(1)
