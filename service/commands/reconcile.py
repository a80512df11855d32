"""``ecoduct reconcile``: offer what one name may mean, or match the rows of a table."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.config import Settings

if TYPE_CHECKING:  # commands load what they need when they run
    from extract.reconcile.ranked import ReconcileType

TYPES = ("taxon", "place", "actor", "threat", "stress", "intervention", "target")


@click.command("reconcile")
@click.argument("name", required=False)
@click.option("--type", "type_", type=click.Choice(TYPES), help="Kind of thing; needed for NAME.")
@click.option("--country", metavar="CC", help="ISO 3166-1 code of the country it belongs to.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a candidate.")
@click.option(
    "--csv",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Match each row of a CSV file instead, and print it with what was found.",
)
@click.pass_obj
def command(
    settings: Settings,
    name: str | None,
    type_: str | None,
    country: str | None,
    limit: int,
    as_json: bool,
    table: Path | None,
) -> None:
    """List what NAME may mean, with scores and the features behind them.

    A candidate is marked as the match where nothing else can be meant. Exit 1 where there is none.

    With --csv each row is matched by the identifiers in its columns (ncbi, gbif, wikidata, iso
    and so on; 'ecoduct gazetteer info' counts them), else by its columns name, scientificName or
    vernacularName, with country and type where there are such columns.

    Example: ecoduct reconcile "Pantera onca" --type taxon
    """
    if table is not None:
        if name is not None:
            raise click.UsageError("give a NAME or --csv FILE, not both")
        _match_table(settings, table, type_)
        return
    if name is None or type_ is None:
        raise click.UsageError("give a NAME and --type, or --csv FILE")
    _list_candidates(settings, name, type_, country=country, limit=limit, as_json=as_json)


def _list_candidates(
    settings: Settings, name: str, type_: str, *, country: str | None, limit: int, as_json: bool
) -> None:
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


def _match_table(settings: Settings, table: Path, type_: str | None) -> None:
    """Print the rows of a table with what each was matched to."""
    import csv
    import sys

    from extract.reconcile.bulk import OUTPUT_COLUMNS, RowMatcher, readable_columns
    from extract.reconcile.properties import EVERYTHING
    from extract.reconcile.queries import QueryReconciler
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
    from ontology.namespaces import Minter
    from service.errors import ServiceError

    types: tuple[ReconcileType, ...] = tuple(t for t in EVERYTHING if type_ in (None, t))
    gazetteer = open_gazetteer(ensure_lookup(settings.data_dir))
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="", strict=True)
            columns = tuple(reader.fieldnames or ())
            if not readable_columns(columns):
                raise ServiceError(
                    f"{table}: no column to match by among {', '.join(columns) or 'none'}; "
                    "name one name, scientificName, or after a database such as ncbi"
                )
            queries = QueryReconciler(gazetteer, Minter(settings.base))
            matcher = RowMatcher(queries, columns, types=types)
            kept = [column for column in columns if column not in OUTPUT_COLUMNS]
            writer = csv.DictWriter(
                sys.stdout, [*kept, *OUTPUT_COLUMNS], extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
            for row in reader:
                if None in row:
                    raise ServiceError(f"{table}, line {reader.line_num}: too many cells")
                writer.writerow({**row, **matcher.match(row).cells()})
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ServiceError(f"{table}: {error}; give a CSV file in UTF-8") from error
