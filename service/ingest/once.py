"""Run once over a data folder, as commands and schedules do."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.config import Settings
from service.ingest.report import IngestReport
from service.ingest.run import IngestRun
from service.ingest.selection import EVERYTHING, Selection
from service.progress import Bar
from service.store.folder import DataFolder
from service.store.owner import open_store

Show = Callable[[str], None] | None


@contextmanager
def _open_run(
    settings: Settings, workers: int, selection: Selection, show: Show
) -> Iterator[IngestRun]:
    """Open the data folder, show progress, and close it again."""
    folder = DataFolder(settings.data_dir)
    folder.prepare()
    merged = settings.default_graph == "merged"
    with (
        _turn(folder.path / "ingest.lock"),
        open_store(folder, merged=merged, base=settings.base) as store,
        Bar(unit="document") as bar,
    ):
        yield IngestRun(
            settings, store, workers=workers, progress=bar, selection=selection, show=show
        )


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Wait until no other run works on the folder; the lock ends with its process."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ingest_once(
    settings: Settings,
    sources: Iterable[str | Path],
    *,
    workers: int = 1,
    selection: Selection = EVERYTHING,
    show: Show = None,
) -> IngestReport:
    """Ingest what the sources hold."""
    with _open_run(settings, workers, selection, show) as run:
        return run.ingest(sources)


def reingest_once(
    settings: Settings,
    *,
    stale: bool = True,
    workers: int = 1,
    selection: Selection = EVERYTHING,
    show: Show = None,
) -> IngestReport:
    """Extract kept texts anew."""
    with _open_run(settings, workers, selection, show) as run:
        return run.reingest(stale=stale)
