"""The commands that read the graph, and what serving must not load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ontology.namespaces import Minter
from service.cli import cli
from service.errors import ServiceError
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.tables import format_table

RUNS = Minter().service_graph("runs")
G = Minter().document_graph("a")
ONE = '<https://w3id.org/ecoduct/solution/a> <http://www.w3.org/2000/01/rdf-schema#label> "Añ"@es'
TWO = f"<{Minter().run('r')}> <http://www.w3.org/ns/prov#generated> <{G}>"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(DataFolder(tmp_path)) as store:
        store.replace_graphs({G: f"{ONE} .\n".encode(), RUNS: f"{TWO} .\n".encode()})
    return tmp_path


def invoke(data: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), *arguments], input=text)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--format", "nquads"), f"{ONE} <{G}> .\n{TWO} <{RUNS}> .\n"),
        (("--no-runs",), f"{ONE} <{G}> .\n"),
        (("--format", "ntriples", "--no-runs"), f"{ONE} .\n"),
    ],
)
def test_commands_export_sorted_lines(
    data: Path, arguments: tuple[str, ...], expected: str
) -> None:
    assert invoke(data, "export", *arguments).output == expected


@pytest.mark.parametrize(
    ("arguments", "text", "expected"),
    [
        ((), "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }", "l\r\nAñ\r\n"),
        (("--format", "tsv"), "SELECT ?l { ?s ?p ?l FILTER(isLiteral(?l)) }", '?l\n"Añ"@es\n'),
        ((), "ASK { ?s ?p 'no' }", "no\n"),
        (
            ("--format", "table"),
            "SELECT ?s ?p ?l ?none { ?s ?p ?l FILTER(isLiteral(?l)) }",
            "s             p           l   none\n"
            "------------  ----------  --  ----\n"
            "<solution/a>  rdfs:label  Añ\n"
            "(1 row)\n",
        ),
        (("--format", "ntriples"), "CONSTRUCT WHERE { ?s ?p 'Añ'@es }", f"{ONE} .\n"),
    ],
)
def test_commands_query_prints_the_answer(
    data: Path, arguments: tuple[str, ...], text: str, expected: str
) -> None:
    result = invoke(data, "query", "-", *arguments, text=text)
    assert result.stdout_bytes.decode() == expected


def test_commands_query_ends_what_takes_too_long(data: Path) -> None:
    text = "SELECT * { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(60)) + " } ORDER BY ?a1"
    result = invoke(data, "query", "-", "--timeout", "0.5", text=text)
    assert isinstance(result.exception, ServiceError)
    assert "ended" in str(result.exception) or "memory" in str(result.exception)


def test_commands_info_counts_what_there_is(data: Path, tmp_path: Path) -> None:
    lines = dict(line.split(":", 1) for line in invoke(data, "info").output.splitlines())
    assert lines["triples"].strip() == "2"
    assert lines["graphs"].strip() == "2"
    assert lines["writer"].strip() == "none is running"
    assert "no data folder yet" in invoke(tmp_path / "none", "info").output


@pytest.mark.parametrize("command", ["query", "export"])
def test_commands_say_when_nothing_is_there(tmp_path: Path, command: str) -> None:
    arguments = ["query", "-"] if command == "query" else ["export"]
    result = invoke(tmp_path / "none", *arguments, text="ASK {}")
    assert "run 'ecoduct ingest'" in str(result.exception)


def test_commands_lay_out_tables_by_width() -> None:
    rows = [
        {"x": {"type": "literal", "value": "日本 \n 語語"}},
        {"x": {"type": "literal", "value": "ab"}},
    ]
    results = {"head": {"vars": ["x"]}, "results": {"bindings": rows}}
    table = format_table(json.dumps(results).encode(), base="", widest=6)
    assert table == "x\n------\n日本 …\nab\n(2 rows)\n"
    assert format_table(b'{"head": {}, "boolean": true}', base="") == "yes\n"


def test_commands_that_serve_load_no_spacy() -> None:
    code = (
        "import sys; import service.commands.serve, service.commands.query, service.app, "
        "service.supervision.supervisor, service.store.readers, service.ingest.run; "
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
