"""The text index follows every write, and survives what interrupts it."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from service.errors import QuerySyntaxError
from service.index.building import IndexBuilder
from service.index.searching import SearchIndex
from service.store.embedded import EmbeddedStore, open_embedded
from service.store.folder import DataFolder

BASE = "https://w3id.org/ecoduct/"
A, B = f"{BASE}graph/a", f"{BASE}graph/b"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ELK = f"{BASE}taxon/elk"


def name(text: str, iri: str = ELK) -> bytes:
    return f"<{iri}> {LABEL} {text} .\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def store(folder: DataFolder) -> Iterator[EmbeddedStore]:
    opened = open_embedded(folder)
    yield opened
    opened.close()


def found(folder: DataFolder, text: str) -> list[str]:
    return [hit.iri for hit in SearchIndex(folder.index).search(text)]


def test_building_follows_each_kind_of_write(store: EmbeddedStore, folder: DataFolder) -> None:
    index = SearchIndex(folder.index)
    store.replace_graphs({A: name('"Elk"')}, additions={B: name('"Wapiti"@en')})
    assert found(folder, "elk") == found(folder, "wapiti") == [ELK]
    assert index.generation() == store.generation()
    store.update(f"DELETE DATA {{ GRAPH <{B}> {{ <{ELK}> {LABEL} 'Wapiti'@en }} }}")
    assert found(folder, "wapiti") == []
    assert index.generation() == store.generation()
    store.put_graph(A, name('"Moose"'))
    assert (found(folder, "elk"), found(folder, "moose")) == ([], [ELK])
    store.post_graph(B, name('"Moose"'))
    store.delete_graph(A)
    assert found(folder, "moose") == [ELK]
    store.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert found(folder, "moose") == []
    assert index.generation() == store.generation()
    quads = folder.path / "a.nq"
    quads.write_bytes(name('"Elk"').replace(b" .\n", f" <{A}> .\n".encode()))
    store.bulk_load(str(quads))
    assert found(folder, "elk") == [ELK]
    store.update("DROP ALL")
    assert found(folder, "elk") == []


def test_building_counts_the_graphs_that_bear_a_name(
    store: EmbeddedStore, folder: DataFolder
) -> None:
    store.replace_graphs({A: name('"Elk"'), B: name('"Elk"')})
    assert [hit.uses for hit in SearchIndex(folder.index).search("elk")] == [2]
    store.replace_graphs({A: b""})
    assert [hit.uses for hit in SearchIndex(folder.index).search("elk")] == [1]


def test_building_stays_true_when_an_update_fails(store: EmbeddedStore, folder: DataFolder) -> None:
    store.put_graph(A, name('"Elk"'))
    with pytest.raises(QuerySyntaxError):
        store.update(f"DROP GRAPH <{A}> ; INSERT")
    assert found(folder, "elk") == [ELK]


def test_building_reads_what_a_killed_writer_left_undone(folder: DataFolder) -> None:
    store = open_embedded(folder)
    store.put_graph(A, name('"Elk"'))
    generation = store.generation()
    store.close()
    engine = ox.Store(str(folder.store))
    builder = IndexBuilder(folder.index)
    builder.note({A})
    engine.update(f"DELETE WHERE {{ GRAPH <{A}> {{ ?s ?p ?o }} }}")
    builder.close()
    del engine
    assert found(folder, "elk") == [ELK]
    assert SearchIndex(folder.index).generation() == generation
    again = open_embedded(folder)
    assert found(folder, "elk") == []
    assert SearchIndex(folder.index).generation() == again.generation()
    again.close()


def test_building_reads_all_where_another_wrote_the_store(folder: DataFolder) -> None:
    open_embedded(folder).close()
    engine = ox.Store(str(folder.store))
    engine.update(f"INSERT DATA {{ GRAPH <{A}> {{ <{ELK}> {LABEL} 'Elk' }} }}")
    del engine
    with SearchIndex(folder.index)._database.transaction() as connection:
        connection.execute("UPDATE meta SET value = 'other' WHERE key = 'generation'")
    open_embedded(folder).close()
    assert found(folder, "elk") == [ELK]


def test_building_replaces_a_lost_or_damaged_file(folder: DataFolder) -> None:
    store = open_embedded(folder)
    store.put_graph(A, name('"Elk"'))
    store.close()
    for harm in (folder.index.unlink, lambda: folder.index.write_bytes(b"no database" * 1000)):
        harm()
        open_embedded(folder).close()
        assert found(folder, "elk") == [ELK]


def test_building_can_be_asked_for(store: EmbeddedStore, folder: DataFolder) -> None:
    store.put_graph(A, name('"Elk"'))
    with SearchIndex(folder.index)._database.transaction() as connection:
        connection.execute("UPDATE entries SET text = 'Nonsense'")
    assert store.rebuild_index() == store.generation()
    assert [hit.label for hit in SearchIndex(folder.index).search("elk")] == ["Elk"]


def test_building_reads_the_default_graph_where_it_is_its_own(folder: DataFolder) -> None:
    store = open_embedded(folder, merged=False)
    store.update(f"INSERT DATA {{ <{ELK}> {LABEL} 'Elk' }}")
    assert found(folder, "elk") == [ELK]
    store.delete_graph(None)
    assert found(folder, "elk") == []
    store.close()
