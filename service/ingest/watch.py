"""Ingest sources again and again, on a schedule, one run at a time."""

import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from corpus.errors import CorpusError
from extract.errors import ExtractError
from ontology.errors import OntologyError
from service.config import Settings
from service.errors import ServiceError

POLL_S = 1.0
_INTERVAL = re.compile(r"(\d+)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_schedule(text: str) -> BaseTrigger:
    """Return the trigger of an interval or a cron expression; raise ServiceError."""
    if match := _INTERVAL.fullmatch(text.strip().lower()):
        count = int(match[1])
        if count:
            return IntervalTrigger(**{_UNITS[match[2]]: count}, timezone=UTC)
    try:
        return CronTrigger.from_crontab(text, timezone=UTC)
    except ValueError as error:
        raise ServiceError(
            f"schedule {text!r}: {error}; write an interval such as 30m, 6h or 1d, or a cron "
            "expression of five fields in UTC such as '0 3 * * *'"
        ) from error


def ingest_and_log(
    settings: Settings, sources: Sequence[str], *, log: Callable[[str], None], workers: int = 1
) -> None:
    """Ingest once; what goes wrong is logged, and the next run comes all the same."""
    from service.ingest.once import ingest_once

    try:
        report = ingest_once(settings, sources, workers=workers)
    except (CorpusError, ExtractError, OntologyError, ServiceError) as error:
        log(f"not ingested: {error}")
        return
    log(str(report))
    for key, reason in report.failed:
        log(f"not ingested: {key}: {reason}")


class Watch:
    """Run at once and then on the schedule, one run at a time."""

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[str],
        *,
        schedule: str,
        workers: int = 1,
        log: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._workers = workers
        self._log = log
        self._trigger = parse_schedule(schedule)
        self._next: datetime | None = datetime.now(UTC) if sources else None

    def step(self, now: datetime) -> None:
        """Do what is due. What was missed while a run went on is run once."""
        if self._next is not None and now >= self._next:
            ingest_and_log(self._settings, self._sources, workers=self._workers, log=self._log)
            self._next = self._trigger.get_next_fire_time(now, datetime.now(UTC))

    def run_forever(self) -> None:
        """Do what is due until the process is told to end."""
        while True:
            self.step(datetime.now(UTC))
            time.sleep(POLL_S)
