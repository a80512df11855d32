"""A move of base, over real stores."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.bench.generator import generate_extractions
from extract.records import extraction_to_json
from ontology.namespaces import DEFAULT_BASE, Minter
from service.cli import cli
from service.config import Settings
from service.errors import ServiceError
from service.ingest.extraction import ExtractionSettings, Extractor
from service.ingest.run import IngestReport, IngestRun
from service.ingest.versions import Versions
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.reading import SnapshotReader
from service.store.rebasing import Rebasing, check_base

_NEW = "https://bio.example.net/kg/"
_REBASING = Rebasing(DEFAULT_BASE, _NEW)


class _InProcess:
    def __init__(self, settings: ExtractionSettings, **_: float) -> None:
        self._extractor = Extractor(settings)

    def run(self, tasks):
        return map(self._extractor.process, tasks)

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def small_and_steady(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.ingest.run.ExtractionPool", _InProcess)
    monkeypatch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: {})
    versions = Versions("pipeline", "vocabulary", "gazetteer")
    monkeypatch.setattr("service.ingest.run.current_versions", lambda settings: versions)


def _ingest(data: Path, records: Path, base: str) -> IngestReport:
    with open_store(DataFolder(data), base=base) as store:
        return IngestRun(Settings(data_dir=data, base=base), store, workers=1).ingest([records])


def _records(path: Path, base: str) -> Path:
    found = generate_extractions(6, seed=3, minter=Minter(base))
    path.write_text("".join(extraction_to_json(r) + "\n" for r in found), encoding="utf-8")
    return path


def _export(data: Path, base: str) -> bytes:
    reader = SnapshotReader(DataFolder(data).snapshots)
    runs = Minter(base).service_graph("runs")
    exported = b"".join(reader.export(media_type="application/n-quads", leave_out=(runs,)))
    reader.close()
    return exported


@pytest.mark.slow
def test_rebase_makes_what_ingestion_under_the_new_base_makes(tmp_path: Path) -> None:
    moved, fresh = tmp_path / "moved", tmp_path / "fresh"
    old = _records(tmp_path / "old.jsonl", DEFAULT_BASE)
    _ingest(moved, old, DEFAULT_BASE)
    arguments = ["--data", str(moved), "rebase", "--from", DEFAULT_BASE, "--to", _NEW]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    _ingest(fresh, _records(tmp_path / "new.jsonl", _NEW), _NEW)
    assert _export(moved, _NEW) == _export(fresh, _NEW)
    # What was ingested stays known, and a second move finds nothing to do.
    assert _ingest(moved, old, _NEW).unchanged == 6
    assert "0 graphs moved" in CliRunner().invoke(cli, arguments).output


def test_rebase_turns_terms_and_leaves_texts_alone() -> None:
    lines = (
        f"<{DEFAULT_BASE}solution/x> <https://w3id.org/ecoduct/ontology#addressesThreat> "
        f"<{DEFAULT_BASE}threat/4.1> .\n"
        f"<{DEFAULT_BASE}solution/x> <http://www.w3.org/2000/01/rdf-schema#label> "
        f'"see <{DEFAULT_BASE}threat/4.1>"@en .\n'
        f'<{DEFAULT_BASE}dataset> <http://rdfs.org/ns/void#uriSpace> "{DEFAULT_BASE}" .\n'
    ).encode()
    assert _REBASING.lines(lines).decode().splitlines() == [
        f"<{_NEW}solution/x> <https://w3id.org/ecoduct/ontology#addressesThreat> "
        f"<{_NEW}threat/4.1> .",
        f"<{_NEW}solution/x> <http://www.w3.org/2000/01/rdf-schema#label> "
        f'"see <{DEFAULT_BASE}threat/4.1>"@en .',
        f'<{_NEW}dataset> <http://rdfs.org/ns/void#uriSpace> "{_NEW}" .',
    ]


@pytest.mark.parametrize("base", ["bio.example", "https://bio.example", "https://a b/", "urn:x/"])
def test_rebase_refuses_what_is_no_base(base: str) -> None:
    with pytest.raises(ServiceError, match=r"slash|no base"):
        check_base(base)


def test_rebase_says_where_there_is_nothing_to_move(tmp_path: Path) -> None:
    arguments = ["--data", str(tmp_path), "rebase", "--from", DEFAULT_BASE, "--to", _NEW]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code != 0
    assert "nothing to move" in str(done.exception or done.output)
