import spacy

from corpus.documents import Block, CaseStudy, Source
from extract.components.blocks import Blocks
from extract.components.inference import Inference
from extract.components.mentions import add_entity, add_statement, prepare_doc, statements_of
from extract.records import AssertionStatus, Entity, Predicate, Statement
from ontology.namespaces import Minter

MINTER = Minter()
TEXT = "Saigas\n\nThe saiga came back to Kazakhstan."
CASE = CaseStudy(
    "saigas", "Saigas", "en", TEXT, (Block(0, 6, "title"),), (), Source("s.md", "", "text/markdown")
)
SUBJECT = MINTER.case_study("saigas")


def infer_from(*statements: Statement) -> dict[str, Statement]:
    doc = Blocks()(prepare_doc(spacy.blank("en")(TEXT), CASE, MINTER))
    genus = Entity(MINTER.taxon("saiga"), "species", "saigas")
    add_entity(doc, genus)
    add_entity(
        doc, Entity(MINTER.taxon("saiga-tatarica"), "species", "saiga", broader=(genus.iri,))
    )
    for statement in statements:
        add_statement(doc, statement)
    Inference(spacy.blank("en"), "inference", threshold=0.5)(doc)
    return {s.object: s for s in statements_of(doc) if s.basis == "inferred"}


def about(
    predicate: Predicate, target: str, assertion: AssertionStatus = "affirmed", score: float = 0.9
) -> Statement:
    return Statement(SUBJECT, predicate, target, score, assertion, ((8, 42),))


def test_inference_states_instruments_with_basis_rule_and_evidence() -> None:
    found = infer_from(
        about("focalTaxon", MINTER.taxon("saiga-tatarica")),
        about("takesPlaceInCountry", MINTER.country("KZ")),
    )
    assert sorted(found) == [MINTER.cms(key) for key in ("cami", "cms", "saiga-mou")]
    saiga = found[MINTER.cms("saiga-mou")]
    assert (saiga.subject, saiga.predicate, saiga.score) == (SUBJECT, "relevantToInstrument", 0.81)
    assert saiga.evidence == ((8, 42),)
    assert saiga.rule == "inference:instrument-by-taxon-and-range because saiga-tatarica, kz"


def test_inference_takes_no_denied_or_weak_premise() -> None:
    target = MINTER.kmgbf("2")
    assert infer_from(about("contributesToTarget", target, "negated")) == {}
    assert infer_from(about("contributesToTarget", target, score=0.4)) == {}


def test_inference_leaves_what_the_text_states_alone() -> None:
    target = about("contributesToTarget", MINTER.kmgbf("2"))
    assert sorted(infer_from(target)) == [MINTER.concept("sdg", "15")]
    assert infer_from(target, about("contributesToSDG", MINTER.concept("sdg", "15"))) == {}
