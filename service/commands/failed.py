"""``ecoduct failed``: what was not ingested, why, and trying it again."""

import click

from service.config import Settings


@click.group("failed")
def command() -> None:
    """List, show and retry what could not be ingested.

    Example: ecoduct failed list
    """


@command.command("list")
@click.pass_obj
def list_all(settings: Settings) -> None:
    """List items and documents that failed, with time and reason.

    Example: ecoduct failed list
    """
    from service.ingest.failures import list_failures

    for failure in list_failures(settings):
        reason = " ".join(failure.reason.split())
        click.echo(f"{failure.updated}\t{failure.kind}\t{failure.key}\t{reason}")


@command.command("show")
@click.argument("key")
@click.pass_obj
def show(settings: Settings, key: str) -> None:
    """Show all that is known of one that failed.

    Example: ecoduct failed show my-texts-broken
    """
    from service.ingest.failures import list_failures

    found = [failure for failure in list_failures(settings) if failure.key == key]
    if not found:
        click.echo(f"ecoduct: {key} has not failed; 'ecoduct failed list' shows what has", err=True)
        raise SystemExit(1)
    for failure in found:
        for name, value in failure.details():
            click.echo(f"{name}: {value}")


@command.command("retry")
@click.argument("keys", nargs=-1, metavar="[KEY...]")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.pass_obj
def retry(settings: Settings, keys: tuple[str, ...], workers: int) -> None:
    """Try again what failed, or only what is named; the exit is 1 where something fails again.

    Example: ecoduct failed retry
    """
    from service.ingest.failures import list_failures
    from service.ingest.once import ingest_once
    from service.ingest.selection import Selection

    failures = [f for f in list_failures(settings) if not keys or f.key in keys]
    missing = sorted(set(keys) - {failure.key for failure in failures})
    if missing:
        click.echo(f"ecoduct: {', '.join(missing)} has not failed", err=True)
        raise SystemExit(1)
    if not failures:
        click.echo("ecoduct: nothing has failed", err=True)
        return
    sources = sorted({source for failure in failures for source in failure.sources})
    items = frozenset(failure.item for failure in failures)
    report = ingest_once(
        settings, sources, workers=workers, selection=Selection(keys=items, retry=True)
    )
    for key, reason in report.failed:
        click.echo(f"ecoduct: failed again: {key}: {reason}", err=True)
    click.echo(f"ecoduct: {report}", err=True)
    if report.failed:
        raise SystemExit(1)
