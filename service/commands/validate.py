"""Check graphs against the shapes and the quality checks."""

from pathlib import Path

import click

from service.config import Settings


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shapes-only", is_flag=True, help="Leave the quality checks out.")
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...], shapes_only: bool) -> None:
    """Check RDF files or folders, or the packaged vocabularies where none is given.

    Each line names the node, what is wrong, the rule, and what to do.

    Example: ecoduct extract corpus/ --format trig > graph.trig && ecoduct validate graph.trig
    """
    from ontology.build.graphs import vocabulary_graphs
    from ontology.graph_files import graph_files, read_graph_file
    from ontology.namespaces import Minter
    from ontology.quality import find_violations, make_store
    from ontology.validation import validate_graph

    minter = Minter(settings.base)
    vocabularies = tuple(vocabulary_graphs(minter).values())
    inputs = {str(file): read_graph_file(file) for path in paths for file in graph_files(path)}
    count = 0
    for name, data in (inputs or {"vocabularies": b"".join(vocabularies)}).items():
        violations = list(validate_graph(data, minter))
        if not shapes_only:
            violations += find_violations(make_store((*vocabularies, data)))
        for violation in violations:
            click.echo(f"{name}: {violation}")
        count += len(violations)
        click.echo(f"{name}: {len(violations)} violations", err=True)
    if count:
        raise SystemExit(1)
