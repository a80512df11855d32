"""``ecoduct query``: run a SPARQL query."""

from typing import IO

import click

from service.config import Settings

FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


@click.command("query")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", *FORMATS]),
    help="Form of the answer.  [default: table on a terminal, else csv; turtle for graphs]",
)
@click.option("--timeout", type=click.FloatRange(min=0.1), help="Time limit in seconds.")
@click.pass_obj
def command(settings: Settings, file: IO[str], format_: str | None, timeout: float | None) -> None:
    """Run the SPARQL query in FILE (- is stdin) on the graph; it works while the service runs.

    Example: echo 'SELECT * { ?s a ?type } LIMIT 5' | ecoduct query -
    """
    import sys
    from dataclasses import replace

    from service.errors import QuerySyntaxError
    from service.sparql.tokenizer import query_form
    from service.store.folder import DataFolder
    from service.store.protocol import QueryRequest
    from service.store.readers import ReaderPool
    from service.store.tables import format_table

    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise QuerySyntaxError(f"{file.name}: not UTF-8: {error.reason}") from error
    graph = query_form(text) in ("CONSTRUCT", "DESCRIBE")
    default = "turtle" if graph else "table" if sys.stdout.isatty() else "csv"
    chosen = format_ or default
    if chosen == "csv" and query_form(text) == "ASK" and format_ is None:
        chosen = "table"
    limit = timeout or settings.query_timeout_s
    settings = replace(settings, query_timeout_s=limit)
    pool = ReaderPool(
        DataFolder(settings.data_dir).snapshots,
        workers=1,
        timeout_s=limit,
        memory_mb=settings.query_memory_mb,
    )
    try:
        media_type = FORMATS["json" if chosen == "table" else chosen]
        answer = pool.query(QueryRequest(text, media_type, timeout_s=limit))
        if chosen == "table":
            click.echo(format_table(b"".join(answer.chunks), base=settings.base), nl=False)
        else:
            for chunk in answer.chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
    finally:
        pool.close()
