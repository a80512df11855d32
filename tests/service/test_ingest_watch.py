"""Schedules, and runs when they are due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.config import Settings
from service.errors import ServiceError, StoreUnavailableError
from service.ingest.report import IngestReport
from service.ingest.watch import Watch, parse_schedule

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "after"),
    [
        ("30m", timedelta(minutes=30)),
        ("6h", timedelta(hours=6)),
        ("2 d", timedelta(days=2)),
        ("0 3 * * *", timedelta(hours=21, minutes=54)),
        ("*/15 * * * *", timedelta(minutes=9)),
    ],
)
def test_ingest_watch_reads_intervals_and_cron(schedule: str, after: timedelta) -> None:
    trigger = parse_schedule(schedule)
    start = NOW if "*" not in schedule else None
    moment = trigger.get_next_fire_time(start, NOW)
    assert moment == NOW + after


@pytest.mark.parametrize("schedule", ["", "0h", "often", "61 * * * *", "5 * *", "-1h"])
def test_ingest_watch_says_how_to_write_a_schedule(schedule: str) -> None:
    with pytest.raises(ServiceError, match="write an interval such as 30m"):
        parse_schedule(schedule)


def test_ingest_watch_runs_when_due_and_outlives_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[tuple[str, ...]] = []
    lines: list[str] = []

    def ingest(settings: Settings, sources: tuple[str, ...], workers: int) -> IngestReport:
        began.append(sources)
        if len(began) == 1:
            raise StoreUnavailableError("the disk is full")
        return IngestReport(ingested=2, failed=[("a", "empty")])

    monkeypatch.setattr("service.ingest.once.ingest_once", ingest)
    watch = Watch(Settings(data_dir=tmp_path), ("folder",), schedule="1h", log=lines.append)
    now = datetime.now(UTC)
    watch.step(now)
    watch.step(now)
    assert began == [("folder",)]
    watch.step(now + timedelta(hours=1, seconds=5))
    assert began == [("folder",)] * 2
    assert lines == [
        "not ingested: the disk is full",
        "2 ingested, 0 unchanged, 0 retired, 1 failed",
        "not ingested: a: empty",
    ]


def test_ingest_watch_without_sources_runs_nothing(tmp_path: Path) -> None:
    Watch(Settings(data_dir=tmp_path), (), schedule="1h", log=pytest.fail).step(datetime.now(UTC))
