"""``ecoduct reconcile``: offer what one name may mean."""

import click

from service.config import Settings

TYPES = ("taxon", "place", "actor", "threat", "stress", "intervention", "target")


@click.command("reconcile")
@click.argument("name")
@click.option("--type", "type_", type=click.Choice(TYPES), required=True, help="Kind of thing.")
@click.option("--country", metavar="CC", help="ISO 3166-1 code of the country it belongs to.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a candidate.")
@click.pass_obj
def command(
    settings: Settings, name: str, type_: str, country: str | None, limit: int, as_json: bool
) -> None:
    """List what NAME may mean, with scores and the features behind them.

    A candidate is marked as the match where nothing else can be meant. Exit 1 where there is none.

    Example: ecoduct reconcile "Pantera onca" --type taxon
    """
    import json
    import sys
    from typing import cast

    from extract.reconcile.ranked import ReconcileType
    from extract.reconcile.reconciler import Reconciler
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
    from ontology.namespaces import Minter
    from service.candidates import COLUMNS, WIDEST, candidate_row, candidate_to_json
    from service.store.tables import format_rows

    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise click.BadParameter(f"{country!r} is no two-letter code such as KE", param_hint="CC")
    gazetteer = open_gazetteer(ensure_lookup(settings.data_dir))
    reconciler = Reconciler(gazetteer, Minter(settings.base))
    ranked = reconciler.rank(name, type=cast(ReconcileType, type_), country=country, limit=limit)
    if not ranked:
        click.echo(f"{name}: no {type_} bears this name or one like it", err=True)
        sys.exit(1)
    if as_json:
        for option in ranked:
            click.echo(json.dumps(candidate_to_json(option), ensure_ascii=False, sort_keys=True))
        return
    rows = [candidate_row(option, settings.base) for option in ranked]
    click.echo(format_rows(COLUMNS, rows, widest=WIDEST), nl=False)
