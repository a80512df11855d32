"""The command line: a table of commands, each loaded only when it is called."""

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from corpus.errors import CorpusError
from extract.errors import ExtractError
from ontology.errors import OntologyError
from service.errors import ServiceError

COMMANDS: dict[str, str] = {
    "backup": "Copy all that could not be made again, also while serving.",
    "bench": "Measure extraction and queries, or generate records.",
    "evaluate": "Score extraction against annotated texts.",
    "export": "Write the whole graph.",
    "extract": "Read texts and print what they say.",
    "failed": "List, show and retry what was not ingested.",
    "gazetteer": "Build the name lookup and show what is in it.",
    "index": "Make the index behind search anew.",
    "info": "Show versions, data folder and counts.",
    "ingest": "Read texts into the graph.",
    "link": "Show what the names in a short text may mean.",
    "query": "Run a SPARQL query.",
    "reason": "Check with a reasoner that everything holds together.",
    "rebase": "Move all IRIs to another base.",
    "reconcile": "Offer what one name may mean.",
    "reingest": "Extract anew what an upgrade may have changed.",
    "review": "Accept, reject and correct what was found.",
    "runs": "List the runs of ingestion.",
    "restore": "Bring a backup back.",
    "serve": "Start the service.",
    "token": "Say who may write over HTTP.",
    "validate": "Check graphs against shapes and quality rules.",
    "watch": "Ingest sources again and again, on a schedule.",
    "vocab": "Build and check the vocabularies.",
}
"""Name and one-line help; the code is ``service.commands.NAME:command``."""


class LazyGroup(click.Group):
    """List commands from the table and import one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"service.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file of settings; ECODUCT_* variables override it.",
)
@click.option("--data", "data_dir", type=click.Path(path_type=Path), help="Data folder.")
@click.version_option(package_name="ecoduct")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, data_dir: Path | None) -> None:
    """Read conservation case studies and serve what they say as linked data.

    Example: ecoduct extract corpus/ --format jsonl
    """
    from service.config import load_settings

    ctx.obj = load_settings(config, data_dir=data_dir)


def main(args: list[str] | None = None) -> Any:
    """Run the command line; exit 0 done, 1 findings or failure, 2 misuse."""
    try:
        return cli.main(args=args, prog_name="ecoduct", standalone_mode=True)
    except (CorpusError, ExtractError, OntologyError, ServiceError) as error:
        click.echo(f"ecoduct: {error}", err=True)
        sys.exit(1)
