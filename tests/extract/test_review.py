"""Decisions on what was extracted, by hand-made examples."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Source
from extract.errors import ExtractError
from extract.evaluation.gold import read_gold
from extract.evaluation.scoring import score
from extract.graph import build_graph
from extract.graph.statements import assertion_key
from extract.records import Entity, Extraction, Mention, MentionKind, Statement
from extract.review.anchors import find_anchor, make_anchor
from extract.review.applying import apply_decisions
from extract.review.decisions import (
    Decision,
    Verdict,
    decide,
    decision_from_json,
    decision_to_json,
    move_base,
)
from extract.review.gold import gold_yaml
from ontology.namespaces import DEFAULT_BASE, ECO, Minter

MINTER = Minter()
TEXT = "Otters\n\nDams were pulled down on the Vesk. Otters came back. The Vesk Trust paid."
CASE = MINTER.case_study("a")
DAMS = Entity(MINTER.threat("7.2"), "threat", "Dams", notation="7.2")
ROADS = Entity(MINTER.threat("4.1"), "threat", "Roads", notation="4.1")
OTTER = Entity(
    MINTER.taxon("lutra-lutra"), "species", "otter", scientific_name="Lutra lutra", rank="species"
)
MINK = Entity(MINTER.taxon("mink"), "species", "mink", scientific_name="Neogale vison")
FUND = Entity(MINTER.actor("vesk-trust"), "actor", "Vesk Trust", actor_type="fund", named=True)
SENTENCE = (8, TEXT.index(" Otters came"))


def _mention(ident: str, text: str, kind: MentionKind, entity: Entity, after: int = 0) -> Mention:
    start = TEXT.index(text, after)
    return Mention(ident, start, start + len(text), text, kind, entity.iri, 0.7, "t")


def _extraction(text: str = TEXT) -> Extraction:
    move = text.index("Dams") - TEXT.index("Dams")
    mentions = (
        _mention("m1", "Otters", "species", OTTER),
        _mention("m2", "Dams", "threat", DAMS),
        _mention("m3", "Otters", "species", OTTER, 10),
        _mention("m4", "Vesk Trust", "actor", FUND),
    )
    moved = tuple(
        replace(m, start=m.start + move, end=m.end + move) if m.start > 7 else m for m in mentions
    )
    evidence = ((SENTENCE[0] + move, SENTENCE[1] + move),)
    return Extraction(
        id="a",
        iri=CASE,
        title="Otters",
        lang="en",
        text=text,
        source=Source("a.md", "", "text/markdown"),
        solution=MINTER.solution("a"),
        mentions=moved,
        entities=(DAMS, OTTER, FUND),
        statements=(
            Statement(CASE, "addressesThreat", DAMS.iri, 0.4, evidence=evidence),
            Statement(CASE, "mentionsTaxon", OTTER.iri, 0.9),
        ),
    )


def _decide(
    extraction: Extraction,
    found: Mention | Statement,
    verdict: Verdict,
    *,
    decided: str = "2026-01-01T00:00:00+00:00",
    corrected: Mention | Statement | None = None,
    entities: tuple[Entity, ...] = (),
) -> Decision:
    return decide(
        extraction,
        found,
        verdict,
        MINTER,
        corrected=corrected,
        entities=entities,
        reviewer="Ada",
        decided=decided,
    )


def _direct(extraction: Extraction, *decisions: Decision) -> set[str]:
    """Return the direct triples about the solution after decisions, as predicate and object."""
    reviewed = apply_decisions(extraction, decisions, MINTER)
    graphs = build_graph(reviewed.extraction, MINTER, rejected=reviewed.rejected)
    lines = b"".join(graphs.values()).decode().splitlines()
    found = [line.split() for line in lines if line.startswith(f"<{extraction.solution}> <{ECO}")]
    return {f"{p.removeprefix(f'<{ECO}')[:-1]} {o.strip('<>')}" for _, p, o, *_ in found}


def test_review_finds_an_anchor_again_after_edits() -> None:
    anchor = make_anchor(TEXT, 8, 12)
    assert find_anchor(TEXT, anchor) == (8, 12)
    assert find_anchor(f"More words.\n\n{TEXT}", anchor) == (21, 25)
    sentence = make_anchor(TEXT, *SENTENCE)
    wrapped = TEXT.replace("pulled down", "pulled\n  down")
    found = find_anchor(wrapped, sentence)
    assert found is not None
    assert wrapped[slice(*found)] == "Dams were pulled\n  down on the Vesk."


def test_review_finds_the_place_with_the_same_surroundings() -> None:
    start = TEXT.rindex("Otters")
    anchor = make_anchor(TEXT, start, start + 6)
    text = f"Otters here. {TEXT} Otters left."
    found = find_anchor(text, anchor)
    assert found is not None
    assert text[found[0] : found[0] + 16] == "Otters came back"


def test_review_takes_no_other_place_for_the_anchor() -> None:
    anchor = make_anchor(TEXT, 8, 12)
    assert find_anchor("Nothing of that.", anchor) is None
    assert find_anchor("Many Dams, say some.", anchor) is None


def test_review_writes_decisions_that_outlast_a_base() -> None:
    extraction = _extraction()
    right = replace(extraction.statements[0], object=ROADS.iri)
    decision = _decide(
        extraction, extraction.statements[0], "correct", corrected=right, entities=(ROADS,)
    )
    assert decision_from_json(decision_to_json(decision)) == decision
    moved = move_base(decision, DEFAULT_BASE, "https://other.org/")
    assert moved.corrected_statement is not None
    assert moved.corrected_statement.object == "https://other.org/threat/4.1"
    assert move_base(moved, "https://other.org/", DEFAULT_BASE) == decision
    assert decision.key == assertion_key(extraction.statements[0], MINTER)


@pytest.mark.parametrize("line", ["", "{}", '{"verdict": "maybe"}'])
def test_review_refuses_what_is_no_decision(line: str) -> None:
    with pytest.raises(ExtractError, match="not a decision"):
        decision_from_json(line)


def test_review_wants_a_correction_to_say_what_is_right() -> None:
    extraction = _extraction()
    with pytest.raises(ExtractError, match="says what is right"):
        _decide(extraction, extraction.mentions[0], "correct")


def test_review_rejected_statement_makes_no_direct_triple_and_stays() -> None:
    extraction = _extraction()
    taxon = extraction.statements[1]
    assert f"mentionsTaxon {OTTER.iri}" in _direct(extraction)
    decision = _decide(extraction, taxon, "reject")
    assert f"mentionsTaxon {OTTER.iri}" not in _direct(extraction, decision)
    reviewed = apply_decisions(extraction, (decision,), MINTER)
    assert taxon in reviewed.extraction.statements
    assert reviewed.of_statement == {decision.key: decision}


def test_review_accepted_statement_is_sure_and_comes_back_where_it_is_lost() -> None:
    extraction = _extraction()
    threat = f"addressesThreat {DAMS.iri}"
    assert threat not in _direct(extraction)
    decision = _decide(extraction, extraction.statements[0], "accept")
    assert threat in _direct(extraction, decision)
    lost = replace(extraction, statements=(), entities=(OTTER, FUND), mentions=())
    assert threat in _direct(lost, decision)


def test_review_corrected_statement_takes_the_place_of_the_wrong_one() -> None:
    extraction = _extraction()
    wrong = replace(extraction.statements[0], score=0.9)
    extraction = replace(extraction, statements=(wrong,))
    decision = _decide(
        extraction,
        wrong,
        "correct",
        corrected=replace(wrong, object=ROADS.iri),
        entities=(ROADS,),
    )
    direct = _direct(extraction, decision)
    assert f"addressesThreat {ROADS.iri}" in direct
    assert f"addressesThreat {DAMS.iri}" not in direct


def test_review_newest_decision_has_its_way() -> None:
    extraction = _extraction()
    first = _decide(extraction, extraction.statements[0], "accept")
    then = _decide(
        extraction, extraction.statements[0], "reject", decided="2026-02-01T00:00:00+00:00"
    )
    threat = f"addressesThreat {DAMS.iri}"
    assert threat not in _direct(extraction, first, then)
    assert threat in _direct(extraction, replace(first, decided="2026-03-01"), then)


def test_review_rejected_mentions_take_along_what_rests_on_them_alone() -> None:
    extraction = _extraction()
    one = _decide(extraction, extraction.mentions[0], "reject")
    both = (one, _decide(extraction, extraction.mentions[2], "reject"))
    taxon = f"mentionsTaxon {OTTER.iri}"
    reviewed = apply_decisions(extraction, (one,), MINTER)
    assert [m.id for m in reviewed.extraction.mentions] == ["m2", "m3", "m4"]
    assert taxon in _direct(extraction, one)
    assert taxon not in _direct(extraction, *both)


def test_review_decisions_hold_in_a_text_that_was_edited() -> None:
    extraction = _extraction()
    mention = _decide(extraction, extraction.mentions[2], "reject")
    statement = _decide(extraction, extraction.statements[0], "accept")
    edited = _extraction(TEXT.replace("\n\n", "\n\nIn spring they began.\n"))
    reviewed = apply_decisions(edited, (mention, statement), MINTER)
    assert [m.id for m in reviewed.dropped] == ["m3"]
    assert reviewed.extraction.statements[0].score == 1.0
    assert reviewed.stale == ()
    gone = replace(edited, text="Otters\n\nNothing else.", mentions=(), statements=())
    assert len(apply_decisions(gone, (mention, statement), MINTER).stale) == 2


def test_review_corrected_mention_is_of_another_thing() -> None:
    extraction = _extraction()
    wrong = extraction.mentions[0]
    decision = _decide(
        extraction, wrong, "correct", corrected=replace(wrong, entity=MINK.iri), entities=(MINK,)
    )
    reviewed = apply_decisions(extraction, (decision,), MINTER)
    (mention,) = [m for m in reviewed.extraction.mentions if m.start == 0]
    assert (mention.id, mention.entity, mention.score) == ("m1", MINK.iri, 1.0)
    assert reviewed.of_mention["m1"] == decision
    assert reviewed.extraction.entity_index[MINK.iri] == MINK


def test_review_exports_gold_that_the_reviewed_text_meets(tmp_path: Path) -> None:
    extraction = _extraction()
    decisions = [_decide(extraction, extraction.mentions[n], "accept") for n in (0, 3)]
    decisions.append(_decide(extraction, extraction.statements[0], "accept"))
    decisions.append(_decide(extraction, extraction.mentions[1], "accept"))
    reviewed = apply_decisions(extraction, decisions, MINTER)
    file = tmp_path / "gold.yaml"
    file.write_text(gold_yaml([reviewed], MINTER), encoding="utf-8")
    (gold,) = read_gold(file)
    assert gold.facets["threats"].core == {"7.2"}
    assert gold.facets["threats"].phrases == {"7.2": "Dams"}
    assert gold.items["actor"][0].types == {"fund"}
    scores = score([extraction], [gold])
    assert scores.faults == []
    assert scores.tallies["threats"].right == 1
    assert scores.tallies["species mention (overlap)"].right == 2


def test_review_exports_what_nobody_judged_as_neither_right_nor_wrong(tmp_path: Path) -> None:
    extraction = _extraction()
    decision = _decide(extraction, extraction.mentions[3], "reject")
    file = tmp_path / "gold.yaml"
    reviewed = apply_decisions(extraction, (decision,), MINTER)
    file.write_text(gold_yaml([reviewed], MINTER), encoding="utf-8")
    (gold,) = read_gold(file)
    assert gold.facets["threats"].core == set()
    assert gold.facets["threats"].acceptable == {"7.2"}
    assert all(item.neutral for item in gold.items["species"])
    faults = score([extraction], [gold]).faults
    assert [(f.facet, f.kind, f.detail) for f in faults] == [("actor", "spurious", "Vesk Trust")]
