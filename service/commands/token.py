"""``ecoduct token``: say who may write."""

import sys

import click

from service.config import Settings


@click.group("token")
def command() -> None:
    """Add, list and revoke the tokens that allow writing over HTTP; none exists by default.

    Example: ecoduct token add backup-job --scope admin
    """


@command.command("add")
@click.argument("name", default="token")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(["ingest", "curate", "admin"]),
    multiple=True,
    default=("ingest",),
    show_default=True,
    help="What it allows; may be given more than once. SPARQL updates need admin.",
)
@click.pass_obj
def add(settings: Settings, name: str, scopes: tuple[str, ...]) -> None:
    """Make a token and print it, once: only its hash is kept.

    Example: ecoduct token add curator --scope curate
    """
    from service.store.folder import DataFolder
    from service.store.tokens import TokenStore

    folder = DataFolder(settings.data_dir)
    folder.prepare()
    click.echo(TokenStore(folder.tokens).add(name, scopes))
    click.echo("ecoduct: keep it now, it cannot be shown again", err=True)


@command.command("list")
@click.pass_obj
def list_all(settings: Settings) -> None:
    """List identifier, name, scopes and time of each token.

    Example: ecoduct token list
    """
    from service.store.folder import DataFolder
    from service.store.tokens import TokenStore

    folder = DataFolder(settings.data_dir)
    if folder.tokens.exists():
        for token in TokenStore(folder.tokens).list_tokens():
            click.echo(f"{token.id}\t{token.name}\t{','.join(token.scopes)}\t{token.created}")


@command.command("revoke")
@click.argument("key", metavar="ID|NAME")
@click.pass_obj
def revoke(settings: Settings, key: str) -> None:
    """Delete tokens by identifier or name; they stop working at once.

    Example: ecoduct token revoke backup-job
    """
    from service.store.folder import DataFolder
    from service.store.tokens import TokenStore

    folder = DataFolder(settings.data_dir)
    revoked = TokenStore(folder.tokens).revoke(key) if folder.tokens.exists() else 0
    if not revoked:
        click.echo(f"ecoduct: no token {key}; 'ecoduct token list' shows them", err=True)
        sys.exit(1)
    click.echo(f"ecoduct: {revoked} revoked", err=True)
