"""Build the vocabularies and check the CSV files that they are made of."""

from pathlib import Path

import click


@click.group("vocab")
def command() -> None:
    """Build and check the vocabularies.

    Example: ecoduct vocab check ontology/vocabularies/kmgbf.csv
    """


@command.command("build")
@click.option(
    "--target",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the ontology package to write to; without it, the one in use.",
)
def build(target: Path | None) -> None:
    """Write the SKOS Turtle of every vocabulary beside its CSV.

    Nothing is written where a CSV is broken.

    Example: ecoduct vocab build
    """
    from ontology.build.files import write_files

    for path, changed in write_files(target):
        click.echo(f"{'wrote' if changed else 'same '} {path}", err=True)


@command.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check vocabulary CSV files, or all packaged ones, and name line and column of each fault.

    Example: ecoduct vocab check ontology/vocabularies/threats.csv
    """
    from ontology.build.checks import check_vocabulary
    from ontology.build.files import packaged_tables

    found = 0
    for path in files or packaged_tables():
        for problem in check_vocabulary(path):
            click.echo(f"{path}: {problem}")
            found += 1
    click.echo(f"{found} problem{'' if found == 1 else 's'}", err=True)
    if found:
        raise SystemExit(1)
