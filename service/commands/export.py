"""``ecoduct export``: write the whole graph."""

from typing import IO

import click

from service.config import Settings

FORMATS = {
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "turtle": "text/turtle",
}


@click.command("export")
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default="nquads", show_default=True
)
@click.option("--runs/--no-runs", default=True, help="With the graph of runs and times, or not.")
@click.option(
    "--output", "-o", type=click.File("wb", lazy=True), default="-", help="File; stdout if none."
)
@click.pass_obj
def command(settings: Settings, format_: str, runs: bool, output: IO[bytes]) -> None:
    """Write all graphs, sorted: equal content gives equal bytes.

    nquads and trig keep the named graphs, ntriples and turtle write their merge.

    Example: ecoduct export --format nquads --no-runs -o export.nq
    """
    from ontology.namespaces import Minter
    from service.store.folder import DataFolder, explain_disk_error
    from service.store.reading import SnapshotReader

    leave_out = () if runs else (Minter(settings.base).service_graph("runs"),)
    reader = SnapshotReader(
        DataFolder(settings.data_dir).snapshots, merged=settings.default_graph == "merged"
    )
    try:
        for chunk in reader.export(media_type=FORMATS[format_], leave_out=leave_out):
            output.write(chunk)
    except BrokenPipeError:
        # The reader of our output has seen enough.
        return
    except OSError as error:
        raise explain_disk_error(error, settings.data_dir) from error
    finally:
        reader.close()
