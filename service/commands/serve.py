"""``ecoduct serve``: start the service."""

from dataclasses import replace

import click

from service.config import Settings


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks one.  [default: 8000]")
@click.option(
    "--store",
    type=click.Path(file_okay=False),
    help="Data folder; the same as 'ecoduct --data FOLDER serve'.",
)
@click.option(
    "--default-graph",
    type=click.Choice(["merged", "own"]),
    help="What queries without GRAPH read: the merge of all graphs, or the store's own.",
)
@click.option(
    "--allow-service",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Host, or HOST:PORT, that SERVICE may ask; may be given more than once.  [default: none]",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Let those hosts have addresses of this machine or of private networks.",
)
@click.option(
    "--watch",
    "watched",
    multiple=True,
    metavar="SOURCE",
    help="Ingest this on the schedule of the settings; may be given more than once.",
)
@click.option("--schedule", help="Interval (30m, 6h) or cron expression in UTC.  [default: 1h]")
@click.pass_obj
def command(
    settings: Settings,
    host: str | None,
    port: int | None,
    store: str | None,
    default_graph: str | None,
    hosts: tuple[str, ...],
    allow_private: bool,
    watched: tuple[str, ...],
    schedule: str | None,
) -> None:
    """Serve pages, SPARQL and linked data from the data folder.

    Stop it with Ctrl-C. Other commands work while it runs. The sources of the settings and those
    of --watch are ingested on the schedule, what is posted to /ingest at once.

    Example: ecoduct --data data serve --port 8080
    """
    from pathlib import Path

    from service.supervision.supervisor import serve

    if watched or settings.sources:
        from service.ingest.watch import parse_schedule

        parse_schedule(schedule or settings.schedule)
    serve(
        replace(
            settings,
            host=host or settings.host,
            port=settings.port if port is None else port,
            data_dir=Path(store) if store else settings.data_dir,
            default_graph=default_graph or settings.default_graph,
            allow_service=hosts or settings.allow_service,
            allow_private=allow_private or settings.allow_private,
            sources=(*settings.sources, *watched),
            schedule=schedule or settings.schedule,
        )
    )
