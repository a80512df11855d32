import errno
from pathlib import Path

import pytest

from service.store.folder import DataFolder, explain_disk_error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full; free some space"),
        (OSError("IO error: No space left on device: While appending"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "on a read-only file system; choose"),
        (OSError(errno.EACCES, "Permission denied"), "may not be written by this user"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_folder_explains_errors_of_the_disk(error: OSError, reason: str) -> None:
    message = str(explain_disk_error(error, Path("data")))
    assert message.startswith("data folder data: ")
    assert reason in message


def test_folder_is_made_with_what_readers_need(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "a" / "b")
    folder.prepare()
    assert [path.name for path in folder.path.iterdir()] == ["snapshots"]
