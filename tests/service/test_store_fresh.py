"""Graphs that are all new: the same store as by transactions, and nothing of what is broken."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from service.errors import ServiceError
from service.store.folder import DataFolder
from service.store.fresh import take_in_new_graphs
from service.store.live import LiveStore
from service.store.operations import Operation

A, B, RUNS = (f"https://data.test/graph/{name}" for name in "abr")
P = "<https://data.test/p>"
SHARED = f'<https://data.test/s> {P} "told by both. \\n ." .\n'


def lines(graph: str, count: int = 20) -> bytes:
    own = (f'<{graph}/{n}> {P} "{n} ."@en .\n' for n in range(count))
    return (SHARED + "".join(own)).encode()


def open_live(path: Path, *, merged: bool = True) -> LiveStore:
    folder = DataFolder(path)
    folder.prepare()
    return LiveStore(folder, merged=merged)


def quads(live: LiveStore) -> set[str]:
    return {str(quad) for quad in live.engine}


@pytest.mark.parametrize("merged", [True, False])
def test_store_fresh_ends_as_by_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merged: bool
) -> None:
    outcomes = []
    first = Operation("replace", graphs={A: lines(A), B: b""}, additions={RUNS: lines(RUNS, 2)})
    second = Operation("replace", graphs={B: lines(B)}, additions={RUNS: lines(RUNS, 3)})
    third = Operation("replace", graphs={A: lines(A, 5), B: b""})
    for name, least in (("new", 0), ("usual", 1 << 30)):
        monkeypatch.setattr("service.store.fresh.LEAST_BYTES", least)
        live = open_live(tmp_path / name, merged=merged)
        assert take_in_new_graphs(live.engine, first, merged=merged) == (name == "new")
        live.apply(first)
        live.apply(second)
        held = quads(live)
        live.apply(third)
        outcomes.append((held, quads(live)))
        live.close()
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0][0]) == (21 + 21 + 4) + (20 + 20 + 3 + 1) * merged


@pytest.mark.parametrize(
    "operation",
    [
        Operation("replace", graphs={A: lines(A)}),
        Operation("replace", graphs={B: f"_:b {P} _:c .\n".encode()}),
        Operation("replace", graphs={B: lines(B).rstrip()}),
        Operation("replace", graphs={B: lines(B)}, additions={"": lines(B)}),
    ],
    ids=["replaces", "blank nodes", "no last newline", "default graph"],
)
def test_store_fresh_leaves_all_else_to_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: Operation
) -> None:
    monkeypatch.setattr("service.store.fresh.LEAST_BYTES", 0)
    live = open_live(tmp_path)
    live.apply(Operation("replace", graphs={A: lines(A)}))
    before = quads(live)
    assert not take_in_new_graphs(live.engine, operation, merged=True)
    assert quads(live) == before
    live.close()


@pytest.mark.parametrize("end", [b"nothing .\n", lines(B).replace(b" .\n", b" <x:g> .\n")])
def test_store_fresh_keeps_nothing_of_what_does_not_parse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setattr("service.store.fresh.LEAST_BYTES", 0)
    live = open_live(tmp_path)
    broken = Operation("replace", graphs={A: lines(A, 5000), B: end})
    with pytest.raises(ServiceError, match="not N-Triples"):
        live.apply(broken)
    assert quads(live) == set()
    live.close()
    assert not list(DataFolder(tmp_path).store.glob("bulk-*"))


def test_store_fresh_removes_what_a_killed_process_left(tmp_path: Path) -> None:
    open_live(tmp_path).close()
    left = DataFolder(tmp_path).store / "bulk-1234567890.sst"
    left.write_bytes(b"half a table")
    live = open_live(tmp_path)
    assert not left.exists()
    live.engine.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode("x:o")))
    live.close()
