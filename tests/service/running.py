"""A real service in processes of its own, for the tests that need one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ASK = "query=ASK%20%7B%20%3Chttps%3A%2F%2Fdata.test%2Fs%3E%20%3Fp%20%3Fo%20%7D"


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


class Service:
    """One running service; settings are given as environment variables."""

    def __init__(self, data: Path, *options: str, **settings: object) -> None:
        self.data = data
        command = [
            Path(sys.executable).with_name("ecoduct"),
            "--data",
            data,
            "serve",
            "--port",
            "0",
            *options,
        ]
        names = {f"ECODUCT_{name.upper()}": str(value) for name, value in settings.items()}
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env={**os.environ, **names}
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        while "still starting" in line:
            line = self.process.stderr.readline()
        assert line.startswith("ecoduct: listening on http://127.0.0.1:"), line
        self.url = line.split()[-1]

    def children(self) -> set[int]:
        return {int(pid) for pid in _children(self.process.pid) if is_role(int(pid))}

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def add_token(self) -> str:
        """Make a token that allows everything."""
        ecoduct = Path(sys.executable).with_name("ecoduct")
        command = [ecoduct, "--data", self.data, "token", "add", "test", "--scope", "admin"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def readers(self) -> set[int]:
        """Name the processes that answer queries."""
        return {
            int(pid) for child in self.children() for pid in _children(child) if is_role(int(pid))
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> str:
        """End the service at once; what it has said."""
        if self.process.stderr is None or self.process.stderr.closed:
            return ""
        self.process.kill()
        return self.process.communicate()[1]

    def answers(self, path: str = "/health") -> bool:
        try:
            with urlopen(self.url + path, timeout=10) as response:
                return bool(response.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def ask(self) -> bool:
        with urlopen(f"{self.url}/sparql?{ASK}", timeout=10) as response:
            return b"true" in response.read()


def _children(pid: int) -> list[str]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += task.read_text().split()
    return found


def is_role(pid: int) -> bool:
    """Tell the service's processes from the helper that the standard library starts."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
