"""Ingest sources again and again, on a schedule, one run at a time."""

import logging
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from corpus.errors import CorpusError
from extract.errors import ExtractError
from ontology.errors import OntologyError
from service.config import Settings
from service.errors import ServiceError
from service.ingest.once import ingest_once

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


class Watch:
    """Run at once and then on the schedule, until it is stopped."""

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[str],
        *,
        schedule: str,
        workers: int,
        log: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._workers = workers
        self._log = log
        self._scheduler: Any = BackgroundScheduler(timezone=UTC)
        # A run that takes longer than its interval is not overtaken; what was missed runs once.
        self._job = self._scheduler.add_job(
            self.run_once,
            parse_schedule(schedule),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def run_once(self) -> None:
        """Ingest once; what goes wrong is logged, and the next run comes all the same."""
        try:
            report = ingest_once(self._settings, self._sources, workers=self._workers)
        except (CorpusError, ExtractError, OntologyError, ServiceError) as error:
            self._log(f"not ingested: {error}")
            return
        self._log(str(report))
        for key, reason in report.failed:
            self._log(f"not ingested: {key}: {reason}")

    def start(self) -> None:
        """Begin; runs are made in a thread of their own."""
        self._scheduler.start()

    def stop(self) -> None:
        """Make no further run; one that goes on is waited for."""
        self._scheduler.shutdown(wait=True)

    def next_run(self) -> datetime | None:
        """Tell when the next run begins."""
        job = self._scheduler.get_job(self._job.id)
        moment: datetime | None = job.next_run_time if job else None
        return moment
