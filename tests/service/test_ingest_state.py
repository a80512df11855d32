"""What ingestion remembers: listings, failures, likeness, versions; and runs that only look."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.documents import Block, CaseStudy, Source
from corpus.errors import CorpusError, FetchError, GoneError, ListingError
from corpus.sources.protocol import Fetched, SourceItem
from extract.records import Extraction, Statement
from extract.review.decisions import decide
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.extraction import ExtractionSettings, Extractor, Outcome, Task
from service.ingest.failures import list_failures
from service.ingest.origins import Listed
from service.ingest.report import IngestReport
from service.ingest.run import IngestRun
from service.ingest.selection import Selection
from service.ingest.versions import Versions
from service.queries import GraphData
from service.records.run_list import list_runs
from service.review.decisions import DecisionStore
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.reading import SnapshotReader

MINTER = Minter()
RUNS = MINTER.service_graph("runs")
WORDS = "The rangers of the valley keep the river clean and the elk come back every spring. "
LONG = WORDS + " ".join(f"Year {n} brought {n * 7} elk to the {n}th ford." for n in range(40))


@dataclass
class Shelf:
    """A source in memory: texts by key; errors where a text would be."""

    texts: dict[str, str | CorpusError] = field(default_factory=dict)
    name: str = "shelf"
    complete: bool = True
    breaks_off: bool = False
    fetched: int = 0
    versions: bool = True

    def list_items(self) -> Iterator[SourceItem]:
        for key, text in self.texts.items():
            yield SourceItem(key, version=str(hash(text)) if self.versions else "")
        if self.breaks_off:
            raise ListingError("shelf: the list breaks off")

    def fetch(self, item: SourceItem) -> Fetched:
        self.fetched += 1
        text = self.texts[item.key]
        if isinstance(text, CorpusError):
            raise text
        return Fetched(item, text.encode(), Source(f"{item.key}.txt", "", "text/plain"))


class PlainReader:
    """Read in this process; the first line is the title."""

    def __init__(self, **_: object) -> None: ...

    def read(self, fetched: Fetched) -> tuple[CaseStudy, ...]:
        text = fetched.data.decode()
        if not text.strip():
            raise CorpusError(f"{fetched.source.file}: the file is empty")
        title = text.split("\n")[0]
        blocks = (Block(0, len(title), "title"), Block(len(title) + 2, len(text), "prose"))
        name = fetched.item.key
        return (CaseStudy(name, title, "en", text, blocks, (), fetched.source),)

    def close(self) -> None: ...


class PlainPool:
    """Extract next to nothing, in this process; a text with 'crash' in it ends the process."""

    def __init__(self, settings: ExtractionSettings, **_: float) -> None:
        self.extractor = Extractor(settings)
        self.extractor._pipeline = self  # type: ignore[assignment]

    def extract(self, study: CaseStudy) -> Extraction:
        iri = MINTER.case_study(study.id)
        threat = Statement(iri, "addressesThreat", MINTER.threat("4.1"), 0.9, rule="t:1")
        start = study.text.index("\n\n") + 2
        statements = (replace(threat, evidence=((start, len(study.text)),)),)
        return Extraction(
            study.id, iri, study.title, study.lang, study.text, study.source,
            MINTER.solution(study.id), blocks=study.blocks,
            statements=statements if "road" in study.text else (),
        )  # fmt: skip

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            assert isinstance(task.payload, CaseStudy)
            if "crash" in task.payload.text:
                yield Outcome(task, reason="the extraction process ended on it (-9)", passing=True)
            else:
                yield self.extractor.process(task)

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.ingest.run.ExtractionPool", PlainPool)
    monkeypatch.setattr("service.ingest.run.ReadingProcess", PlainReader)
    monkeypatch.setattr("service.ingest.run.ensure_lookup", lambda folder: folder)
    monkeypatch.setattr("service.ingest.run.vocabulary_graphs", lambda minter: {})
    set_versions(monkeypatch, "1")


def set_versions(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    versions = Versions(f"p{number}", "v", "g")
    monkeypatch.setattr("service.ingest.run.current_versions", lambda settings: versions)


def ingest(
    data: Path,
    shelf: Shelf,
    *,
    grace: float = 0.0,
    selection: Selection | None = None,
    show: Callable[[str], None] | None = None,
) -> IngestReport:
    settings = Settings(data_dir=data, grace_days=grace)
    with open_store(DataFolder(data)) as store:
        run = IngestRun(settings, store, selection=selection or Selection(), show=show)
        return run.carry_out(run.tasks.of_origins([Listed(shelf)]), [shelf.name])


def text(title: str, body: str = "A road was closed.") -> str:
    return f"{title}\n\n{body}"


def export(data: Path, *, runs: bool = False) -> str:
    reader = SnapshotReader(DataFolder(data).snapshots)
    leave_out = () if runs else (RUNS,)
    quads = b"".join(reader.export(media_type="application/n-quads", leave_out=leave_out))
    reader.close()
    return quads.decode()


def test_ingest_state_passes_over_by_version_without_fetching(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B")})
    assert ingest(tmp_path, shelf) == IngestReport(ingested=2)
    assert ingest(tmp_path, shelf) == IngestReport(unchanged=2)
    assert shelf.fetched == 2
    shelf.versions = False
    assert ingest(tmp_path, shelf) == IngestReport(unchanged=2)
    assert shelf.fetched == 4


def test_ingest_state_retires_what_is_gone_after_the_grace_period(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B")})
    ingest(tmp_path, shelf)
    del shelf.texts["b"]
    assert ingest(tmp_path, shelf, grace=1.0) == IngestReport(unchanged=1)
    assert "case-study/b>" in export(tmp_path)
    assert ingest(tmp_path, shelf) == IngestReport(unchanged=1, retired=1)
    assert "case-study/b>" not in export(tmp_path)
    stones = [q for q in export(tmp_path, runs=True).splitlines() if "wasInvalidatedBy" in q]
    for name in ("graph/b>", "case-study/b>", "solution/b>"):
        assert any(q.startswith(f"<{MINTER.base}{name}") for q in stones)
    shelf.texts["b"] = text("B")
    assert ingest(tmp_path, shelf) == IngestReport(ingested=1, unchanged=1)


def test_ingest_state_keeps_what_comes_back_within_the_grace_period(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A")})
    ingest(tmp_path, shelf)
    shelf.texts = {}
    ingest(tmp_path, shelf, grace=1.0)
    shelf.texts = {"a": text("A")}
    assert ingest(tmp_path, shelf, grace=1.0) == IngestReport(unchanged=1)
    shelf.texts = {}
    # Missing since now, not since the first time.
    assert ingest(tmp_path, shelf, grace=0.001) == IngestReport()


@pytest.mark.parametrize("kind", ["breaks off", "feed", "since", "limit"])
def test_ingest_state_retires_nothing_after_a_list_that_is_not_whole(
    tmp_path: Path, kind: str
) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B")})
    ingest(tmp_path, shelf)
    del shelf.texts["b"]
    shelf.breaks_off, shelf.complete = kind == "breaks off", kind != "feed"
    selection = Selection(
        since=datetime.now(UTC) if kind == "since" else None, limit=5 if kind == "limit" else None
    )
    report = ingest(tmp_path, shelf, selection=selection)
    assert report.retired == 0
    assert len(report.failed) == (kind == "breaks off")
    assert "case-study/b>" in export(tmp_path)


def test_ingest_state_retires_items_that_answer_gone(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B")}, versions=False)
    ingest(tmp_path, shelf)
    shelf.texts["b"] = GoneError("b: 410")
    assert ingest(tmp_path, shelf) == IngestReport(unchanged=1, retired=1)


def test_ingest_state_keeps_an_item_that_another_source_lists(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(text("A"), "utf-8")
    data = tmp_path / "data"
    settings = Settings(data_dir=data, grace_days=0.0)
    for sources in ([path.parent], [path], [path.parent]):
        with open_store(DataFolder(data)) as store:
            report = IngestRun(settings, store).ingest(sources)
        assert report.ingested + report.unchanged == 1
    path.unlink()
    with open_store(DataFolder(data)) as store:
        assert IngestRun(settings, store).ingest([path.parent]).retired == 0
    assert "CaseStudy" in export(data)


def test_ingest_state_does_not_extract_again_what_failed_and_has_not_changed(
    tmp_path: Path,
) -> None:
    shelf = Shelf({"a": text("A"), "empty": " "})
    first = ingest(tmp_path, shelf)
    assert (first.ingested, len(first.failed)) == (1, 1)
    assert ingest(tmp_path, shelf) == IngestReport(unchanged=1, failed_before=1)
    (failure,) = list_failures(Settings(data_dir=tmp_path))
    assert (failure.kind, failure.key, failure.sources) == ("item", "shelf empty", ("shelf",))
    assert "the file is empty" in failure.reason
    retry = Selection(keys=frozenset({"shelf empty"}), retry=True)
    assert len(ingest(tmp_path, shelf, selection=retry).failed) == 1
    shelf.texts["empty"] = text("No more")
    assert ingest(tmp_path, shelf).ingested == 1
    assert list_failures(Settings(data_dir=tmp_path)) == ()


def test_ingest_state_tries_again_three_times_what_ends_its_process(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B", "A crash.")})
    counts = [len(ingest(tmp_path, shelf).failed) for _ in range(5)]
    assert counts == [1, 1, 1, 0, 0]
    (failure,) = list_failures(Settings(data_dir=tmp_path))
    assert failure.kind == "document" and "ended on it" in failure.reason


def test_ingest_state_tries_again_what_could_not_be_fetched(tmp_path: Path) -> None:
    shelf = Shelf({"a": FetchError("a: 503")})
    assert [len(ingest(tmp_path, shelf).failed) for _ in range(5)] == [1] * 5
    shelf.texts["a"] = text("A")
    assert ingest(tmp_path, shelf).ingested == 1


def test_ingest_state_keeps_the_last_good_graph_of_what_fails_now(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A")})
    ingest(tmp_path, shelf)
    before = export(tmp_path)
    shelf.texts["a"] = ""
    assert len(ingest(tmp_path, shelf).failed) == 1
    assert export(tmp_path) == before


def test_ingest_state_stops_at_the_limit_and_goes_on_after_it(tmp_path: Path) -> None:
    shelf = Shelf({name: text(name.upper()) for name in "abcde"})
    limited = Selection(limit=2)
    assert ingest(tmp_path, shelf, selection=limited) == IngestReport(ingested=2)
    assert ingest(tmp_path, shelf, selection=limited) == IngestReport(ingested=2, unchanged=2)
    assert ingest(tmp_path, shelf) == IngestReport(ingested=1, unchanged=4)


def test_ingest_state_takes_only_what_changed_since(tmp_path: Path) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    folder.mkdir()
    for name, day in (("old", 1), ("new", 20)):
        (folder / f"{name}.txt").write_text(text(name), "utf-8")
        stamp = datetime(2026, 3, day, tzinfo=UTC).timestamp()
        os.utime(folder / f"{name}.txt", (stamp, stamp))
    since = Selection(since=datetime(2026, 3, 10, tzinfo=UTC))
    with open_store(DataFolder(data)) as store:
        run = IngestRun(Settings(data_dir=data), store, selection=since)
        assert run.ingest([folder]) == IngestReport(ingested=1)


def test_ingest_state_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B"), "c": text("C")})
    ingest(tmp_path, shelf)
    before = export(tmp_path, runs=True)
    shelf.texts |= {"a": text("A", "A path was closed."), "d": text("D")}
    del shelf.texts["b"]
    lines: list[str] = []
    report = ingest(tmp_path, shelf, show=lines.append)
    assert (report.ingested, report.unchanged, report.retired) == (2, 1, 1)
    threat = f"<{MINTER.base}ontology#addressesThreat> <{MINTER.threat('4.1')}> ."
    for mark, name in (("-", "a"), ("-", "b"), ("+", "d")):
        assert f"{mark} <{MINTER.solution(name)}> {threat}" in lines
    assert not any("solution/c>" in line for line in lines)
    assert export(tmp_path, runs=True) == before
    assert ingest(tmp_path, shelf) == report


def test_ingest_state_makes_one_solution_of_like_texts_in_any_order(tmp_path: Path) -> None:
    near = LONG.replace("Year 3 ", "Season 3 ")
    texts = {"b": text("Elk", LONG), "a": text("Elk", near), "x": text("Other", "A road.")}
    exports = []
    for number, order in enumerate(("abx", "xba", "bxa")):
        data = tmp_path / str(number)
        for name in order:
            ingest(data, Shelf({name: texts[name]}, name=f"shelf {name}"))
        exports.append(export(data))
    assert exports[0] == exports[1] == exports[2]
    assert (
        f"<{MINTER.case_study('b')}> <{MINTER.base}ontology#describes> <{MINTER.solution('a')}>"
        in (exports[0])
    )
    links = MINTER.service_graph("links")
    replaced = f"<{MINTER.solution('b')}> <http://purl.org/dc/terms/isReplacedBy>"
    assert f"{replaced} <{MINTER.solution('a')}> <{links}> ." in exports[0]
    assert f"<{MINTER.solution('x')}>" in exports[0]


def test_ingest_state_parts_solutions_again_when_texts_differ(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("Elk", LONG), "b": text("Elk", LONG)})
    ingest(tmp_path / "data", shelf)
    assert "isReplacedBy" in export(tmp_path / "data")
    shelf.texts["b"] = text("Elk", "Nothing of the kind.")
    ingest(tmp_path / "data", shelf)
    ingest(tmp_path / "fresh", shelf)
    assert export(tmp_path / "data") == export(tmp_path / "fresh")
    assert "isReplacedBy" not in export(tmp_path / "data")


def test_ingest_state_keeps_assertions_and_decisions_when_solutions_merge(tmp_path: Path) -> None:
    curation = MINTER.service_graph("curation")
    shelf = Shelf({"b": text("Elk", LONG + " A road.")})
    ingest(tmp_path, shelf)
    (iri,) = {w for w in export(tmp_path).split() if "/assertion/b/" in w}
    decision = f'{iri} <{MINTER.base}ontology#reviewed> "yes" .\n'
    with open_store(DataFolder(tmp_path)) as store:
        store.put_graph(curation, decision.encode())
    shelf.texts["a"] = text("Elk", LONG + " A road.")
    ingest(tmp_path, shelf)
    quads = export(tmp_path)
    assert f"{iri} <{MINTER.base}ontology#assertedSubject> <{MINTER.solution('a')}>" in quads
    assert decision[:-3] in quads


def test_ingest_state_reingests_what_is_stale_from_kept_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B", "A path.")})
    ingest(tmp_path, shelf)

    def reingest() -> IngestReport:
        with open_store(DataFolder(tmp_path)) as store:
            return IngestRun(Settings(data_dir=tmp_path), store).reingest()

    assert reingest() == IngestReport()
    set_versions(monkeypatch, "2")
    before = export(tmp_path)
    assert reingest() == IngestReport(ingested=2)
    assert export(tmp_path) == before
    runs = export(tmp_path, runs=True)
    assert runs.count(f"prov#generated> <{MINTER.document_graph('a')}>") == 1
    assert reingest() == IngestReport()
    assert shelf.fetched == 2


def test_ingest_state_lists_runs_with_counts_versions_and_duration(tmp_path: Path) -> None:
    shelf = Shelf({"a": text("A"), "bad": ""})
    ingest(tmp_path, shelf)
    ingest(tmp_path, shelf)
    reader = SnapshotReader(DataFolder(tmp_path).snapshots)
    second, first = list_runs(GraphData(reader), MINTER)
    reader.close()
    assert (first.ingested, first.failed, first.unchanged, first.retired) == ("1", "1", "0", "0")
    assert (second.ingested, second.failed, second.unchanged) == ("0", "1", "1")
    assert (first.pipeline, first.sources) == ("p1", "shelf")
    assert float(first.duration) >= 0 and first.started < first.ended <= second.started
    assert timedelta(0) <= datetime.fromisoformat(first.ended) - datetime.fromisoformat(
        first.started
    )


def test_ingest_state_holds_to_decisions_when_stale_texts_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf({"a": text("A"), "b": text("B")})
    ingest(tmp_path, shelf)
    threat = f"<{MINTER.base}ontology#addressesThreat> <{MINTER.threat('4.1')}>"
    direct = {name: f"<{MINTER.solution(name)}> {threat}" for name in "ab"}
    assert all(line in export(tmp_path) for line in direct.values())
    settings = Settings(data_dir=tmp_path)
    reader = PlainReader()
    (study,) = reader.read(shelf.fetch(SourceItem("a")))
    extraction = PlainPool(ExtractionSettings(MINTER.base, 0.5, tmp_path)).extract(study)
    decisions = DecisionStore(DataFolder(tmp_path).decisions)
    decisions.save(decide(extraction, extraction.statements[0], "reject", MINTER))
    decisions.close()
    set_versions(monkeypatch, "2")
    with open_store(DataFolder(tmp_path)) as store:
        assert IngestRun(settings, store).reingest() == IngestReport(ingested=2)
    assert direct["a"] not in export(tmp_path) and direct["b"] in export(tmp_path)
