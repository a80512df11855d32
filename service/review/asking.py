"""Ask a reviewer on a terminal."""

from contextlib import closing
from pathlib import Path

import click

from extract.errors import ExtractError
from extract.records import Extraction, Mention
from service.config import Settings
from service.errors import ServiceError
from service.review.desk import Desk, Item
from service.review.showing import context_of, line_of, status_of


def ask_about(
    settings: Settings, path: str, *, what: str = "all", below: float = 1.01, reviewer: str = ""
) -> frozenset[str]:
    """Ask about what is open in the texts of a path or document; return what was decided on."""
    touched: set[str] = set()
    with closing(Desk(settings)) as desk:
        place = Path(path)
        documents = desk.open_texts(place) if place.exists() else (path,)
        for document in documents:
            for name in [i.id for i in desk.items(document) if _wanted(i, what)]:
                # What was decided on one may have settled others.
                item = next((i for i in desk.items(document) if i.id == name), None)
                if item is None or status_of(item) != "open" or item.found.score >= below:
                    continue
                answer = _ask(desk, item, desk.reviewed(document).extraction, reviewer)
                if answer == "q":
                    return frozenset(touched)
                if answer != "s":
                    touched.add(document)
    return frozenset(touched)


def _wanted(item: Item, what: str) -> bool:
    return what == "all" or isinstance(item.found, Mention) == (what == "mentions")


def _ask(desk: Desk, item: Item, extraction: Extraction, reviewer: str) -> str:
    """Ask about one thing until there is an answer that holds."""
    click.echo("")
    for before, at, after in context_of(item, extraction):
        click.echo(f"{before}{click.style(at, bold=True, underline=True)}{after}")
    click.echo(line_of(item, extraction))
    while True:
        answer: str = click.prompt(
            "[a]ccept [r]eject [c]orrect [s]kip [q]uit",
            type=click.Choice(["a", "r", "c", "s", "q"]),
            show_choices=False,
        )
        try:
            if answer == "a":
                desk.decide(item, "accept", reviewer=reviewer)
            elif answer == "r":
                desk.decide(item, "reject", reviewer=reviewer)
            elif answer == "c":
                right = click.prompt("code, name or IRI")
                desk.decide(item, "correct", object_=right, reviewer=reviewer)
        except (ExtractError, ServiceError) as error:
            click.echo(f"ecoduct: {error}", err=True)
            continue
        return answer
