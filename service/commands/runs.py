"""``ecoduct runs``: list the runs of ingestion."""

import click

from service.config import Settings

_COLUMNS = ("started", "duration", "ingested", "unchanged", "retired", "failed", "sources")


@click.command("runs")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Newest runs.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(settings: Settings, limit: int, form: str) -> None:
    """List runs, newest first: when, how long, how many documents, from where.

    A run without duration goes on or was ended. As JSON with the versions of pipeline,
    vocabularies and gazetteer.

    Example: ecoduct runs --limit 5
    """
    import json
    from dataclasses import asdict

    from ontology.namespaces import Minter
    from service.queries import GraphData
    from service.records.run_list import list_runs
    from service.store.folder import DataFolder
    from service.store.reading import SnapshotReader
    from service.store.snapshots import Snapshots

    folder = DataFolder(settings.data_dir)
    if Snapshots(folder.snapshots).current_name() is None:
        click.echo("ecoduct: nothing ingested yet", err=True)
        return
    reader = SnapshotReader(folder.snapshots, merged=settings.default_graph == "merged")
    try:
        found = list_runs(GraphData(reader), Minter(settings.base), limit=limit)
        runs = [asdict(run) for run in found]
    finally:
        reader.close()
    if form == "json":
        click.echo(json.dumps(runs, indent=2))
        return
    click.echo("\t".join(_COLUMNS))
    for run in runs:
        click.echo("\t".join(str(run[name]) or "-" for name in _COLUMNS))
