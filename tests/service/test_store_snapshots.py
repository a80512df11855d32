"""Snapshots: what is kept, what is removed, and never under a reader."""

from pathlib import Path

import pytest

from service.errors import StoreUnavailableError
from service.store.snapshots import Snapshots


def fill(target: Path) -> None:
    target.mkdir()
    (target / "data").write_text("x")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.is_symlink())


def test_snapshots_keep_the_current_and_the_one_before(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    published = [snapshots.publish(fill) for _ in range(4)]
    assert names(tmp_path) == published[2:]
    assert snapshots.current_name() == published[3]
    assert published == sorted(set(published))


def test_snapshots_stay_while_they_are_read(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    first = snapshots.publish(fill)
    with Snapshots(tmp_path).lease() as lease:
        later = [snapshots.publish(fill) for _ in range(3)]
        assert (lease.path / "data").read_text() == "x"
        assert names(tmp_path) == [first, *later[1:]]
    snapshots.clean()
    assert names(tmp_path) == later[1:]


def test_snapshots_remove_what_a_crash_left(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    current = snapshots.publish(fill)
    half = f"{current[:-1]}9"
    fill(tmp_path / half)
    fill(tmp_path / ".trash-old")
    (tmp_path / ".current-new").symlink_to("nowhere")
    following = snapshots.publish(fill)
    assert names(tmp_path) == [current, following]


def test_snapshots_survive_a_writer_that_fails(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    current = snapshots.publish(fill)

    def fail(target: Path) -> None:
        fill(target)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        snapshots.publish(fail)
    assert snapshots.current_name() == current
    assert snapshots.publish(fill) > current


def test_snapshots_say_when_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="ecoduct ingest"):
        Snapshots(tmp_path).lease()
