"""Places of short texts, from the words to the statements, over the shipped gazetteer."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

from corpus.documents import Block, CaseStudy, Source
from extract.components.blocks import Blocks
from extract.components.mentions import Draft, add_draft, drafts_of, prepare_doc, statements_of
from extract.components.places import PlaceRuler
from extract.components.places_linker import PlaceLinkerComponent
from extract.components.places_statements import PlaceStatements
from extract.matching.place_recogniser import PlaceRecogniser
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

Read = Callable[..., Doc]


@pytest.fixture
def read(gazetteer: Gazetteer) -> Read:
    """Return a function that runs the place components over a title and a paragraph."""
    ruler = PlaceRuler(PlaceRecogniser(gazetteer))
    linker = PlaceLinkerComponent(gazetteer)
    statements = PlaceStatements(gazetteer)

    def run(
        body: str,
        *,
        title: str = "A short story",
        lang: str = "en",
        people: tuple[str, ...] = (),
        places: tuple[str, ...] = (),
        actors: tuple[str, ...] = (),
    ) -> Doc:
        text = f"{title}\n\n{body}"
        blocks = (
            Block(0, len(title), "title", 1),
            Block(len(title) + 2, len(text), "prose"),
        )
        source = Source("story.txt", "sha256:0", "text/plain")
        case_study = CaseStudy("story", title, lang, text, blocks, (), source)
        doc = prepare_doc(spacy.blank(lang).make_doc(text), case_study, Minter())
        doc = Blocks()(doc)
        entities = [(name, "PERSON") for name in people] + [(name, "GPE") for name in places]
        spans = [_span(doc, text.index(name), len(name), label) for name, label in entities]
        doc.set_ents(spans)
        for actor in actors:
            at = text.index(actor)
            add_draft(doc, Draft("actor", at, at + len(actor), actor, 0.9, "actor_ruler:test"))
        doc = ruler(doc)
        for draft in drafts_of(doc, "place"):
            for actor in drafts_of(doc, "actor"):
                if actor.start <= draft.start and draft.end <= actor.end:
                    draft.rejected = f"inside the actor {actor.text!r}"
        return statements(linker(doc))

    return run


def _span(doc: Doc, start: int, length: int, label: str) -> Span:
    span = doc.char_span(start, start + length, label=label)
    assert span is not None
    return span


def found(doc: Doc) -> list[str]:
    return [draft.text for draft in drafts_of(doc, "place")]


def linked(doc: Doc) -> dict[str, str]:
    return {
        draft.text: draft.entity.iri.rsplit("/", 1)[-1] if draft.entity else ""
        for draft in drafts_of(doc, "place")
    }


def countries(doc: Doc) -> dict[str, str]:
    return {
        s.object.rsplit("/", 1)[-1]: s.basis
        for s in statements_of(doc)
        if s.predicate == "takesPlaceInCountry"
    }


def refusals(doc: Doc) -> dict[str, str]:
    return {d.text: d.rejected for d in drafts_of(doc, "place", rejected=True) if d.rejected}


def test_places_find_gazetteer_grammar_and_model(read: Read) -> None:
    doc = read(
        "Herders near Serengeti National Park in Tanzania met at Oldonyo Hill and in Bulunde.",
        places=("Bulunde",),
    )
    assert found(doc) == ["Serengeti National Park", "Tanzania", "Oldonyo Hill", "Bulunde"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("Reading the nests takes time.", "Reading"),
        ("Nice weather helped the team.", "Nice"),
        ("They met in March and counted.", "March"),
    ],
)
def test_places_refuse_ordinary_words(read: Read, body: str, word: str) -> None:
    assert word not in found(read(body))


def test_places_refuse_parts_of_names_of_people(read: Read) -> None:
    doc = read(
        "Victoria Moreno and Jordan Smith led it.", people=("Victoria Moreno", "Jordan Smith")
    )
    assert found(doc) == []
    assert refusals(doc)["Jordan"] == "part of a person's name"


def test_places_refuse_surnames_met_in_full_elsewhere(read: Read) -> None:
    doc = read("Ana Lincoln spoke. The award went to Lincoln.", people=("Ana Lincoln",))
    assert "Lincoln" not in found(doc)


def test_places_treat_adjectives_as_evidence_only(read: Read) -> None:
    doc = read("Kenyan villages joined, then more Kenyan schools did.")
    assert found(doc) == []
    assert countries(doc) == {"ke": "inferred"}


def test_places_find_the_bare_name_of_a_typed_place_again(read: Read) -> None:
    doc = read("Work began on Tarunga Island in Fiji. Later Tarunga was fenced.")
    assert found(doc) == ["Tarunga Island", "Fiji", "Tarunga"]
    assert linked(doc)["Tarunga"] == linked(doc)["Tarunga Island"]


def test_places_find_the_acronym_of_a_place_again(read: Read) -> None:
    doc = read("The Bamara Coast Marine Park (BCMP) in Ghana is new. Boats avoid the BCMP.")
    acronyms = [d for d in drafts_of(doc, "place") if d.text == "BCMP"]
    assert len(acronyms) == 2
    assert {d.entity.label for d in acronyms if d.entity} == {"Bamara Coast Marine Park"}


def test_places_read_an_address(read: Read) -> None:
    doc = read("Vive en la playa de Zumita, Tecopeque.", lang="es")
    assert found(doc) == ["playa de Zumita", "Tecopeque"]


def test_places_link_by_containment(read: Read) -> None:
    doc = read("It lies in Córdoba, Argentina.")
    assert [d.entity.countries for d in drafts_of(doc, "place") if d.entity] == [("AR",)] * 2
    assert linked(read("It lies in Georgia, United States."))["Georgia"] == "us-ga"
    assert linked(read("It lies in Georgia, near the sea."))["Georgia"] == "ge"


def test_places_mint_what_no_table_knows_inside_what_the_text_gives(read: Read) -> None:
    doc = read("The Zumbara Swamp in Cusco Department, Peru, was restored.")
    draft = next(d for d in drafts_of(doc, "place") if d.text.startswith("Zumbara"))
    assert draft.entity is not None
    assert draft.entity.iri.endswith("/zumbara-swamp-site-pe")
    assert draft.entity.countries == ("PE",)
    assert draft.entity.precision_km is not None and draft.entity.precision_km >= 100
    assert draft.entity.broader[0].endswith("/pe-cus")


def test_places_never_link_a_namesake_abroad(read: Read) -> None:
    doc = read("In Nepal, wardens from Boston village meet. Nepal is proud of Boston.")
    entities = {d.text: d.entity for d in drafts_of(doc, "place")}
    for name, entity in entities.items():
        assert entity is None or entity.countries == ("NP",), name


def test_places_make_a_part_of_a_direction(read: Read) -> None:
    doc = read("Herds cross north-western Thailand every year.")
    (draft,) = drafts_of(doc, "place")
    assert draft.text == "north-western Thailand"
    assert draft.entity is not None
    assert draft.entity.iri.endswith("/north-western-th")
    parts = [(s.subject, s.object) for s in statements_of(doc) if s.predicate == "partOf"]
    assert parts == [(draft.entity.iri, Minter().country("TH"))]


def test_places_repair_a_slip_of_the_pen(read: Read) -> None:
    doc = read("Work in Botswana went on. Later Bostwana paid.", places=("Bostwana",))
    assert linked(doc)["Bostwana"] == "bw"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Nets were set in Kenya, Uganda and Rwanda.", {"ke", "ug", "rw"}),
        ("Nets were set in Kenya with support from Sweden and Norway.", {"ke"}),
        ("Nets were set in Kenya. Fish is exported to Japan.", {"ke"}),
        ("Rangers patrol Yellowstone National Park.", {"us"}),
        ("Las redes se usan en Bolivia gracias al financiamiento de Suiza.", {"bo"}),
    ],
)
def test_places_state_the_countries_of_the_work(read: Read, body: str, expected: set[str]) -> None:
    lang = "es" if body.startswith("Las") else "en"
    assert set(countries(read(body, lang=lang))) == expected


def test_places_tell_a_named_country_from_an_inferred_one(read: Read) -> None:
    assert countries(read("Rangers patrol Banff National Park.")) == {"ca": "inferred"}
    assert countries(read("Rangers patrol forests across Gabon.")) == {"ga": "stated"}


def test_places_count_institutions_only_where_nothing_else_speaks(read: Read) -> None:
    actors = ("University of Lisbon",)
    alone = read("The count was led by the University of Lisbon.", actors=actors)
    assert countries(alone) == {"pt": "inferred"}
    beside = read("In Angola the count was led by the University of Lisbon.", actors=actors)
    assert set(countries(beside)) == {"ao"}


def test_places_state_parts_and_their_sentence(read: Read) -> None:
    doc = read("Snow fell. Kaziranga National Park in Assam, India, is wet. Rain came.")
    parts = {
        (s.subject.rsplit("/", 1)[-1], s.object.rsplit("/", 1)[-1]): s.evidence
        for s in statements_of(doc)
        if s.predicate == "partOf"
    }
    assert ("kaziranga-national-park-in", "in-as") in parts
    ((start, end),) = parts["kaziranga-national-park-in", "in-as"]
    assert doc.text[start:end].startswith("Kaziranga National Park in Assam")


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("Divers saw streams of the Zunga River in Kenya.", set()),
        ("Divers saw the Zunga River in Kenya.", {"ke"}),
    ],
)
def test_places_take_a_piece_of_a_river_for_no_part_of_a_country(
    read: Read, body: str, whole: set[str]
) -> None:
    parts = [s for s in statements_of(read(body)) if s.predicate == "partOf"]
    assert {s.object.rsplit("/", 1)[-1] for s in parts} == whole


def test_places_give_the_same_result_twice(read: Read) -> None:
    body = "Fishers of Lake Malawi in Malawi, Mozambique and Tanzania met in Salima District."
    first, second = read(body), read(body)
    assert statements_of(first) == statements_of(second)
    assert linked(first) == linked(second)


def test_places_need_no_heading_capitals(read: Read) -> None:
    doc = read("Nothing else.", title="Restoring Wetlands and Protecting Marine Reserves")
    assert found(doc) == []
