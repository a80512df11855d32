"""``ecoduct review``: accept, reject and correct what was found."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.config import Settings

if TYPE_CHECKING:
    from extract.records import MentionKind
    from extract.review.decisions import Verdict

_KINDS = ("species", "place", "actor", "threat", "stress", "intervention")


class _PathGroup(click.Group):
    """Take what is no subcommand for the texts to review."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            args = ["texts", *args]
        return super().resolve_command(ctx, args)


@click.group("review", cls=_PathGroup, invoke_without_command=True, no_args_is_help=True)
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write as gold.")
@click.pass_context
def command(ctx: click.Context, export: Path | None) -> None:
    """Review texts: 'ecoduct review PATH' asks about each statement and mention.

    PATH is a file or folder, or the name of a document that was ingested. Decisions are kept in the
    data folder, apart from all that is made anew, and hold as long as their words stand in the
    text.

    Example: ecoduct review corpus/
    """
    if export is not None:
        _export(ctx.obj, export)


@command.command("texts", hidden=True)
@click.argument("path")
@click.option("--below", type=float, default=1.01, metavar="SCORE", help="Only what is less sure.")
@click.option("--what", type=click.Choice(["all", "statements", "mentions"]), default="all")
@click.option("--reviewer", default="", help="Who decides.")
@click.pass_obj
def texts(settings: Settings, path: str, below: float, what: str, reviewer: str) -> None:
    """Ask about what was found in the texts at PATH and is not decided yet.

    Example: ecoduct review corpus/
    """
    from service.review.asking import ask_about
    from service.review.publishing import publish_decisions

    touched = ask_about(settings, path, what=what, below=below, reviewer=reviewer)
    if touched:
        publish_decisions(settings, touched)
    click.echo(f"ecoduct: decided on {len(touched)} documents", err=True)


@command.command("list")
@click.argument("document")
@click.option("--open", "only_open", is_flag=True, help="Only what nobody decided on.")
@click.pass_obj
def list_items(settings: Settings, document: str, only_open: bool) -> None:
    """List statements and mentions of a DOCUMENT, each with its name, state and score.

    Example: ecoduct review list panda
    """
    from contextlib import closing

    from service.review.desk import Desk
    from service.review.showing import line_of, status_of

    with closing(Desk(settings)) as desk:
        for item in desk.items(document):
            if not only_open or status_of(item) == "open":
                click.echo(line_of(item, desk.reviewed(document).extraction))
        for decision in desk.reviewed(document).stale:
            words = " ".join(decision.anchors[0].exact.split())
            click.echo(
                f"{document}/{decision.key}\tstale\t\t{decision.verdict}: the text no longer has "
                f"{words!r}"
            )


def _decide(
    settings: Settings,
    names: tuple[str, ...],
    verdict: "Verdict | None",
    *,
    later: bool,
    right: str = "",
    kind: "MentionKind | None" = None,
    reviewer: str = "",
    note: str = "",
) -> None:
    from contextlib import closing

    from service.review.desk import Desk
    from service.review.publishing import publish_decisions

    documents = set()
    with closing(Desk(settings)) as desk:
        # All are found before any is decided: a decision may move what comes after it.
        for item in [desk.item(name) for name in names]:
            documents.add(item.id.rpartition("/")[0])
            if verdict is None:
                desk.withdraw(item)
                continue
            desk.decide(
                item,
                verdict,
                object_=right,
                kind=kind,
                reviewer=reviewer,
                note=note,
            )
    if not later:
        report = publish_decisions(settings, documents)
        for key, reason in report.failed:
            click.echo(f"ecoduct: not written: {key}: {reason}", err=True)
        if report.failed:
            raise SystemExit(1)


_later = click.option("--later", is_flag=True, help="Leave the graph to 'review apply'.")
_reviewer = click.option("--reviewer", default="", help="Who decides.")
_note = click.option("--note", default="", help="Why.")


@command.command("accept")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@_later
@_reviewer
@_note
@click.pass_obj
def accept(
    settings: Settings, names: tuple[str, ...], later: bool, reviewer: str, note: str
) -> None:
    """Say that statements or mentions are right.

    Example: ecoduct review accept panda/m3
    """
    _decide(settings, names, "accept", later=later, reviewer=reviewer, note=note)


@command.command("reject")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@_later
@_reviewer
@_note
@click.pass_obj
def reject(
    settings: Settings, names: tuple[str, ...], later: bool, reviewer: str, note: str
) -> None:
    """Say that statements or mentions are wrong: they make no direct triple.

    Example: ecoduct review reject panda/m3
    """
    _decide(settings, names, "reject", later=later, reviewer=reviewer, note=note)


@command.command("correct")
@click.argument("name", metavar="ID")
@click.option("--to", "right", required=True, help="Code, name or IRI of what is right.")
@click.option("--kind", type=click.Choice(_KINDS), help="What the mention is, if not that.")
@_later
@_reviewer
@_note
@click.pass_obj
def correct(
    settings: Settings,
    name: str,
    right: str,
    kind: "MentionKind | None",
    later: bool,
    reviewer: str,
    note: str,
) -> None:
    """Say what a mention means, or what a statement should say.

    Example: ecoduct review correct panda/m3 --to "Ailuropoda melanoleuca"
    """
    _decide(
        settings,
        (name,),
        "correct",
        later=later,
        right=right,
        kind=kind,
        reviewer=reviewer,
        note=note,
    )


@command.command("withdraw")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@_later
@click.pass_obj
def withdraw(settings: Settings, names: tuple[str, ...], later: bool) -> None:
    """Forget what was decided.

    Example: ecoduct review withdraw panda/m3
    """
    _decide(settings, names, None, later=later)


@command.command("apply")
@click.pass_obj
def apply_all(settings: Settings) -> None:
    """Write the graphs of all documents with decisions anew.

    Example: ecoduct review apply
    """
    from contextlib import closing

    from service.review.desk import Desk, documents_of
    from service.review.publishing import publish_decisions

    with closing(Desk(settings)) as desk:
        documents = documents_of(desk.decisions())
    report = publish_decisions(settings, documents)
    click.echo(f"ecoduct: {report}", err=True)
    if report.failed:
        raise SystemExit(1)


def _export(settings: Settings, target: Path) -> None:
    from contextlib import closing

    from extract.review.gold import gold_yaml
    from ontology.namespaces import Minter
    from service.errors import ServiceError
    from service.review.desk import Desk, documents_of

    with closing(Desk(settings)) as desk:
        documents = documents_of(desk.decisions())
        text = gold_yaml((desk.reviewed(d) for d in documents), Minter(settings.base))
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{target}: cannot be written: {error.strerror}") from error
    click.echo(f"ecoduct: {len(documents)} texts are in {target}", err=True)
