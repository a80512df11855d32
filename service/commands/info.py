"""``ecoduct info``: show versions, data folder and counts."""

import click

from service.config import Settings


@click.command("info")
@click.pass_obj
def command(settings: Settings) -> None:
    """Show versions, the data folder and what it holds.

    Example: ecoduct --data data info
    """
    from service.information import describe

    for name, value in describe(settings):
        click.echo(f"{name + ':':<16}{value}")
