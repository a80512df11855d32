"""What stands behind the scores, by hand-made examples."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Source
from extract.errors import ExtractError
from extract.evaluation.confusion import confusions, error_kinds
from extract.evaluation.context import in_context
from extract.evaluation.details import format_comparison, format_details
from extract.evaluation.evaluation import Evaluation, evaluate
from extract.evaluation.gold import GoldFacet, GoldItem, GoldText
from extract.evaluation.html import evaluation_html
from extract.evaluation.intervals import bootstrap
from extract.evaluation.plot import reliability_svg
from extract.evaluation.reliability import reliability
from extract.evaluation.saving import compare_runs, read_run, run_of, save_run
from extract.evaluation.scoring import score
from extract.evaluation.tally import Fault, Tally
from extract.records import Entity, Extraction, Mention, Statement
from ontology.namespaces import Minter

TEXT = "Fences & dams\n\nThe <Vesk> dams were pulled down. Wardens counted otters."
MINTER = Minter()
CASE = MINTER.case_study("a")
EMPTY = GoldFacet(frozenset(), frozenset())


def _extraction() -> Extraction:
    dams = Entity(MINTER.threat("7.2"), "threat", "Dams", notation="7.2")
    roads = Entity(MINTER.threat("4.1"), "threat", "Roads", notation="4.1")
    trust = Entity(MINTER.actor("wardens"), "actor", "Wardens", actor_type="ngo")
    start = TEXT.index("Wardens")
    evidence = ((15, 48),)
    return Extraction(
        id="a",
        iri=CASE,
        title="Fences & dams",
        lang="en",
        text=TEXT,
        source=Source("a.md", "", "text/markdown"),
        solution=CASE,
        mentions=(Mention("m1", start, start + 7, "Wardens", "actor", trust.iri, 0.9, "t"),),
        entities=(dams, roads, trust),
        statements=(
            Statement(CASE, "addressesThreat", dams.iri, 0.9, evidence=evidence),
            Statement(CASE, "addressesThreat", roads.iri, 0.6, evidence=evidence),
        ),
    )


def _gold(name: str = "a") -> GoldText:
    threats = GoldFacet(frozenset({"7.2", "4.2"}), frozenset(), {"4.2": "otters"})
    facets = dict.fromkeys(("stresses", "interventions", "kmgbf", "countries"), EMPTY)
    wardens = GoldItem(("Wardens",), neutral=False, types=frozenset({"government"}))
    return GoldText(
        id=name,
        title="",
        items={"species": (), "place": (), "actor": (wardens,)},
        facets={"threats": threats, **facets},
        relations=(),
    )


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluate([_extraction()], [_gold(), _gold("b")], bare=[_extraction()])


def test_intervals_draw_texts_and_not_errors() -> None:
    good, bad = {"threats": Tally(right=10)}, {"threats": Tally(missed=10)}
    interval = bootstrap({"a": good, "b": bad})["threats"]
    assert interval.recall == (0.0, 1.0)
    narrow = bootstrap({str(n): {"threats": Tally(right=9, missed=1)} for n in range(20)})
    assert narrow["threats"].recall == (0.9, 0.9)


def test_intervals_are_those_of_their_seed() -> None:
    texts = {str(n): {"threats": Tally(right=n, missed=20 - n)} for n in range(20)}
    assert bootstrap(texts, seed=3) == bootstrap(dict(reversed(texts.items())), seed=3)
    assert bootstrap(texts, seed=3) != bootstrap(texts, seed=4)
    low, high = bootstrap(texts)["threats"].recall
    assert low < 0.475 < high


def test_intervals_leave_out_draws_without_the_facet() -> None:
    texts = {"a": {"stresses": Tally(right=1)}, "b": {"threats": Tally()}}
    found = bootstrap(texts)
    assert found["stresses"].f1 == (1.0, 1.0)
    assert "threats" not in found
    assert bootstrap({}) == {}


def test_confusion_pairs_near_codes_of_a_text_first() -> None:
    faults = [
        Fault("a", "threats", "missed", "4.1", wanted="4.1"),
        Fault("a", "threats", "missed", "7.2", wanted="7.2"),
        Fault("a", "threats", "spurious", "7.3", found="7.3"),
        Fault("b", "threats", "spurious", "9.1", found="9.1"),
        Fault("b", "actor link", "Wardens", "ngo not fund", wanted="fund", found="ngo"),
    ]
    assert confusions(faults) == (
        ("actor type", "fund", "ngo", 1),
        ("threats", "-", "9.1", 1),
        ("threats", "4.1", "-", 1),
        ("threats", "7.2", "7.3", 1),
    )
    assert error_kinds(faults) == (
        ("actor link", "wrong", 1),
        ("threats", "missed", 2),
        ("threats", "spurious", 2),
    )


def test_reliability_has_bins_of_equal_mass() -> None:
    scored = [(n / 40, n >= 20) for n in range(40)]
    part = reliability("x", scored)
    assert [b.count for b in part.bins] == [4] * 10
    assert part.bins[0].low == 0.0
    assert part.bins[-1].high == 0.975
    assert part.bins[0].right == 0.0
    assert part.bins[-1].right == 1.0
    assert 0.2 < part.error < 0.3
    assert reliability("none", []).error == 0.0


def test_reliability_is_drawn_with_its_diagonal_and_words() -> None:
    svg = reliability_svg(reliability("<x>", [(0.5, True), (0.5, False)], bins=1))
    assert 'cx="144.0" cy="144.0"' in svg
    assert "&lt;x&gt;: expected calibration error 0.000. 0.50: 0.50" in svg


def test_evaluation_counts_each_text_apart(evaluation: Evaluation) -> None:
    threats = {text: t["threats"] for text, t in evaluation.scores.by_text.items()}
    assert threats == {"a": Tally(1, 1, 1), "b": Tally(0, 0, 2)}
    assert evaluation.scores.tallies["threats"] == Tally(1, 1, 3)
    assert evaluation.scores.missing == ["b"]
    names = [part.name for part in evaluation.reliabilities]
    assert [part.count for part in evaluation.reliabilities] == [1, 2, 1, 2], names


def test_evaluation_says_where_errors_show(evaluation: Evaluation) -> None:
    shown = {(f.facet, f.kind): TEXT[slice(*f.span)] for f in evaluation.scores.faults if f.span}
    assert shown[("threats", "missed")] == "otters"
    assert shown[("threats", "spurious")].startswith("The <Vesk> dams")
    assert shown[("actor link", "Wardens")] == "Wardens"


def test_evaluation_cuts_context_at_words() -> None:
    text = "word " * 40 + "HERE" + " word" * 40
    before, at, after = in_context(text, (200, 204))
    assert at == "HERE"
    assert before.startswith("… word")
    assert after.endswith("word …")
    assert len(before) < 95


def test_details_name_intervals_confusions_texts_and_error(evaluation: Evaluation) -> None:
    lines = format_details(evaluation).splitlines()
    assert any(line.split() == ["actor", "type", "government", "ngo", "1"] for line in lines)
    assert any(line.split() == ["threats", "4.2", "4.1", "1"] for line in lines)
    assert any(line.startswith("statements, scores as given: ECE") for line in lines)
    assert any(line.startswith("mentions, each text left out in turn: ECE") for line in lines)
    (row,) = [line for line in lines if line.startswith("a ")]
    assert row.split() == ["a", "1.00", "0.50"]


def test_saving_keeps_a_run_and_finds_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    extraction = _extraction()
    save_run(run_of(score([extraction], [_gold(), _gold("b")])), file)
    kept = file.read_bytes()
    save_run(read_run(file), file)
    assert file.read_bytes() == kept
    better = replace(extraction, statements=extraction.statements[:1])
    comparison = compare_runs(read_run(file), run_of(score([better], [_gold()])))
    assert comparison.texts == ("a",)
    assert comparison.left_out == ("b",)
    assert comparison.mended == (("a", "threats", "spurious", "4.1"),)
    assert comparison.new == ()
    text = format_comparison(comparison)
    assert "only one run has b" in text
    assert "better  threats" in text
    assert "0.500 -> 0.667 (+0.167)" in text
    back = compare_runs(run_of(score([better], [_gold()])), read_run(file))
    assert back.new == comparison.mended
    assert "worse   threats" in format_comparison(back)
    assert "nothing changed" in format_comparison(compare_runs(read_run(file), read_run(file)))


@pytest.mark.parametrize("text", ["", "[]", '{"form": 9}', '{"form": 1, "texts": {"a": 1}}'])
def test_saving_refuses_a_file_that_is_no_run(tmp_path: Path, text: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractError, match=r"run\.json: not a saved run: .*--save FILE"):
        read_run(file)


def test_html_shows_errors_in_context_and_nothing_unescaped(evaluation: Evaluation) -> None:
    run = run_of(evaluation.scores)
    page = evaluation_html(evaluation, {"a": _extraction()}, compare_runs(run, run))
    assert "<mark>The &lt;Vesk&gt; dams were pulled down.</mark>" in page
    assert "<Vesk>" not in page
    assert page.count("<svg") == 4
    assert "Not extracted: b" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
