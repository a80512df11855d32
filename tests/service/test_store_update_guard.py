"""The guard of updates: with a stand-in for the end of the process."""

import threading
import time
from concurrent.futures import Future

import pytest

from service.errors import QueryMemoryError, QueryTimeoutError
from service.store.operations import Operation
from service.store.update_guard import ENDED, UpdateGuard


class Ending:
    """Note that the process would have ended."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.happened = threading.Event()

    def __call__(self, code: int) -> None:
        self.codes.append(code)
        self.happened.set()


def watch(guard: UpdateGuard, operation: Operation, ending: Ending) -> "Future[str]":
    """Run an update that lasts until its process ends."""
    answer: Future[str] = Future()
    told: list[str] = []
    with guard.watch(operation, answer, lambda: told.append("others")):
        assert ending.happened.wait(20)
    assert (ending.codes, told) == ([ENDED], ["others"])
    return answer


@pytest.mark.parametrize(("server_s", "client_s"), [(0.05, None), (60.0, 0.05), (0.05, 60.0)])
def test_update_guard_ends_the_process_after_the_shorter_time(
    server_s: float, client_s: float | None
) -> None:
    ending = Ending()
    guard = UpdateGuard(timeout_s=server_s, memory_mb=0, end=ending)
    answer = watch(guard, Operation("update", "x", timeout_s=client_s), ending)
    with pytest.raises(QueryTimeoutError, match=r"after 0\.05 s"):
        answer.result(0)


def test_update_guard_ends_the_process_at_its_memory() -> None:
    ending = Ending()
    guard = UpdateGuard(timeout_s=60, memory_mb=20, end=ending)
    answer: Future[str] = Future()
    with guard.watch(Operation("update", "x"), answer, lambda: None):
        time.sleep(0.3)
        ballast = b"x" * (60 << 20)
        assert ending.happened.wait(20)
    assert len(ballast) > 0
    with pytest.raises(QueryMemoryError):
        answer.result(0)


@pytest.mark.parametrize("kind", ["update", "put", "bulk_load"])
def test_update_guard_lets_short_updates_and_other_writes_be(kind: str) -> None:
    ending = Ending()
    answer: Future[str] = Future()
    guard = UpdateGuard(timeout_s=0.2, memory_mb=0, end=ending)
    with guard.watch(Operation(kind, "x"), answer, lambda: None):
        if kind != "update":
            time.sleep(0.4)
    assert not ending.happened.wait(0.5)
    assert not answer.done()
