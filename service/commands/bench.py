"""``ecoduct bench``: measure extraction and queries, or generate records."""

from pathlib import Path
from typing import IO

import click

from service.config import Settings


@click.group("bench")
def command() -> None:
    """Measure extraction and queries, or generate records.

    Example: ecoduct bench extract corpus/
    """


@command.command("generate")
@click.argument("count", type=click.IntRange(min=1))
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--output", "-o", type=click.File("wb", lazy=True), default="-", help="File; stdout if none."
)
@click.pass_obj
def generate(settings: Settings, count: int, seed: int, output: IO[bytes]) -> None:
    """Write COUNT generated extraction records, one JSON object a line, for ingestion.

    Example: ecoduct bench generate 5000 --seed 1 -o generated.jsonl
    """
    import sys

    from tqdm import tqdm

    from extract.bench.generator import generate_extractions
    from extract.records import extraction_to_json
    from ontology.namespaces import Minter

    records = generate_extractions(count, seed=seed, minter=Minter(settings.base))
    for record in tqdm(records, total=count, unit="record", file=sys.stderr, disable=None):
        output.write(extraction_to_json(record).encode("utf-8") + b"\n")


@command.command("extract")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def extract(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Print words per CPU-second of each component over the texts at PATHS (the shipped ones).

    Example: ecoduct bench extract corpus/
    """
    from corpus.reading import read_case_studies
    from extract.bench.extraction import measure_extraction
    from ontology.gazetteer.lookup import ensure_lookup
    from ontology.namespaces import Minter

    texts = [study for path in paths or (Path("corpus"),) for study in read_case_studies(path)]
    result = measure_extraction(
        [text for text in texts if text.lang == "en"],
        gazetteer_path=ensure_lookup(settings.data_dir),
        minter=Minter(settings.base),
    )
    click.echo(
        f"{result.words} words in {result.texts} texts, after one to warm up; words per CPU-second:"
    )
    for name, speed in result.components.items():
        click.echo(f"  {name:20s} {speed:12,.0f}")
    click.echo(f"whole pipeline         {result.with_model:12,.0f}")
    click.echo(f"without the model      {result.without_model:12,.0f}")
    click.echo(f"packaged model, full   {result.full_model:12,.0f}")
    click.echo(
        f"ratio to it            {result.ratio_with_model:12.2f}  "
        f"(without the model {result.ratio_without_model:.2f})"
    )
    click.echo(
        f"first result after {result.first_result_s:.1f} s; peak {result.peak_memory_mb:.0f} MB"
    )


@command.command("query")
@click.option("--rounds", type=click.IntRange(min=2), default=20, show_default=True)
@click.pass_obj
def query(settings: Settings, rounds: int) -> None:
    """Start the service on a free port and time the questions it answers over HTTP.

    Example: ecoduct --data data bench query --rounds 50
    """
    from ontology.competency import load_questions
    from service.bench import measure_query, running_service

    click.echo(f"{'question':36s} {'rows':>6s} {'p50 ms':>8s} {'p95 ms':>8s} {'CPU ms':>8s}")
    with running_service(settings.data_dir) as (address, service):
        for question in load_questions():
            m = measure_query(address, service, question, settings.base, rounds)
            click.echo(f"{m.key:36s} {m.rows:6d} {m.p50_ms:8.1f} {m.p95_ms:8.1f} {m.cpu_ms:8.1f}")
