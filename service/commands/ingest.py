"""``ecoduct ingest``: read texts into the graph."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from service.config import Settings


@click.command("ingest")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that extract at the same time.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Extract N documents at most.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="Look only at what has changed since then (UTC).",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Name the column of a table that is a field, such as title=Titre; may be repeated.",
)
@click.pass_obj
def command(
    settings: Settings,
    sources: tuple[str, ...],
    workers: int,
    dry_run: bool,
    limit: int | None,
    since: datetime | None,
    columns: tuple[str, ...],
) -> None:
    """Read what the SOURCEs hold into the graph; without any, those of the settings.

    A source is a folder, a file, a file of extraction records (*.jsonl), or panorama:ADDRESS.
    What has not changed is passed over; what is gone is retired after the grace period. Documents
    that fail are listed with their reason, the others are ingested, and the exit is 1. It may be
    ended at any time and started again.

    Example: ecoduct ingest corpus/ --workers 2
    """
    from service.ingest.once import ingest_once
    from service.ingest.selection import Selection

    if wrong := [entry for entry in columns if not all(entry.partition("="))]:
        raise click.UsageError(f"--column {wrong[0]!r}: write FIELD=COLUMN, as in title=Titre")
    settings = replace(settings, columns=(*settings.columns, *columns))
    names = sources or settings.sources
    if not names:
        raise click.UsageError("name a SOURCE, or set 'sources' in the settings")
    chosen = Selection(since=since.replace(tzinfo=UTC) if since else None, limit=limit)
    report = ingest_once(
        settings, names, workers=workers, selection=chosen, show=click.echo if dry_run else None
    )
    for key, reason in report.failed:
        message = reason if key in reason else f"{key}: {reason}"
        click.echo(f"ecoduct: not ingested: {message}", err=True)
    click.echo(f"ecoduct: {'would be ' if dry_run else ''}{report}", err=True)
    if report.failed or report.failed_before:
        raise SystemExit(1)
