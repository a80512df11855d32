"""``ecoduct ingest``: read texts into the graph."""

from pathlib import Path

import click

from service.config import Settings


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that extract at the same time.",
)
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...], workers: int) -> None:
    """Read the texts at PATHS (files, folders, *.jsonl of extraction records) into the graph.

    What has not changed is passed over. Documents that fail are listed with their reason, the
    others are ingested, and the exit is 1. It may be ended at any time and started again.

    Example: ecoduct ingest corpus/ --workers 2
    """
    import sys

    from service.ingest.run import IngestRun
    from service.progress import Bar
    from service.store.folder import DataFolder
    from service.store.owner import open_store

    folder = DataFolder(settings.data_dir)
    folder.prepare()
    merged = settings.default_graph == "merged"
    with (
        open_store(folder, merged=merged, base=settings.base) as store,
        Bar(unit="document") as bar,
    ):
        run = IngestRun(settings, store, workers=workers, progress=bar)
        report = run.ingest(paths)
    for key, reason in report.failed:
        message = reason if key in reason else f"{key}: {reason}"
        click.echo(f"ecoduct: not ingested: {message}", err=True)
    click.echo(
        f"ecoduct: {report.ingested} ingested, {report.unchanged} unchanged, "
        f"{report.retired} retired, {len(report.failed)} failed",
        err=True,
    )
    if report.failed:
        sys.exit(1)
