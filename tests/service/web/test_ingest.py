"""Posting texts, and the page of runs and failures."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Settings
from service.ingest.inbox import Inbox
from service.ingest.state import IngestState, ItemRow
from service.ingest.versions import Versions
from service.sparql.access import WriteAccess
from service.store.folder import DataFolder
from service.store.operations import Operation
from service.store.tokens import TokenStore
from tests.service.conftest import MemoryReader, MemoryTexts

TEXT = b"# A corridor\n\nA road was closed.\n"


class NoWriter:
    def write(self, operation: Operation) -> str:
        raise AssertionError(operation)

    def close(self) -> None: ...


class Posting:
    """An application with tokens over a data folder."""

    def __init__(self, data: Path, reader: MemoryReader, texts: MemoryTexts) -> None:
        tokens = TokenStore(data / "tokens.sqlite")
        self.settings = Settings(data_dir=data, upload_mb=1)
        self.posted = 0
        self.ingest = {"Authorization": f"Bearer {tokens.add('in', ['ingest'])}"}
        self.curate = {"Authorization": f"Bearer {tokens.add('cur', ['curate'])}"}
        app = create_app(
            self.settings,
            reader,
            texts,
            access=WriteAccess(NoWriter(), tokens),
            posted=self.count,
        )
        self.client: FlaskClient = app.test_client()
        self.inbox = DataFolder(data).inbox

    def count(self) -> None:
        self.posted += 1


@pytest.fixture
def posting(
    tmp_path: Path, memory_reader: MemoryReader, memory_texts: MemoryTexts
) -> Iterator[Posting]:
    yield Posting(tmp_path, memory_reader, memory_texts)


def test_ingest_takes_nothing_without_the_right_token(posting: Posting) -> None:
    assert posting.client.post("/ingest", data=TEXT).status_code == 401
    assert posting.client.post("/ingest", data=TEXT, headers=posting.curate).status_code == 403
    assert posting.client.get("/ingest/jobs/a.md").status_code == 401
    assert not posting.inbox.exists() and posting.posted == 0


def test_ingest_keeps_what_is_posted_and_tells_how_it_stands(posting: Posting) -> None:
    answer = posting.client.post(
        "/ingest?name=My corridor.md", data=TEXT, headers=posting.ingest, content_type="text/plain"
    )
    assert (answer.status_code, answer.json) == (
        202,
        {"job": "my-corridor.md", "status": "/ingest/jobs/my-corridor.md"},
    )
    assert (posting.inbox / "my-corridor.md").read_bytes() == TEXT
    assert posting.posted == 1
    status = posting.client.get(answer.headers["Location"], headers=posting.ingest)
    assert status.json is not None and status.json["state"] == "waiting"
    state = IngestState(DataFolder(posting.settings.data_dir).state)
    path = str((posting.inbox / "my-corridor.md").resolve())
    state.save_item(ItemRow(path, "f", Versions("p", "v", "g"), "failed", f"{path}: no title"))
    state.close()
    status = posting.client.get(answer.headers["Location"], headers=posting.ingest)
    assert status.json == {
        "job": "my-corridor.md",
        "state": "failed",
        "reason": "my-corridor.md: no title",
        "caseStudies": [],
    }


def test_ingest_names_by_content_and_takes_forms(posting: Posting) -> None:
    jobs = set()
    for _ in range(2):
        answer = posting.client.post(
            "/ingest", data=TEXT, headers=posting.ingest, content_type="text/markdown"
        )
        assert answer.json is not None
        jobs.add(answer.json["job"])
    assert len(jobs) == 1 and jobs.pop().endswith(".md")
    form = {"file": (io.BytesIO(TEXT), "../../etc/pass wd.md")}
    answer = posting.client.post("/ingest", data=form, headers=posting.ingest)
    assert answer.json is not None and answer.json["job"] == "pass-wd.md"
    assert posting.client.post(
        "/ingest", data={}, headers=posting.ingest, content_type="multipart/form-data"
    ).status_code in (400, 415)


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"", "text/markdown", 415),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png", 415),
        (b"\x7fELF" + bytes(200), "text/plain", 415),
        (b"x" * (2 << 20), "text/plain", 413),
    ],
)
def test_ingest_refuses_what_no_reader_takes(
    posting: Posting, data: bytes, content_type: str, status: int
) -> None:
    answer = posting.client.post(
        "/ingest", data=data, headers=posting.ingest, content_type=content_type
    )
    assert answer.status_code == status
    assert posting.posted == 0


@pytest.mark.parametrize("job", ["none.md", ".hidden", "..%2Ftokens.sqlite"])
def test_ingest_tells_nothing_of_other_files(posting: Posting, job: str) -> None:
    assert posting.client.get(f"/ingest/jobs/{job}", headers=posting.ingest).status_code == 404


def test_ingest_shows_failures_without_folders_and_escapes_them(posting: Posting) -> None:
    state = IngestState(DataFolder(posting.settings.data_dir).state)
    versions = Versions("p", "v", "g")
    reason = "/srv/secret/<img src=x onerror=alert(1)>.md: no title"
    state.save_item(
        ItemRow("/srv/secret/<img src=x onerror=alert(1)>.md", "f", versions, "failed", reason)
    )
    state.close()
    page = posting.client.get("/ingest").text
    assert "&lt;img src=x onerror=alert(1)&gt;.md" in page and "no title" in page
    assert "<img src=x" not in page and "/srv/secret" not in page
    assert "Nothing has been ingested yet." in page


def test_ingest_inbox_replaces_by_name(tmp_path: Path) -> None:
    inbox = Inbox(Settings(data_dir=tmp_path))
    for text in (TEXT, TEXT + b"More.\n"):
        job = inbox.put(text, media_type="text/markdown", name="a.md")
    assert [path.name for path in DataFolder(tmp_path).inbox.iterdir()] == [job]
    assert (DataFolder(tmp_path).inbox / job).read_bytes() == TEXT + b"More.\n"
