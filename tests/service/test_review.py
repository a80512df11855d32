"""Decisions of reviewers over a real data folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.evaluation.gold import read_gold
from extract.records import Mention, Statement
from extract.review.anchors import Anchor
from extract.review.decisions import Decision, Verdict
from ontology.namespaces import Minter
from service.cli import cli
from service.config import Settings
from service.ingest.state import IngestState
from service.review.decisions import DecisionStore
from service.review.desk import Desk
from service.store.folder import DataFolder

MINTER = Minter()
CURATION = MINTER.service_graph("curation")
TEXT = """# Tigers of the Terai

In Nepal, roads threaten the tiger. Poaching was stopped by patrols of rangers.

The World Wide Fund for Nature restored forest corridors for the tiger in Bardia National Park.
"""


def _decision(document: str, key: str = "k", verdict: Verdict = "reject") -> Decision:
    mention = Mention("m1", 3, 8, "tiger", "species", MINTER.taxon("tiger"), 0.9, "t")
    anchor = Anchor("tiger", "the", ".", 3)
    return Decision(key, document, verdict, (anchor,), mention=mention)


def test_review_store_keeps_decisions_apart_and_makes_no_file_before(tmp_path: Path) -> None:
    store = DecisionStore(tmp_path / "decisions.sqlite")
    assert store.decisions() == ()
    assert not (tmp_path / "decisions.sqlite").exists()
    one, other = _decision("a"), _decision("b")
    store.save(one)
    store.save(other)
    assert store.decisions() == (one, other)
    assert store.decisions("b") == (other,)
    then = _decision("a", "k2", "accept")
    store.save(then, instead_of=one)
    assert store.decisions("a") == (then,)
    store.remove(then)
    assert store.decisions("a") == ()
    store.close()


@pytest.fixture
def run(tmp_path: Path, gazetteer_path: Path) -> Callable[..., Result]:
    """Return a way to call commands on a data folder with one text in it."""
    data = tmp_path / "data"
    data.mkdir()
    (data / gazetteer_path.name).symlink_to(gazetteer_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "terai.md").write_text(TEXT, encoding="utf-8")

    def call(*arguments: str, text: str | None = None) -> Result:
        result = CliRunner().invoke(cli, ["--data", str(data), *arguments], input=text)
        assert result.exit_code == 0, (result.output, result.exception)
        return result

    call("ingest", str(tmp_path / "texts"))
    return call


def _document(data: Path) -> str:
    state = IngestState(DataFolder(data).state)
    (found,) = [row.id for row in state.all_documents()]
    state.close()
    return found


def _name_of(data: Path, document: str, predicate: str) -> tuple[str, str]:
    """Return the name of a statement of a predicate, and the IRI of its object."""
    desk = Desk(Settings(data_dir=data))
    for item in desk.items(document):
        if isinstance(item.found, Statement) and item.found.predicate == predicate:
            desk.close()
            return item.id, item.found.object
    raise AssertionError(predicate)


@pytest.mark.slow
def test_review_holds_through_ingesting_again(run: Callable[..., Result], tmp_path: Path) -> None:
    data, texts = tmp_path / "data", tmp_path / "texts"
    document = _document(data)
    solution = MINTER.solution(document)
    name, country = _name_of(data, document, "takesPlaceInCountry")
    direct = f"<{solution}> <{MINTER.base}ontology#takesPlaceInCountry> <{country}>"
    assertion = f"<{MINTER.assertion(*name.split('/'))}>"

    def quads() -> str:
        return run("export", "--format", "nquads", "--no-runs").output

    assert direct in quads()
    run("review", "reject", name, "--reviewer", "Ada", "--note", "not there")

    def rejected() -> bool:
        found = quads()
        marked = f"hasTarget> {assertion} <{CURATION}>" in found
        return (
            direct not in found
            and f"{assertion} <{MINTER.base}ontology#asserted" in found
            and marked
        )

    assert rejected()
    changed = TEXT.replace("Poaching was", "Years went by. Poaching was")
    (texts / "terai.md").write_text(changed, encoding="utf-8")
    run("ingest", str(texts))
    assert rejected()
    assert f"{name}\trejected" in run("review", "list", document).output
    run("backup", str(tmp_path / "backup"))
    assert (tmp_path / "backup" / "decisions.sqlite").is_file()
    run("review", "withdraw", name, "--later")
    assert f"{name}\topen" in run("review", "list", document).output


@pytest.mark.slow
def test_review_asks_corrects_and_exports(run: Callable[..., Result], tmp_path: Path) -> None:
    data = tmp_path / "data"
    document = _document(data)
    name, _ = _name_of(data, document, "takesPlaceInCountry")
    run("review", "correct", name, "--to", "in", "--later")
    india = MINTER.country("IN")
    predicate = f"<{MINTER.base}ontology#takesPlaceInCountry>"
    triple = f"<{MINTER.solution(document)}> {predicate} <{india}>"
    assert triple not in run("export", "--no-runs").output
    asked = run("review", document, "--what", "mentions", text="a\nr\ns\nc\nnosuch-beast\nq\n")
    assert "decided on 1 documents" in asked.output
    assert triple in run("export", "--no-runs").output
    listed = run("review", "list", document).output
    assert listed.count("\taccepted\t") == 1
    assert "\trejected\t" in listed
    run("review", "--export", str(tmp_path / "gold.yaml"))
    (gold,) = read_gold(tmp_path / "gold.yaml")
    assert gold.id == document
    assert gold.facets["countries"].core == {"IN"}


def test_review_names_what_it_does_not_know(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "review", "reject", "none/m1"])
    assert result.exit_code == 1
    assert "none: no text of this name is kept" in str(result.exception)
