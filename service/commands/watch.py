"""``ecoduct watch``: ingest sources again and again."""

import click

from service.config import Settings


@click.command("watch")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--schedule",
    help="Interval (30m, 6h, 1d) or cron expression in UTC ('0 3 * * *').  [default: 1h]",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.pass_obj
def command(
    settings: Settings, sources: tuple[str, ...], schedule: str | None, workers: int
) -> None:
    """Ingest what the SOURCEs hold now and then on a schedule; stop it with Ctrl-C.

    Without SOURCE those of the settings. It may run beside 'ecoduct serve'.

    Example: ecoduct watch my-texts/ --schedule 1h
    """
    import signal

    from service.ingest.watch import Watch

    names = sources or settings.sources
    if not names:
        raise click.UsageError("name a SOURCE, or set 'sources' in the settings")

    def stop(_signal: int, _frame: object) -> None:
        raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    Watch(
        settings,
        names,
        schedule=schedule or settings.schedule,
        workers=workers,
        log=lambda message: click.echo(f"ecoduct: {message}", err=True),
    ).run_forever()
