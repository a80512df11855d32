"""Build the gazetteer's lookup and show what is in it."""

import click

from service.config import Settings


@click.group("gazetteer")
def command() -> None:
    """Build the name lookup and show what is in it.

    Example: ecoduct gazetteer info jaguar
    """


@command.command("build")
@click.option("--force", is_flag=True, help="Build even where the lookup exists.")
@click.pass_obj
def build(settings: Settings, force: bool) -> None:
    """Build the lookup into the data folder and print its path.

    Example: ecoduct gazetteer build
    """
    from ontology.gazetteer.lookup import build_lookup, lookup_path

    path = lookup_path(settings.data_dir)
    if force or not path.exists():
        build_lookup(path, progress=lambda part: click.echo(f"building {part}", err=True))
    click.echo(str(path))


@command.command("info")
@click.argument("names", nargs=-1)
@click.pass_obj
def info(settings: Settings, names: tuple[str, ...]) -> None:
    """Count the rows, or list what some names may mean.

    Example: ecoduct gazetteer info "snow leopard" Yukon
    """
    from ontology.gazetteer.folding import fold
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer

    path = ensure_lookup(
        settings.data_dir, progress=lambda part: click.echo(f"building {part}", err=True)
    )
    gazetteer = open_gazetteer(path)
    if not names:
        for kind, count in gazetteer.counts().items():
            click.echo(f"{kind}\t{count}")
        return
    missing = False
    for name in names:
        key = fold(name)
        lines = [
            f"{name}\ttaxon\t{gazetteer.taxon(hit.row_id).scientific_name}\t{hit.kind}\t{hit.source}"
            for hit in gazetteer.taxon_names(key)
        ]
        lines += [
            f"{name}\tplace\t{gazetteer.place(hit.row_id).name}\t"
            f"{gazetteer.place(hit.row_id).kind}\t{hit.source}"
            for hit in gazetteer.place_names(key)
        ]
        lines += [
            f"{name}\torganisation\t{gazetteer.organisation(hit.row_id).name}\t"
            f"{gazetteer.organisation(hit.row_id).type}\t{hit.source}"
            for hit in gazetteer.organisation_names(key)
        ]
        missing = missing or not lines
        for line in dict.fromkeys(lines):
            click.echo(line)
        if not lines:
            click.echo(f"{name}: no such name in the gazetteer", err=True)
    raise SystemExit(1 if missing else 0)
