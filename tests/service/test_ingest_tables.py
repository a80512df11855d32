"""The file of the state of ingestion, opened by several processes at once."""

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from service.ingest.state import IngestState

TURNS = 10


def open_together(folder: str, barrier: Barrier) -> None:
    """Open new files at the same moment as others do; end with an error where one cannot be."""
    for turn in range(TURNS):
        barrier.wait(60)
        IngestState(Path(folder) / f"{turn}.sqlite").close()


@pytest.mark.slow
def test_ingest_tables_are_made_by_processes_that_come_at_once(tmp_path: Path) -> None:
    context = get_context("spawn")
    barrier = context.Barrier(3)
    processes = [
        context.Process(target=open_together, args=(str(tmp_path), barrier)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0, 0]
