"""``ecoduct backup``: copy everything that nothing else could bring back."""

from pathlib import Path

import click

from service.config import Settings


@click.command("backup")
@click.argument("directory", type=click.Path(path_type=Path))
@click.pass_obj
def command(settings: Settings, directory: Path) -> None:
    """Back up graph, texts, state, tokens, decisions and index into DIRECTORY, which is made.

    It works while the service runs and while texts are ingested: what is copied belongs together.

    Example: ecoduct --data data backup /var/backups/ecoduct/today
    """
    from service.store.backups import back_up
    from service.store.folder import DataFolder
    from service.store.owner import open_store

    folder = DataFolder(settings.data_dir)
    merged = settings.default_graph == "merged"
    with open_store(folder, merged=merged, base=settings.base) as store:
        manifest = back_up(folder, store.writer, directory)
    click.echo(
        f"ecoduct: {len(manifest['files'])} files of generation {manifest['generation']} "
        f"are in {directory}",
        err=True,
    )
