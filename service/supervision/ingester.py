"""Processes of a service that ingest: what is watched, and what is posted."""

import signal
import threading
from multiprocessing.connection import Connection

from service.config import Settings
from service.logs import say
from service.store.folder import DataFolder
from service.store.processes import Child
from service.supervision.roles import READY, begin, stop_at_once


def run_ingester(connection: Connection, lifeline: Connection, settings: Settings) -> None:
    """Ingest what comes until told to stop; ended in a run, the next one takes up where it was."""
    begin(lifeline, settings, "ingester")
    signal.signal(signal.SIGTERM, stop_at_once)
    from service.ingest.watch import Watch

    watch = Watch(settings, settings.sources, schedule=settings.schedule, log=say)
    connection.send((READY, ""))
    watch.run_forever()


def run_inbox(connection: Connection, lifeline: Connection, settings: Settings) -> None:
    """Ingest what lies in the inbox, once."""
    begin(lifeline, settings, "inbox")
    signal.signal(signal.SIGTERM, stop_at_once)
    from service.ingest.watch import ingest_and_log

    ingest_and_log(settings, (str(DataFolder(settings.data_dir).inbox),), log=say)


class InboxRunner:
    """Start a process for what is posted; what is posted meanwhile is taken by the next one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._wake = threading.Event()
        threading.Thread(target=self._run, name="inbox", daemon=True).start()
        inbox = DataFolder(settings.data_dir).inbox
        if inbox.is_dir() and any(inbox.iterdir()):
            self.wake()

    def wake(self) -> None:
        """Tell that something has been posted."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            Child(run_inbox, self._settings, name="ecoduct-inbox").wait()
