"""Frames on the owner's socket: a JSON head and the bytes that it announces."""

import json
import socket
import struct
from typing import Any

from service.store.operations import Operation

_LENGTH = struct.Struct(">I")
_BODY = struct.Struct(">Q")


def _receive(connection: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError("the connection was closed")
        parts += part
    return bytes(parts)


def send_frame(connection: socket.socket, head: dict[str, Any], *bodies: bytes) -> None:
    """Send a head and its bodies."""
    data = json.dumps(head, separators=(",", ":")).encode()
    sizes = b"".join(_BODY.pack(len(body)) for body in bodies)
    connection.sendall(
        _LENGTH.pack(len(data)) + data + _LENGTH.pack(len(bodies)) + sizes + b"".join(bodies)
    )


def receive_frame(connection: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """Receive a head and its bodies; raise EOFError at the end of the connection."""
    (size,) = _LENGTH.unpack(_receive(connection, _LENGTH.size))
    head: dict[str, Any] = json.loads(_receive(connection, size))
    (count,) = _LENGTH.unpack(_receive(connection, _LENGTH.size))
    sizes = [_BODY.unpack(_receive(connection, _BODY.size))[0] for _ in range(count)]
    return head, [_receive(connection, size) for size in sizes]


def send_operation(connection: socket.socket, operation: Operation) -> None:
    """Send one write."""
    graphs, additions = list(operation.graphs), list(operation.additions)
    head = {
        "kind": operation.kind,
        "text": operation.text,
        "base": operation.base,
        "relay": operation.relay,
        "timeout_s": operation.timeout_s,
        "graphs": graphs,
        "additions": additions,
    }
    bodies = [operation.graphs[name] for name in graphs]
    bodies += [operation.additions[name] for name in additions]
    send_frame(connection, head, *bodies)


def receive_operation(connection: socket.socket) -> Operation:
    """Receive one write; raise EOFError at the end of the connection."""
    head, bodies = receive_frame(connection)
    count = len(head["graphs"])
    graphs = dict(zip(head["graphs"], bodies[:count], strict=True))
    additions = dict(zip(head["additions"], bodies[count:], strict=True))
    return Operation(
        head["kind"],
        head["text"],
        graphs,
        additions,
        base=head["base"],
        relay=head["relay"],
        timeout_s=head["timeout_s"],
    )
