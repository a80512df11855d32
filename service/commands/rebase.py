"""``ecoduct rebase``: move the IRIs of a data folder to another base."""

import click

from service.config import Settings


@click.command("rebase")
@click.option(
    "--from", "old", required=True, metavar="BASE", help="The base that the data have now."
)
@click.option(
    "--to", "new", metavar="BASE", help="The base that they shall have.  [default: the setting]"
)
@click.pass_obj
def command(settings: Settings, old: str, new: str | None) -> None:
    """Move the IRIs of a data folder to another base, such as the address of this service.

    Graphs, state and index move; texts, tokens and the terms of the ontology stay as they are. Stop
    the service first, set ``base`` in its settings, and start it again after. A move that was cut
    off is ended by giving the same command again.

    Example: ecoduct rebase --from https://w3id.org/ecoduct/ --to https://bio.example/kg/
    """
    from service.errors import ServiceError
    from service.ingest.state import IngestState
    from service.progress import Bar
    from service.store.folder import DataFolder
    from service.store.owner import open_store, owner_pid
    from service.store.rebasing import Rebasing, check_base, rebase_store

    rebasing = Rebasing(check_base(old), check_base(new or settings.base))
    if rebasing.old == rebasing.new:
        raise ServiceError(f"the data have the base {old} already; name another with --to")
    folder = DataFolder(settings.data_dir)
    if not folder.store.exists():
        raise ServiceError(f"data folder {folder.path} holds no store: nothing to move")
    if owner_pid(folder):
        raise ServiceError(f"the service is running on data folder {folder.path}: stop it first")
    merged = settings.default_graph == "merged"
    with (
        open_store(folder, merged=merged, base=rebasing.new) as store,
        Bar(unit="graph") as bar,
    ):
        bar.expect(len(store.graph_iris()))
        changed = rebase_store(store, rebasing, progress=bar.advance)
        state = IngestState(folder.state)
        try:
            state.rebase(store.generation().rpartition("-")[0], rebasing.old, rebasing.new)
        finally:
            state.close()
    click.echo(f"ecoduct: {changed} graphs moved from {rebasing.old} to {rebasing.new}", err=True)
    if settings.base != rebasing.new:
        click.echo(f'ecoduct: now set base = "{rebasing.new}" in the settings', err=True)
