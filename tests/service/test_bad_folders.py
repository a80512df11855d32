"""Data folders that cannot be written or are full: what commands say, and what they leave.

Real mounts are made in a mount namespace of their own, which ends with the command. Where the
system allows none, a limit on file sizes stands for a full disk, and a file where the folder
should be for one that cannot be written.
"""

import logging
import os
import shlex
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.bench.generator import generate_extractions
from extract.records import extraction_to_json
from ontology.errors import OntologyError
from ontology.namespaces import Minter
from service.cli import cli
from service.errors import StoreUnavailableError
from service.ingest.state import IngestState, ItemRow
from service.ingest.versions import Versions
from service.logs import quiet_queue
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.sqlite import Database

_ECODUCT = shlex.join([sys.executable, "-c", "from service.cli import main; main()"])
_FUNCTION = f'ecoduct() {{ {_ECODUCT} --data "$data" "$@"; }}; '
_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
_Usage = namedtuple("_Usage", "total used free")


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = [*_NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(script: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """Run a shell script with $data and the command, in a namespace if it can be."""
    command = ["sh", "-c", _FUNCTION + script]
    if _can_mount():
        command = [*_NAMESPACE, *command]
    environment = {**os.environ, "data": str(data)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    found = generate_extractions(3, seed=1, minter=Minter())
    path.write_text("".join(extraction_to_json(record) + "\n" for record in found))
    return path


def _assert_plain(message: str, *words: str) -> None:
    assert "Traceback" not in message
    assert message.startswith("ecoduct: ")
    assert any(word in message for word in words), message


@pytest.mark.slow
@pytest.mark.parametrize("command", ["ingest", "serve"])
def test_bad_folders_that_are_read_only_are_refused(
    tmp_path: Path, records: Path, command: str
) -> None:
    data = tmp_path / "data"
    arguments = f"ingest {records}" if command == "ingest" else "serve --port 0"
    prepare = (
        'mkdir "$data" && mount -t tmpfs tmpfs "$data" && mount -o remount,ro "$data"'
        if _can_mount()
        else ': > "$data"'
    )
    done = _run(f'{prepare} || exit 9; ecoduct {arguments}; c=$?; ls -A "$data"; exit $c', data)
    assert done.returncode == 1, done.stderr
    _assert_plain(done.stderr, "choose another folder with --data")
    assert done.stdout in ("", f"{data}\n")


@pytest.mark.slow
def test_bad_folders_that_are_read_only_can_be_read(tmp_path: Path, records: Path) -> None:
    data = tmp_path / "data"
    with open_store(DataFolder(data)) as store:
        store.put_graph("https://data.test/g", b'<https://a.test> <https://b.test> "1" .\n')
    state = IngestState(DataFolder(data).state)
    state.save_item(ItemRow("a", "", Versions("p", "v", "g"), "failed", "because"))
    state.close()
    lock = 'mount --bind "$data" "$data" && mount -o remount,bind,ro "$data" || exit 9; '
    script = f"{lock if _can_mount() else ''}ecoduct info && echo 'ASK {{ }}' | ecoduct query -"
    done = _run(script, data)
    assert done.returncode == 0, done.stderr
    assert "0 read whole, 1 failed wholly or in part" in done.stdout
    assert done.stdout.endswith("yes\n")


@pytest.mark.slow
def test_bad_folders_that_are_full_are_left_whole(tmp_path: Path, records: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    ingest = f"ecoduct ingest {records}"
    mounts = _can_mount()
    full = (
        f'mount -t tmpfs -o size=4m tmpfs "$data" || exit 9; {ingest}'
        if mounts
        else f"(ulimit -f 1000; {ingest})"
    )
    more = 'mount -o remount,size=1g "$data" || exit 9; ' if mounts else ""
    done = _run(f"{full}; echo first $?; ecoduct info; {more}{ingest}; echo then $?", data)
    first, then = done.stderr.splitlines()[0], done.stderr.splitlines()[-1]
    _assert_plain(first, "free some space and start again", "raise the limit on file sizes")
    assert "first 1\n" in done.stdout
    assert "documents:      3 ingested" not in done.stdout
    assert done.stdout.endswith("then 0\n")
    assert "3 ingested, 0 unchanged, 0 retired, 0 failed" in then


@pytest.mark.slow
def test_bad_folders_that_have_no_byte_left_are_refused(tmp_path: Path, records: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    script = f"(ulimit -f 0; ecoduct ingest {records})"
    if _can_mount():
        fill = 'mount -t tmpfs -o size=64k tmpfs "$data" || exit 9; cat /dev/zero > "$data/filler"'
        script = f"{fill} 2> /dev/null; ecoduct ingest {records}"
    done = _run(script, data)
    assert done.returncode == 1, done.stderr
    _assert_plain(done.stderr, "free some space", "raise the limit on file sizes")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_bad_folders_without_room_for_the_lookup_are_told_of_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Elk bridges\n\nElk cross a bridge.\n")
    data = tmp_path / "data"
    monkeypatch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: {})
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(9 << 20, 8 << 20, 1 << 20))

    def build(*arguments: object, **options: object) -> None:
        pytest.fail("the work began")

    monkeypatch.setattr("ontology.gazetteer.lookup.build_lookup", build)
    result = CliRunner().invoke(cli, ["--data", str(data), command, str(text)])
    assert isinstance(result.exception, OntologyError), result.exception
    assert "only 1 MB are free; free some space" in str(result.exception)
    assert list(data.glob("gazetteer-*")) == []


def test_bad_folders_that_fill_up_below_sqlite_say_what_to_do(tmp_path: Path) -> None:
    database = Database(tmp_path / "texts.sqlite", "CREATE TABLE IF NOT EXISTS t (x TEXT)")
    with database.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 4")
    with (
        pytest.raises(StoreUnavailableError, match=r"texts\.sqlite: the disk is full; free some"),
        database.transaction() as connection,
    ):
        connection.execute("INSERT INTO t VALUES (?)", ("x" * 100_000,))
    with database.transaction() as connection:
        assert connection.execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    database.close()


def test_bad_folders_info_counts_files_that_failed(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no record\n")
    data = tmp_path / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: {})
        result = CliRunner().invoke(cli, ["--data", str(data), "ingest", str(bad)])
    assert result.exit_code == 1
    assert "1 failed" in result.output
    shown = CliRunner().invoke(cli, ["--data", str(data), "info"]).output
    assert "files:          0 read whole, 1 failed wholly or in part\n" in shown


def test_bad_folders_apart_a_busy_server_is_quiet() -> None:
    logger = logging.getLogger("waitress.queue")
    before = logger.level
    quiet_queue()
    assert not logger.isEnabledFor(logging.WARNING)
    assert logger.isEnabledFor(logging.ERROR)
    logger.setLevel(before)
