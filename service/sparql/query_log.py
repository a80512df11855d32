"""A file with a line for each request, set aside when it is large."""

import logging
import os
import threading
from pathlib import Path
from typing import BinaryIO

from service.store.folder import disk_advice

_LARGE = 10 << 20
_KEPT = 5
_log = logging.getLogger(__name__)


class QueryLog:
    """Append lines to a file, each in one step; keep some of those that became large.

    The logging of the standard library takes as long for a line as the rest of a short query.
    """

    def __init__(self, path: Path, *, large: int = _LARGE, kept: int = _KEPT) -> None:
        """Write to ``path``, and set it aside as ``path.1`` when it has ``large`` bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._large = large
        self._kept = kept
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._size = 0
        self._failed = False

    def write(self, line: str) -> None:
        """Append a line; where the disk takes none, say so once and go on."""
        data = line.encode() + b"\n"
        try:
            with self._lock:
                if self._file is None:
                    self._file = self._path.open("ab", buffering=0)
                    self._size = os.fstat(self._file.fileno()).st_size
                self._file.write(data)
                self._size += len(data)
                if self._size >= self._large:
                    self._set_aside()
            self._failed = False
        except OSError as error:
            if not self._failed:
                _log.warning("%s is not written: %s", self._path.name, disk_advice(error))
            self._failed = True

    def _set_aside(self) -> None:
        self.close()
        for number in range(self._kept, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            newer = f"{self._path.name}.{number - 1}" if number > 1 else self._path.name
            if self._path.with_name(newer).exists():
                self._path.with_name(newer).replace(older)

    def close(self) -> None:
        """Close the file; the next line opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None
