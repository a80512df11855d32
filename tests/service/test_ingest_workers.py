"""The pool of extraction processes: nothing is lost to a document that hangs or crashes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.ingest.extraction import ExtractionSettings, Task
from service.ingest.workers import ExtractionPool
from tests.service.hanging import make_task, misbehave

SETTINGS = ExtractionSettings("https://data.test/", 0.5, Path())


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_ingest_workers_give_one_outcome_for_each_task(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("service.ingest.workers.extract_documents", misbehave)
    pool = ExtractionPool(SETTINGS, workers=workers, document_s=10)
    names = ["a", "crash 1", "b", "c", "hang", "d", "crash 2", "e"]
    outcomes = list(pool.run(map(make_task, names)))
    pool.close()
    assert sorted(outcome.task.document for outcome in outcomes) == sorted(names)
    reasons = {o.task.document: o.reason for o in outcomes if o.reason}
    assert reasons == {
        "crash 1": "the extraction process ended on it (3)",
        "crash 2": "the extraction process ended on it (3)",
        "hang": "not done after 10 s; ended",
    }
    assert all(o.passing for o in outcomes if o.reason)


@pytest.mark.slow
def test_ingest_workers_pass_large_texts_both_ways_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.ingest.workers.extract_documents", misbehave)
    pool = ExtractionPool(SETTINGS, workers=1, document_s=60)
    tasks = [make_task(str(number), str(number) * 3_000_000) for number in range(6)]
    sizes = [len(outcome.graphs["g"]) for outcome in pool.run(iter(tasks))]
    pool.close()
    assert sizes == [3_000_000] * 6


@pytest.mark.slow
def test_ingest_workers_take_no_more_tasks_than_they_can_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.ingest.workers.extract_documents", misbehave)
    pool = ExtractionPool(SETTINGS, workers=2)
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield make_task(str(number))

    for done, _ in enumerate(pool.run(tasks())):
        assert taken - done <= 5
    pool.close()


@pytest.mark.slow
def test_ingest_workers_list_what_takes_too_much_memory_and_go_on() -> None:
    settings = ExtractionSettings("https://data.test/", 0.5, Path(), memory_mb=200)
    pool = ExtractionPool(settings, workers=1)
    tasks = [
        make_task("broken", "{}"),
        make_task("nested", "[" * 5 + "0," * 20_000_000 + "0" + "]" * 5),
        make_task("huge", "x" * 400_000_000),
        make_task("broken again", "{}"),
    ]
    outcomes = list(pool.run(iter(tasks)))
    pool.close()
    reasons = {outcome.task.document: outcome.reason for outcome in outcomes}
    too_much = "extracting it takes more than 200 MB of memory; split the text"
    assert reasons["nested"] == reasons["huge"] == too_much
    assert "not an extraction record" in reasons["broken"]
    assert reasons["broken again"] == reasons["broken"]
