"""``ecoduct index``: make the text index anew."""

import click

from service.config import Settings


@click.command("index")
@click.pass_obj
def command(settings: Settings) -> None:
    """Make the index behind search and suggestions anew from the graph.

    Writing keeps it true by itself: this is for a file that was lost or harmed. It works while the
    service runs. It also merges the store's tables, which makes big queries quicker after much was
    written; in a big store writes wait for it some seconds.

    Example: ecoduct --data data index
    """
    from service.store.folder import DataFolder
    from service.store.owner import open_store

    merged = settings.default_graph == "merged"
    with open_store(DataFolder(settings.data_dir), merged=merged, base=settings.base) as store:
        generation = store.rebuild_index()
    click.echo(f"ecoduct: the index is that of generation {generation}", err=True)
