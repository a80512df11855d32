"""What the child processes of a running service do."""

import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from types import FrameType
from typing import TYPE_CHECKING, Any

from service.config import Settings
from service.errors import ServiceError
from service.logs import set_up_logging
from service.store.folder import DataFolder
from service.store.owner import Owner, try_to_own
from service.store.processes import die_with_parent_thread, ignore_interrupts, watch_parent
from service.store.snapshots import Snapshots
from service.store.update_guard import UpdateGuard

if TYPE_CHECKING:
    from service.sparql.relay import Relay

READY, FAILED = "ready", "failed"
_RETRY_S = 0.2
_GRACE_S = 10.0
"""How much longer than an update may take its answer is waited for."""
_HEADERS_S = 30
"""How long a connection may be silent."""
_CONNECTIONS = 1000
_ANY_MB = 1 << 20
_PACKET = 4096


def begin(lifeline: Connection, settings: Settings, name: str) -> None:
    """Prepare a child process: it ends with its parent and logs to stderr."""
    ignore_interrupts()
    die_with_parent_thread()
    watch_parent(lifeline)
    set_up_logging(settings.log_format, name)


def stop_at_once(_signal: int, _frame: FrameType | None) -> None:
    """End the process in the order that its blocks ask for."""
    raise SystemExit(0)


def run_writer(connection: Connection, lifeline: Connection, settings: Settings) -> None:
    """Own the data folder until told to stop.

    Where a command owns it just now, wait for its end; others write through that command.
    """
    begin(lifeline, settings, "writer")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    folder = DataFolder(settings.data_dir)
    merged = settings.default_graph == "merged"
    told = False
    try:
        while (owner := _try_to_own(folder, settings, merged=merged)) is None:
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


def _try_to_own(folder: DataFolder, settings: Settings, *, merged: bool) -> Owner | None:
    guard = UpdateGuard(timeout_s=settings.update_timeout_s, memory_mb=settings.update_memory_mb)
    return try_to_own(folder, merged=merged, base=settings.base, guard=guard)


def run_web(
    connection: Connection, lifeline: Connection, settings: Settings, listener: socket.socket
) -> None:
    """Answer HTTP requests on a listening socket until told to stop."""
    begin(lifeline, settings, "web")
    signal.signal(signal.SIGTERM, stop_at_once)
    from waitress import create_server

    from service.app import create_app
    from service.index.searching import SearchIndex
    from service.sparql.access import WriteAccess
    from service.sparql.monitor import Monitor
    from service.sparql.query_log import QueryLog
    from service.store.owner import OwnerConnection
    from service.store.pool_limits import PoolLimits
    from service.store.readers import ReaderPool
    from service.store.reading import SnapshotReader
    from service.store.shares import ClientShares
    from service.store.texts import TextStore
    from service.store.tokens import TokenStore
    from service.supervision.ingester import InboxRunner
    from service.supervision.pool_metrics import PoolCollector
    from service.web.dumps import Dumps

    folder = DataFolder(settings.data_dir)
    try:
        pool = ReaderPool(
            folder.snapshots,
            workers=settings.readers,
            timeout_s=settings.query_timeout_s,
            memory_mb=settings.query_memory_mb,
            limits=PoolLimits(
                queue_length=settings.queue_length,
                queue_s=settings.queue_s,
                spares=settings.spare_readers,
                client_slow_queries=settings.client_slow_queries,
            ),
            shares=ClientShares(settings.client_cpu_s, settings.client_cpu_per_s),
        )
    except ServiceError as error:
        connection.send((FAILED, str(error)))
        sys.exit(1)
    writer = OwnerConnection(folder, answer_s=settings.update_timeout_s + _GRACE_S)
    access = WriteAccess(writer, TokenStore(folder.tokens))
    log = folder.path / "logs" / "queries.jsonl"
    monitor = Monitor(QueryLog(log) if settings.query_log else None)
    monitor.registry.register(PoolCollector(pool))
    relay = _start_relay(settings)
    snapshots = SnapshotReader(folder.snapshots, merged=settings.default_graph == "merged")
    app = create_app(
        settings,
        pool,
        TextStore(folder.texts),
        access=access,
        federation=relay.federation if relay else None,
        search=SearchIndex(folder.index),
        dumps=Dumps(snapshots, folder.dumps),
        monitor=monitor,
        posted=InboxRunner(settings).wake,
    )
    server = create_server(app, sockets=[listener], **server_options(settings))
    # The head of an answer waits for its body, so that a short one is one packet.
    server.adj.send_bytes = _PACKET
    connection.send((READY, ""))
    try:
        server.run()
    finally:
        pool.close()
        snapshots.close()
        if relay:
            relay.close()


def server_options(settings: Settings) -> dict[str, Any]:
    """Return how the web server treats slow, large and proxied requests.

    What a client has not taken yet waits in a file and not in a reader, so it may be as long as an
    answer may be.
    """
    options: dict[str, Any] = {
        "threads": settings.web_threads,
        "ident": "ecoduct",
        "asyncore_use_poll": True,
        "channel_timeout": _HEADERS_S,
        "connection_limit": _CONNECTIONS,
        "log_socket_errors": False,
        # Somewhat more is taken in, so that its sender hears why it is refused.
        "max_request_body_size": settings.upload_mb << 21,
        "outbuf_high_watermark": (settings.answer_mb or _ANY_MB) << 20,
    }
    if settings.trusted_proxy:
        options |= {
            "trusted_proxy": settings.trusted_proxy,
            "trusted_proxy_count": settings.trusted_proxy_count,
            "trusted_proxy_headers": {
                "x-forwarded-for",
                "x-forwarded-proto",
                "x-forwarded-host",
                "x-forwarded-port",
            },
            "clear_untrusted_proxy_headers": True,
        }
    return options


def _start_relay(settings: Settings) -> "Relay | None":
    """Start what asks other endpoints, where the operator allows any."""
    if not settings.allow_service:
        return None
    from service.sparql.outgoing import Limits
    from service.sparql.relay import Relay

    limits = Limits(timeout_s=settings.query_timeout_s, private=settings.allow_private)
    return Relay(settings.allow_service, limits)
