"""Putting an extraction together."""

from corpus.documents import CaseStudy, Source
from extract.assembly import RawMention, assemble
from extract.records import Entity, Statement
from ontology.calibration import CalibrationCurve
from ontology.namespaces import Minter

MINTER = Minter("https://eco.test/")
STUDY = CaseStudy(
    "vesk", "Otters", "en", "Otters\n\nOtters swim.", (), (), Source("v.md", "", "text/markdown"),
    url="https://panorama.solutions/en/solution/otters-vesk",
)  # fmt: skip
OTTER = Entity(
    "https://eco.test/taxon/otter", "species", "otter", broader=("https://eco.test/taxon/f",)
)
FAMILY = Entity("https://eco.test/taxon/f", "species", "family")
UNUSED = Entity("https://eco.test/taxon/u", "species", "unused")
ENTITIES = {entity.iri: entity for entity in (UNUSED, OTTER, FAMILY)}


def _mention(start: int, score: float, rule: str) -> RawMention:
    return (start, start + 6, "species", OTTER.iri, score, rule, "affirmed", ())


def test_assembly_numbers_mentions_in_text_order_and_keeps_the_surest() -> None:
    raw = [_mention(8, 0.5, "b"), _mention(0, 0.7, "a"), _mention(8, 0.9, "c")]
    extraction = assemble(STUDY, MINTER, raw, ENTITIES, [])
    assert [(m.id, m.start, m.text, m.component) for m in extraction.mentions] == [
        ("m1", 0, "Otters", "a"),
        ("m2", 8, "Otters", "c"),
    ]


def test_assembly_keeps_used_entities_with_the_wider_ones() -> None:
    extraction = assemble(STUDY, MINTER, [_mention(0, 0.7, "a")], ENTITIES, [])
    assert [entity.iri for entity in extraction.entities] == [FAMILY.iri, OTTER.iri]


def test_assembly_merges_statements_of_one_fact() -> None:
    fact = (MINTER.case_study("vesk"), "focalTaxon", OTTER.iri)
    said = [
        Statement(*fact, 0.4, evidence=((8, 20),), rule="weak"),  # type: ignore[arg-type]
        Statement(*fact, 0.8, evidence=((0, 6),), rule="strong"),  # type: ignore[arg-type]
    ]
    (merged,) = assemble(STUDY, MINTER, [], ENTITIES, said).statements
    assert (merged.score, merged.rule, merged.evidence) == (0.8, "strong", ((0, 6), (8, 20)))


def test_assembly_keys_the_solution_by_its_page_or_else_by_the_text() -> None:
    assert assemble(STUDY, MINTER, [], {}, []).solution == "https://eco.test/solution/otters-vesk"


def test_assembly_says_how_often_such_scores_are_right() -> None:
    curves = {
        "species": CalibrationCurve("species", ((0.5, 0.8), (0.9, 0.95))),
        "addressesThreat": CalibrationCurve("addressesThreat", ((0.5, 0.9),)),
    }
    solution = MINTER.case_study(STUDY.id)
    said = [
        Statement(subject, "addressesThreat", "https://eco.test/threat/1", 0.6)
        for subject in (solution, "https://eco.test/elsewhere")
    ]
    raw = [_mention(0, 0.5, "a"), _mention(4, 0.9, "b")]
    extraction = assemble(STUDY, MINTER, raw, ENTITIES, said, curves)
    assert [m.score for m in extraction.mentions] == [0.8, 0.95]
    scores = {s.subject: s.score for s in extraction.statements}
    assert scores == {solution: 0.9, "https://eco.test/elsewhere": 0.6}
