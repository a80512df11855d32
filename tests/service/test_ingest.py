"""Ingestion over real stores and processes, fed with generated records and small texts."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from extract.bench.generator import generate_extractions
from extract.records import extraction_to_json
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.extraction import ExtractionSettings, Extractor, Outcome, Task
from service.ingest.run import IngestReport, IngestRun
from service.ingest.state import IngestState
from service.ingest.versions import Versions
from service.store.embedded import EmbeddedStore
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.reading import SnapshotReader
from service.store.texts import TextStore

RUNS = Minter().service_graph("runs")
NQUADS = "application/n-quads"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
THREATS = f'<https://w3id.org/ecoduct/threat/4.1> {LABEL} "Roads"@en .\n'.encode()


class InProcess:
    """Extract in this process, where a test is not about processes."""

    def __init__(self, settings: ExtractionSettings, **_: float) -> None:
        self._extractor = Extractor(settings)

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        return map(self._extractor.process, tasks)

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def small_and_steady(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load one small vocabulary, and let no edit of a file during the test make things stale."""
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setattr("service.ingest.run.ExtractionPool", InProcess)
    threats = {Minter().vocabulary_graph("threats"): THREATS}
    monkeypatch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: threats)
    versions = Versions("pipeline", "vocabulary", "gazetteer")
    monkeypatch.setattr("service.ingest.run.current_versions", lambda settings: versions)


def write_records(path: Path, count: int, *, seed: int = 1, shuffle: int | None = None) -> Path:
    records = generate_extractions(count, seed=seed, minter=Minter())
    lines = [extraction_to_json(record) + "\n" for record in records]
    if shuffle is not None:
        random.Random(shuffle).shuffle(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def ingest(data: Path, *paths: Path, workers: int = 1) -> IngestReport:
    settings = Settings(data_dir=data)
    with open_store(DataFolder(data)) as store:
        return IngestRun(settings, store, workers=workers).ingest(paths)


def export(data: Path) -> bytes:
    reader = SnapshotReader(DataFolder(data).snapshots)
    exported = b"".join(reader.export(media_type=NQUADS, leave_out=(RUNS,)))
    reader.close()
    return exported


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_ingest_passes_over_what_has_not_changed(tmp_path: Path) -> None:
    records = write_records(tmp_path / "in" / "a.jsonl", 3)
    assert ingest(tmp_path / "data", records) == IngestReport(ingested=3)
    before = export(tmp_path / "data")
    assert ingest(tmp_path / "data", tmp_path / "in") == IngestReport(unchanged=3)
    assert export(tmp_path / "data") == before
    assert before.count(b"ontology#CaseStudy> <https://w3id.org/ecoduct/graph/generated-") == 3


def test_ingest_replaces_what_changed_and_retires_what_is_gone(tmp_path: Path) -> None:
    data, fresh = tmp_path / "data", tmp_path / "fresh"
    records = write_records(tmp_path / "a.jsonl", 4)
    ingest(data, records)
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = lines[1].replace('"rule":"generator"', '"rule":"generator 2"')
    records.write_text("".join([lines[0], changed, lines[3]]), encoding="utf-8")
    report = ingest(data, records)
    assert report == IngestReport(ingested=int(changed != lines[1]), unchanged=2, retired=1)
    ingest(fresh, records)
    assert export(data) == export(fresh)
    assert TextStore(DataFolder(data).texts).case_study("generated-1-000002") is None


@pytest.mark.slow
def test_ingest_gives_equal_bytes_for_any_order_and_number_of_workers(tmp_path: Path) -> None:
    first = write_records(tmp_path / "one" / "a.jsonl", 12)
    second = write_records(tmp_path / "two" / "a.jsonl", 12, shuffle=5)
    ingest(tmp_path / "d1", first, workers=1)
    ingest(tmp_path / "d2", second, workers=2)
    assert export(tmp_path / "d1") == export(tmp_path / "d2")


def test_ingest_keeps_the_same_of_two_documents_with_one_name(tmp_path: Path) -> None:
    first = write_records(tmp_path / "a.jsonl", 2, seed=1)
    text = write_records(tmp_path / "b.jsonl", 2, seed=2).read_text(encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(text.replace("generated-2-", "generated-1-"), "utf-8")
    forth = ingest(tmp_path / "d1", first, tmp_path / "b.jsonl")
    assert (forth.ingested, forth.unchanged) == (2, 2)
    ingest(tmp_path / "d2", tmp_path / "b.jsonl", first)
    assert export(tmp_path / "d1") == export(tmp_path / "d2")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"\xff\xfe\n", "line 3: not an extraction record"),
        (b"{}\n", "line 3: not an extraction record"),
        (b'{"id": "x"}\n', "not an extraction record: KeyError"),
    ],
)
def test_ingest_lists_records_that_are_none_and_goes_on(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    bad, good = write_records(tmp_path / "a.jsonl", 2), write_records(tmp_path / "b.jsonl", 2)
    bad.write_bytes(bad.read_bytes() + line)
    good.write_text(good.read_text("utf-8").replace("generated-1-", "generated-9-"), "utf-8")
    report = ingest(tmp_path / "data", tmp_path / "missing.md", bad, good)
    assert report.ingested == 4
    assert report.failed[0][0] == str(tmp_path / "missing.md")
    assert reason in report.failed[1][1]
    state = IngestState(DataFolder(tmp_path / "data").state)
    assert any(reason in why for _, why in state.failed())
    state.close()


def test_ingest_publishes_no_graph_that_violates_a_shape(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 2)
    lines = records.read_text("utf-8").splitlines(keepends=True)
    bad = lines[0].replace('"checksum":"sha256:', '"checksum":"md5:')
    records.write_text(bad + lines[1], "utf-8")
    report = ingest(tmp_path / "data", records)
    assert (report.ingested, len(report.failed)) == (1, 1)
    assert report.failed[0][1].startswith("violates the shapes: ")
    assert b"graph/generated-1-000000>" not in export(tmp_path / "data")
    records.write_text("".join(lines), "utf-8")
    assert ingest(tmp_path / "data", records) == IngestReport(ingested=1, unchanged=1)


def test_ingest_forgets_a_state_that_is_of_another_store(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 2)
    ingest(tmp_path / "data", records)
    subprocess.run(["rm", "-r", tmp_path / "data/store", tmp_path / "data/snapshots"], check=True)
    assert ingest(tmp_path / "data", records) == IngestReport(ingested=2)


def test_ingest_keeps_the_text_with_its_rights(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 1)
    ingest(tmp_path / "data", records)
    texts = TextStore(DataFolder(tmp_path / "data").texts)
    (extraction,) = generate_extractions(1, seed=1, minter=Minter())
    case_study = texts.case_study(extraction.id)
    assert case_study is not None
    assert (case_study.text, case_study.blocks) == (extraction.text, extraction.blocks)
    assert case_study.source.display == "full"
    assert texts.case_study(extraction.id, "sha256:0") is None
    texts.close()


def test_ingest_loads_vocabularies_once_and_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = write_records(tmp_path / "a.jsonl", 1)
    ingest(tmp_path, records)
    threats = Minter().vocabulary_graph("threats")
    others = {Minter().vocabulary_graph("other"): THREATS}
    monkeypatch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: others)
    ingest(tmp_path, records)
    assert f"<{threats}>".encode() in export(tmp_path)
    versions = Versions("pipeline", "vocabulary 2", "gazetteer")
    monkeypatch.setattr("service.ingest.run.current_versions", lambda settings: versions)
    assert ingest(tmp_path, records) == IngestReport(ingested=1)
    assert f"<{threats}>".encode() not in export(tmp_path)
    assert THREATS.decode()[:-2] in export(tmp_path).decode()


def test_ingest_notes_runs_in_their_own_graph(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 1)
    with open_store(DataFolder(tmp_path)) as store:
        IngestRun(Settings(data_dir=tmp_path), store).ingest([records])
        runs = b"".join(store.get_graph(RUNS)).decode()
    for text in ("startedAtTime", "endedAtTime", "ingestedCount", "graph/generated-1-000000>"):
        assert runs.count(text) == 1


SMALL_BATCHES = """
import service.ingest.batches
service.ingest.batches.MOST, service.ingest.batches.SECONDS = 8, 0.3
from service.cli import main
main()
"""
"""Writes often, so that kills fall between writes and within them."""


def start_ingest(data: Path, *arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SMALL_BATCHES, "--data", data, "ingest", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def documents(data: Path) -> int:
    state = IngestState(DataFolder(data).state)
    try:
        return state.count("done")
    finally:
        state.close()


@pytest.mark.slow
def test_ingest_survives_ten_kills_at_random_moments(tmp_path: Path) -> None:
    """Kill before the first record, between batches and within them, wherever the delay falls."""
    count = 160
    records = write_records(tmp_path / "a.jsonl", count)
    data = tmp_path / "data"
    DataFolder(data).prepare()
    dice = random.Random(7)
    moments: list[int] = []
    for turn in range(10):
        wanted = documents(data) + dice.choice((0, 1)) if turn else 0
        with start_ingest(data, records, "--workers", "1") as process:

            def reached(wanted: int = wanted, end: Callable[[], int | None] = process.poll) -> bool:
                return documents(data) >= wanted or end() is not None

            assert eventually(reached, 240)
            time.sleep(dice.uniform(0.0, 0.6))
            process.kill()
        moments.append(documents(data))
    assert moments == sorted(moments) and moments[0] < moments[-1] < count
    for folder, unchanged in ((data, moments[-1]), (tmp_path / "fresh", 0)):
        with start_ingest(folder, records) as process:
            _, messages = process.communicate(timeout=240)
        assert f"{count - unchanged} ingested, {unchanged} unchanged".encode() in messages
    assert export(data) == export(tmp_path / "fresh")


@pytest.mark.slow
def test_ingest_lists_a_document_that_ends_its_process(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 60)
    with open_store(DataFolder(tmp_path / "data")) as store:
        run = IngestRun(Settings(data_dir=tmp_path / "data"), store, workers=2)
        killed = []

        class Killer:
            def expect(self, count: int) -> None: ...

            def advance(self, count: int) -> None:
                if not killed:
                    killed.append(run.pool.pids()[0])
                    os.kill(killed[0], signal.SIGKILL)

        run = IngestRun(Settings(data_dir=tmp_path / "data"), store, workers=2, progress=Killer())
        report = run.ingest([records])
    assert (report.ingested, len(report.failed)) in ((59, 1), (60, 0))
    assert all("the extraction process ended" in reason for _, reason in report.failed)
    ingest(tmp_path / "data", records)
    assert documents(tmp_path / "data") == 60


@pytest.mark.slow
def test_ingest_reads_texts_alike_with_one_and_two_workers(
    tmp_path: Path, gazetteer_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    names = ("Panthera onca", "Ursus arctos", "Gyps fulvus", "Caretta caretta")
    for number, name in enumerate(names):
        body = f"Help for {name}\n\nThe project protects {name} in Kenya. Roads are a threat.\n"
        (texts / f"{number}.txt").write_text(body, encoding="utf-8")
    (texts / "empty.md").write_bytes(b"")
    (texts / "binary.md").write_bytes(bytes(range(256)))
    for data, workers in ((tmp_path / "d1", 1), (tmp_path / "d2", 2)):
        data.mkdir()
        (data / gazetteer_path.name).symlink_to(gazetteer_path, target_is_directory=True)
        paths = [texts] if workers == 1 else sorted(texts.iterdir(), reverse=True)
        report = ingest(data, *paths, workers=workers)
        assert report.ingested == 4
        assert sorted(Path(key).name for key, _ in report.failed) == ["binary.md", "empty.md"]
    assert export(tmp_path / "d1") == export(tmp_path / "d2")


@pytest.mark.slow
def test_ingest_goes_through_a_running_owner(tmp_path: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", 2)
    with open_store(DataFolder(tmp_path)) as owner:
        assert isinstance(owner, EmbeddedStore)
        process = start_ingest(tmp_path, records)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert owner.stats().graphs > 2
    assert documents(tmp_path) == 2
