"""``ecoduct reingest``: extract anew what an upgrade may have changed."""

import click

from service.config import Settings


@click.command("reingest")
@click.option(
    "--stale/--all",
    "stale",
    default=True,
    help="Only documents of another version of pipeline, vocabularies or gazetteer.  [default]",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Extract N documents at most.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.pass_obj
def command(
    settings: Settings, stale: bool, dry_run: bool, limit: int | None, workers: int
) -> None:
    """Extract documents anew from the texts that are kept; no source is asked.

    Only graphs that come out otherwise are written. What reviewers decided stays: it stands in a
    graph of its own, and an assertion that is found again has the IRI that it had.

    Example: ecoduct reingest --stale --dry-run
    """
    from service.ingest.once import reingest_once
    from service.ingest.selection import Selection

    report = reingest_once(
        settings,
        stale=stale,
        workers=workers,
        selection=Selection(limit=limit),
        show=click.echo if dry_run else None,
    )
    for key, reason in report.failed:
        click.echo(f"ecoduct: not ingested: {key}: {reason}", err=True)
    click.echo(f"ecoduct: {'would be ' if dry_run else ''}{report}", err=True)
    if report.failed:
        raise SystemExit(1)
