"""What the child processes of a running service do."""

import logging
import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from types import FrameType
from typing import TYPE_CHECKING

from service.config import Settings
from service.errors import ServiceError
from service.store.folder import DataFolder
from service.store.owner import try_to_own
from service.store.processes import die_with_parent_thread, ignore_interrupts, watch_parent
from service.store.snapshots import Snapshots

if TYPE_CHECKING:
    from service.sparql.relay import Relay

READY, FAILED = "ready", "failed"
_RETRY_S = 0.2


def _begin(lifeline: Connection) -> None:
    ignore_interrupts()
    die_with_parent_thread()
    watch_parent(lifeline)
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="ecoduct: %(name)s: %(message)s"
    )
    quiet_queue()


def quiet_queue() -> None:
    """Keep the web server from a line on each request that waits for a thread for a moment."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def run_writer(connection: Connection, lifeline: Connection, settings: Settings) -> None:
    """Own the data folder until told to stop.

    Where a command owns it just now, wait for its end; others write through that command.
    """
    _begin(lifeline)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    folder = DataFolder(settings.data_dir)
    merged = settings.default_graph == "merged"
    told = False
    try:
        while (owner := try_to_own(folder, merged=merged, base=settings.base)) is None:
            if not told and Snapshots(folder.snapshots).current_name() is not None:
                connection.send((READY, ""))
                told = True
            if stop.wait(_RETRY_S):
                return
    except ServiceError as error:
        connection.send((FAILED, str(error)))
        sys.exit(1)
    if not told:
        connection.send((READY, ""))
    while not stop.wait(3600):
        pass
    owner.close()


def run_web(
    connection: Connection, lifeline: Connection, settings: Settings, listener: socket.socket
) -> None:
    """Answer HTTP requests on a listening socket until told to stop."""
    _begin(lifeline)
    signal.signal(signal.SIGTERM, _stop)
    from waitress import create_server

    from service.app import create_app
    from service.sparql.access import WriteAccess
    from service.store.owner import OwnerConnection
    from service.store.readers import ReaderPool
    from service.store.reading import SnapshotReader
    from service.store.texts import TextStore
    from service.store.tokens import TokenStore
    from service.web.dumps import Dumps

    folder = DataFolder(settings.data_dir)
    try:
        pool = ReaderPool(
            folder.snapshots,
            workers=settings.readers,
            timeout_s=settings.query_timeout_s,
            memory_mb=settings.query_memory_mb,
        )
    except ServiceError as error:
        connection.send((FAILED, str(error)))
        sys.exit(1)
    access = WriteAccess(OwnerConnection(folder), TokenStore(folder.tokens))
    relay = _start_relay(settings)
    snapshots = SnapshotReader(folder.snapshots, merged=settings.default_graph == "merged")
    app = create_app(
        settings,
        pool,
        TextStore(folder.texts),
        access=access,
        federation=relay.federation if relay else None,
        dumps=Dumps(snapshots, folder.dumps),
    )
    server = create_server(
        app,
        sockets=[listener],
        threads=settings.web_threads,
        ident="ecoduct",
        asyncore_use_poll=True,
    )
    connection.send((READY, ""))
    try:
        server.run()
    finally:
        pool.close()
        snapshots.close()
        if relay:
            relay.close()


def _start_relay(settings: Settings) -> "Relay | None":
    """Start what asks other endpoints, where the operator allows any."""
    if not settings.allow_service:
        return None
    from service.sparql.outgoing import Limits
    from service.sparql.relay import Relay

    limits = Limits(timeout_s=settings.query_timeout_s, private=settings.allow_private)
    return Relay(settings.allow_service, limits)
