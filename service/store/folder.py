"""The data folder: where each file of a deployment lies, and plain words for disk errors."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from service.errors import StoreUnavailableError

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and start again",
    errno.EDQUOT: "the disk quota is used up; free some space and start again",
    errno.EFBIG: "a file may not grow further; raise the limit on file sizes",
    errno.EROFS: "it is on a read-only file system; choose another folder with --data",
    errno.EACCES: "it may not be written by this user; change its owner or use --data",
    errno.EPERM: "it may not be written by this user; change its owner or use --data",
    errno.ENOTDIR: "a part of its path is a file; choose another folder with --data",
}
_WORDS = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.EDQUOT,
    "File too large": errno.EFBIG,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
    "database or disk is full": errno.ENOSPC,
    "attempt to write a readonly database": errno.EROFS,
}


def disk_advice(error: Exception) -> str:
    """Say what an error of the disk means and what to do; the error's own words if unknown."""
    number = error.errno if isinstance(error, OSError) else None
    if number is None:
        number = next((code for words, code in _WORDS.items() if words in str(error)), None)
    return str(error) if number is None else _REASONS.get(number, str(error))


def explain_disk_error(error: OSError, where: Path) -> StoreUnavailableError:
    """Turn an error of the operating system or the engine into a message an operator can use."""
    return StoreUnavailableError(f"data folder {where}: {disk_advice(error)}")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Name the files of a data folder; nothing is created until ``prepare``."""

    path: Path

    @property
    def store(self) -> Path:
        return self.path / "store"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def lock(self) -> Path:
        return self.path / "owner.lock"

    @property
    def socket(self) -> Path:
        return self.path / "owner.sock"

    @property
    def texts(self) -> Path:
        return self.path / "texts.sqlite"

    @property
    def state(self) -> Path:
        return self.path / "state.sqlite"

    @property
    def inbox(self) -> Path:
        """Return where what is posted waits and stays; it is a source like any folder."""
        return self.path / "inbox"

    @property
    def tokens(self) -> Path:
        return self.path / "tokens.sqlite"

    @property
    def decisions(self) -> Path:
        """Return where what reviewers decided is kept."""
        return self.path / "decisions.sqlite"

    @property
    def index(self) -> Path:
        return self.path / "index.sqlite"

    @property
    def dumps(self) -> Path:
        return self.path / "dumps"

    def prepare(self) -> None:
        """Make the folder and prove that it can be written; raise StoreUnavailableError."""
        probe = self.path / f".probe-{os.getpid()}"
        try:
            self.snapshots.mkdir(parents=True, exist_ok=True)
            try:
                probe.write_bytes(b"\0" * 4096)
            finally:
                probe.unlink(missing_ok=True)
        except OSError as error:
            raise explain_disk_error(error, self.path) from error
