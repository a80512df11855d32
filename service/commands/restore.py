"""``ecoduct restore``: bring a backup back."""

from pathlib import Path

import click

from service.config import Settings


@click.command("restore")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Remove what the data folder holds now.")
@click.pass_obj
def command(settings: Settings, directory: Path, replace: bool) -> None:
    """Bring the backup in DIRECTORY back into the data folder; the service must not run.

    Every file is checked against the sum that was written with it.

    Example: ecoduct --data data restore /var/backups/ecoduct/today
    """
    from service.store.backups import restore
    from service.store.folder import DataFolder

    generation = restore(directory, DataFolder(settings.data_dir), replace=replace)
    click.echo(f"ecoduct: {settings.data_dir} is at generation {generation}", err=True)
