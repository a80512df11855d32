"""Check with a reasoner that schema, vocabularies and data hold together."""

from pathlib import Path

import click

from service.config import Settings


@click.command("reason")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Run HermiT over schema and vocabularies, and over RDF files or folders where given.

    Needs Java and the extra 'reason'. Takes about a minute; a sample of data is enough.

    Example: ecoduct extract corpus/ --format trig > graph.trig && ecoduct reason graph.trig
    """
    from ontology.build.graphs import vocabulary_graphs
    from ontology.graph_files import graph_files, read_graph_file
    from ontology.namespaces import Minter
    from service.errors import ServiceError

    try:
        from ontology.reasoner import reason
    except ImportError as error:
        raise ServiceError(
            "owlready2 is not installed; install it with: pip install 'ecoduct[reason]'"
        ) from error
    data = [read_graph_file(file) for path in paths for file in graph_files(path)]
    report = reason([*vocabulary_graphs(Minter(settings.base)).values(), *data])
    for name in report.unsatisfiable:
        click.echo(f"{name}: can have no instance")
    state = "consistent" if report.consistent else "inconsistent"
    click.echo(f"{state}; {report.triples} triples, annotations left out")
    if not report.consistent or report.unsatisfiable:
        raise SystemExit(1)
