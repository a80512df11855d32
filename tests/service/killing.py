"""Kill the processes of a running service while it is read and written."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

from service.store.folder import DataFolder
from service.store.owner import owner_pid
from tests.service.running import Service, is_running

_SMALL = "/sparql?format=csv&query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D"
ROLES = ("reader", "writer", "web")


class Traffic:
    """Read and write in threads; remember which writes were acknowledged."""

    def __init__(self, service: Service, token: str, *, first: int = 0) -> None:
        self._next = first
        self._service = service
        self._token = token
        self._stop = threading.Event()
        self.acknowledged: list[int] = []
        self.read = 0
        self.wrong: list[int] = []
        self._threads = [threading.Thread(target=self._write), threading.Thread(target=self._read)]
        for thread in self._threads:
            thread.start()

    def _until_stopped(self, send: Callable[[HTTPConnection], int]) -> None:
        while not self._stop.is_set():
            connection = HTTPConnection("127.0.0.1", self._service.port, timeout=60)
            # A connection ends with the process that held it.
            with suppress(HTTPException, OSError):
                while not self._stop.is_set():
                    status = send(connection)
                    if status not in (200, 201, 204, 503):
                        self.wrong.append(status)
                    time.sleep(0.01)
            connection.close()

    def _write(self) -> None:
        def send(connection: HTTPConnection) -> int:
            self._next += 1
            number = self._next
            headers = {
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/sparql-update",
            }
            text = f"INSERT DATA {{ GRAPH <urn:acknowledged> {{ <urn:w> <urn:p> {number} }} }}"
            connection.request("POST", "/update", text, headers)
            response = connection.getresponse()
            response.read()
            if response.status == 204:
                self.acknowledged.append(number)
            return response.status

        self._until_stopped(send)

    def _read(self) -> None:
        def send(connection: HTTPConnection) -> int:
            connection.request("GET", _SMALL)
            response = connection.getresponse()
            response.read()
            self.read += response.status == 200
            return response.status

        self._until_stopped(send)

    def stop(self) -> None:
        """End reading and writing."""
        self._stop.set()
        for thread in self._threads:
            thread.join()


def find(service: Service, role: str) -> int | None:
    """Name one process of a role; None where none is running just now."""
    writer = owner_pid(DataFolder(service.data))
    children = service.children()
    if role == "writer":
        return writer if writer in children else None
    if role == "web":
        return next((pid for pid in sorted(children) if pid != writer), None)
    return next(iter(sorted(service.readers())), None)


def kill(service: Service, role: str) -> float:
    """Kill a process of a role; seconds until another has taken its place."""
    victim = None
    while victim is None:
        victim = find(service, role)
    others = service.readers() if role == "reader" else service.children()
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    began = time.monotonic()
    while is_running(victim) or not _replaced(service, role, others):
        time.sleep(0.01)
        if time.monotonic() - began > 60:
            raise AssertionError(f"no {role} came after {victim}")
    return time.monotonic() - began


def _replaced(service: Service, role: str, before: set[int]) -> bool:
    """Tell whether there is a process that was not there before."""
    now = service.readers() if role == "reader" else service.children()
    return bool(now - before)


def kill_many(service: Service, token: str, times: int, *, seed: int = 0) -> dict[str, list[float]]:
    """Kill processes in random order during reads and writes; seconds until each respawn.

    Raise AssertionError where a write that was acknowledged is missing at the end.
    """
    dice = random.Random(seed)
    traffic = Traffic(service, token)
    seconds: dict[str, list[float]] = {role: [] for role in ROLES}
    try:
        for number in range(times):
            role = ROLES[number % len(ROLES)]
            done, read = len(traffic.acknowledged), traffic.read
            seconds[role].append(kill(service, role))
            until = time.monotonic() + 60
            # Reads and writes go on after each kill.
            while len(traffic.acknowledged) <= done or traffic.read <= read:
                assert time.monotonic() < until, f"nothing works after {role} was killed"
                time.sleep(0.05)
            time.sleep(dice.uniform(0.0, 0.3))
    finally:
        traffic.stop()
    assert not traffic.wrong, set(traffic.wrong)
    held = written(service)
    missing = set(traffic.acknowledged) - held
    assert not missing, f"{len(missing)} acknowledged writes are missing"
    return seconds


def written(service: Service) -> set[int]:
    """Read back what was written."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
    query = "SELECT%20%3Fo%20%7BGRAPH%20%3Curn:acknowledged%3E%20%7B%3Fs%20%3Fp%20%3Fo%7D%7D"
    connection.request("GET", f"/sparql?format=csv&query={query}")
    lines = connection.getresponse().read().decode().split()[1:]
    connection.close()
    return {int(line) for line in lines}
