"""A writer that is killed in the middle of writes: the next one's index is true of its graph."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.store.embedded import open_embedded
from service.store.folder import DataFolder

pytestmark = pytest.mark.slow

WRITING = """
import sys
from pathlib import Path
from service.store.embedded import open_embedded
from service.store.folder import DataFolder

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
base = "https://w3id.org/ecoduct/"
store = open_embedded(DataFolder(Path(sys.argv[1])))
number = 0
while True:
    number += 1
    graph, taxon = f"{base}graph/d{number % 7}", f"{base}taxon/t{number % 5}"
    name = f'<{taxon}> {LABEL} "Beast {number % 11}" .\\n'.encode()
    if number % 3:
        store.put_graph(graph, name)
    elif number % 2:
        store.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    else:
        store.update(f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
                     f"FILTER(?g = <{graph}>) }}")
    print(number, flush=True)
"""


def content(folder: DataFolder) -> list[tuple[str, str, str, int]]:
    with sqlite3.connect(folder.index) as connection:
        rows = connection.execute(
            "SELECT iri, role, text, uses FROM entries ORDER BY iri, role, text"
        ).fetchall()
        found = connection.execute(
            "SELECT count(*) FROM words JOIN entries ON id = words.rowid WHERE words MATCH 'beast'"
        ).fetchone()[0]
    connection.close()
    assert found == len(rows)
    return rows


def test_index_is_true_after_kills(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    written = 0
    for wait in (0.02, 0.05, 0.11, 0.2):
        command = [sys.executable, "-c", WRITING, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "1\n"
            time.sleep(wait)
            os.kill(writer.pid, signal.SIGKILL)
            written += len(writer.stdout.read().split())
        store = open_embedded(folder)
        kept = content(folder)
        store.rebuild_index()
        assert content(folder) == kept
        labels = {t for _, _, t, _ in kept}
        assert all(name.encode() in b"".join(store.get_graph(None)) for name in labels)
        store.close()
    assert written > 4
