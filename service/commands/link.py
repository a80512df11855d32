"""``ecoduct link``: show what the names in a short text may mean."""

import click

from service.config import Settings


@click.command("link")
@click.argument("text")
@click.option("--lang", metavar="CODE", help="Language of the text; found out where not given.")
@click.option("--model/--no-model", default=True, help="Use the statistical model, or rules alone.")
@click.option("--all", "rejected", is_flag=True, help="Show rejected candidates with the reason.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a mention.")
@click.pass_obj
def command(
    settings: Settings, text: str, lang: str | None, model: bool, rejected: bool, as_json: bool
) -> None:
    """Show each mention in TEXT with its candidates, scores and features; ``-`` reads stdin.

    Example: ecoduct link "Jaguars (Panthera onca) cross the road in Belize."
    """
    import json
    import sys

    from corpus.languages import detect_language
    from extract.linking import link_text
    from extract.pipeline import load_pipeline
    from extract.reconcile.reconciler import Reconciler
    from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
    from ontology.namespaces import Minter
    from service.candidates import LINK_COLUMNS, WIDEST, mention_rows, mention_to_json
    from service.store.tables import format_rows

    if text == "-":
        text = sys.stdin.read()
    minter = Minter(settings.base)
    path = ensure_lookup(settings.data_dir)
    pipeline = load_pipeline(gazetteer_path=path, minter=minter, model=model)
    reconciler = Reconciler(open_gazetteer(path), minter)
    if lang is None:
        detected = detect_language(text)
        lang = "en" if detected == "und" else detected
    mentions = link_text(pipeline, reconciler, text, lang=lang, rejected=rejected)
    if as_json:
        for mention in mentions:
            click.echo(json.dumps(mention_to_json(mention), ensure_ascii=False, sort_keys=True))
    elif mentions:
        rows = [row for mention in mentions for row in mention_rows(mention, settings.base)]
        click.echo(format_rows(LINK_COLUMNS, rows, widest=WIDEST), nl=False)
    else:
        click.echo("no mention found", err=True)
        sys.exit(1)
