from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from corpus.documents import Block, BlockType, CaseStudy, Source
from extract.components.actor_linker import make_actor_linker
from extract.components.actor_statements import make_actor_statements
from extract.components.actors import make_actor_ruler
from extract.components.blocks import make_blocks
from extract.components.mentions import (
    Draft,
    add_draft,
    drafts_of,
    entities_of,
    prepare_doc,
    statements_of,
)
from extract.components.quantities import make_quantity_ruler, make_quantity_statements
from extract.records import Entity
from ontology.namespaces import Minter

MINTER = Minter()
Read = Callable[..., Doc]


@pytest.fixture
def read(gazetteer_path: Path) -> Read:
    """Return a function that runs the actor components over one block of text."""

    def run(
        text: str,
        *,
        lang: str = "en",
        block: BlockType = "prose",
        model: tuple[tuple[str, str], ...] = (),
        species: tuple[str, ...] = (),
        country: str = "",
    ) -> Doc:
        source = Source(file="t.md", checksum="sha256:0", media_type="text/markdown")
        blocks = (Block(0, len(text), block),)
        case_study = CaseStudy("t", "", lang, text, blocks, (), source)
        nlp = spacy.blank("en")
        doc = make_blocks(nlp, "blocks")(prepare_doc(nlp(text), case_study, MINTER))
        ents = []
        for surface, label in model:
            span = doc.char_span(text.index(surface), text.index(surface) + len(surface))
            assert span is not None
            ents.append(Span(doc, span.start, span.end, label=label))
        doc.set_ents(ents)
        for surface in species:
            start = text.index(surface)
            add_draft(doc, Draft("species", start, start + len(surface), surface, 0.9, "test"))
        if country:
            place = Entity(MINTER.country(country), "place", country, countries=(country,))
            add_draft(doc, Draft("place", 0, 1, text[0], 0.1, "test", entity=place))
        for component in (
            make_actor_ruler(nlp, "actor_ruler", str(gazetteer_path)),
            make_quantity_ruler(nlp, "quantity_ruler"),
            make_actor_linker(nlp, "actor_linker", str(gazetteer_path)),
            make_actor_statements(nlp, "actor_statements"),
            make_quantity_statements(nlp, "quantity_statements"),
        ):
            doc = component(doc)
        return doc

    return run


def _actors(doc: Doc) -> list[tuple[str, str, str]]:
    found = []
    for draft in drafts_of(doc, "actor"):
        assert draft.entity is not None
        assert doc.text[draft.start : draft.end] == draft.text
        found.append((draft.text, str(draft.entity.actor_type), draft.rule.split(":")[1]))
    return found


def _roles(doc: Doc) -> set[tuple[str, str, str]]:
    entities = entities_of(doc)
    return {
        (s.predicate, entities[s.object].label, s.assertion)
        for s in statements_of(doc)
        if s.predicate != "hasQuantity"
    }


def test_actors_links_known_names_and_acronyms_to_one_entity(read: Read) -> None:
    doc = read("Staff of the Kenya Wildlife Service (KWS) met. Later KWS left.")
    assert _actors(doc) == [
        ("Kenya Wildlife Service", "government", "gazetteer"),
        ("KWS", "government", "bracket"),
        ("KWS", "government", "acronym"),
    ]
    assert len({d.entity.iri for d in drafts_of(doc, "actor") if d.entity}) == 1


def test_actors_keeps_a_unit_with_the_body_it_belongs_to(read: Read) -> None:
    doc = read("Talks with UNDP Accelerator Lab Peru went on.")
    assert _actors(doc) == [("UNDP Accelerator Lab Peru", "igo", "gazetteer")]


def test_actors_takes_unlisted_names_beside_a_strong_cue(read: Read) -> None:
    doc = read("The pond was restored in partnership with Zilmo and Quenta Verde. Zilmo paid.")
    assert _actors(doc) == [
        ("Zilmo", "ngo", "cue"),
        ("Quenta Verde", "ngo", "cue"),
        ("Zilmo", "ngo", "repeated"),
    ]


def test_actors_takes_names_that_the_text_defines(read: Read) -> None:
    assert _actors(read("In 2010 Zilmo, a small company, bought land."))[0] == (
        "Zilmo",
        "private",
        "defined",
    )
    assert ("Velmora", "ngo", "defined") in _actors(
        read("Avec l'association Velmora, tout change.", lang="fr")
    )


def test_actors_strips_ngo_before_a_name(read: Read) -> None:
    doc = read("The Peruvian NGO Zilmo Verde planted trees.")
    assert [a[:2] for a in _actors(doc)] == [("Zilmo Verde", "ngo")]


def test_actors_never_calls_a_species_or_a_treaty_an_actor(read: Read) -> None:
    doc = read(
        "Funded by Puma and by the Convention on Migratory Species.",
        species=("Puma",),
        model=(("Puma", "ORG"),),
    )
    assert _actors(doc) == []
    rejected = [d for d in drafts_of(doc, "actor", rejected=True) if d.rejected]
    assert [d.rejected for d in rejected] == ["a treaty, which does not act itself"]


def test_actors_needs_more_than_the_models_word(read: Read) -> None:
    assert _actors(read("Maps of Quixel were drawn.", model=(("Quixel", "ORG"),))) == []
    doc = read("In June Quixel trained them.", model=(("Quixel", "ORG"),))
    assert _actors(doc) == [("Quixel", "ngo", "model")]


def test_actors_call_programmes_projects(read: Read) -> None:
    doc = read("It is part of the Living Shores Programme.")
    assert [d.text for d in drafts_of(doc, "project")] == ["Living Shores Programme"]
    assert _roles(doc) == {("carriedOutUnder", "Living Shores Programme", "affirmed")}


def test_actors_reject_common_words_without_a_role(read: Read) -> None:
    doc = read("Museums and platforms matter.")
    assert _actors(doc) == []
    reasons = {d.rejected for d in drafts_of(doc, "actor", rejected=True)}
    assert reasons == {"a common word without a role"}


def test_actors_ministries_of_two_countries_are_two_nodes(read: Read) -> None:
    text = "It went to the Ministry of Rural Weather."
    iris = []
    for country in ("PE", "BO"):
        (draft,) = drafts_of(read(text, country=country), "actor")
        assert draft.entity is not None
        iris.append(draft.entity.iri)
    assert iris == [MINTER.actor(f"ministry-of-rural-weather-{c}") for c in ("pe", "bo")]


def test_actors_groups_are_one_node_for_their_words(read: Read) -> None:
    doc = read("Local fishers met. A local fisher spoke.")
    assert {d.entity.iri for d in drafts_of(doc, "actor") if d.entity} == {
        MINTER.actor("group-local-fisher")
    }
    assert {d.entity.named for d in drafts_of(doc, "actor") if d.entity} == {False}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The work was funded by the Blue Bay Fund.",
            {("fundedBy", "Blue Bay Fund", "affirmed")},
        ),
        (
            "It was implemented by the Otter Trust with support from the Blue Bay Fund.",
            {
                ("implementedBy", "Otter Trust", "affirmed"),
                ("hasPartner", "Blue Bay Fund", "affirmed"),
            },
        ),
        (
            "The Otter Trust (OT), together with the Heron Society, restored the fen.",
            {
                ("implementedBy", "Otter Trust", "affirmed"),
                ("implementedBy", "Heron Society", "affirmed"),
                ("hasPartner", "Heron Society", "affirmed"),
            },
        ),
        (
            "It was not funded by the Blue Bay Fund.",
            {("fundedBy", "Blue Bay Fund", "negated")},
        ),
        (
            "It will be led by the Otter Trust.",
            {("implementedBy", "Otter Trust", "planned")},
        ),
        (
            "Payments raised the incomes of small-scale farmers.",
            {("hasBeneficiary", "small-scale farmer", "affirmed")},
        ),
        (
            "Courses for park rangers were held.",
            {("hasTargetGroup", "park ranger", "affirmed")},
        ),
        ("The Otter Trust is old.", set()),
    ],
)
def test_actors_state_roles(read: Read, text: str, expected: set[tuple[str, str, str]]) -> None:
    doc = read(text)
    assert _roles(doc) == expected
    for statement in statements_of(doc):
        (start, end) = statement.evidence[0]
        assert doc.text[start:end] == text


def test_actors_in_a_credit_contribute_and_nothing_else(read: Read) -> None:
    assert _roles(read("Otter Trust", block="credit")) == {
        ("hasContributor", "Otter Trust", "affirmed")
    }
    assert _roles(read("Photo: Otter Trust", block="credit")) == set()


def test_actors_read_spanish_and_french(read: Read) -> None:
    doc = read("El plan fue financiado por la Fundación Costa Verde.", lang="es")
    assert _roles(doc) == {("fundedBy", "Fundación Costa Verde", "affirmed")}
    doc = read("Le site est géré en partenariat avec l'Office National des Marais.", lang="fr")
    assert _roles(doc) == {("hasPartner", "Office National des Marais", "affirmed")}


def test_actors_quantities_belong_to_what_they_count(read: Read) -> None:
    doc = read("They freed 40 gray otters in 2011.", species=("gray otters",))
    (species,) = drafts_of(doc, "species")
    (quantity,) = drafts_of(doc, "quantity")
    assert quantity.entity is not None
    assert (quantity.entity.value, quantity.entity.unit, quantity.entity.time) == (40, "1", "2011")
    species.entity = Entity(MINTER.taxon("lutra"), "species", "otter")
    before = len(statements_of(doc))
    make_quantity_statements(spacy.blank("en"), "quantity_statements")(doc)
    (first, second) = statements_of(doc)[before - 1 :]
    assert first.subject == MINTER.case_study("t")
    assert second.subject == MINTER.taxon("lutra")
    assert {first.object, second.object} == {MINTER.quantity("t", 1)}


def test_actors_same_text_gives_the_same_drafts(read: Read) -> None:
    text = "Zilmo, Otter Trust and Blue Bay Fund work with local fishers (LF) of Peru."
    assert _actors(read(text)) == _actors(read(text))


def test_actors_take_names_written_with_a_small_letter(read: Read) -> None:
    doc = read("Un don de l'Union européenne arriva.", lang="fr")
    assert [a[:2] for a in _actors(doc)] == [("Union européenne", "igo")]


def test_actors_tell_plans_and_lists_from_organisations(read: Read) -> None:
    doc = read("We follow the Coastal Otter Framework and the IUCN Red List.")
    assert [a[0] for a in _actors(doc)] == ["IUCN"]
    assert drafts_of(doc, "project") == []


def test_actors_takes_unlisted_names_that_act_twice(read: Read) -> None:
    doc = read("Zilmo organises cleanups. Each year Zilmo trains rangers in the valley.")
    assert _actors(doc)[0] == ("Zilmo", "ngo", "acting")
    assert [a[0] for a in _actors(doc)].count("Zilmo") == 2


def test_actors_takes_no_name_that_acts_once_or_is_a_thing(read: Read) -> None:
    assert _actors(read("Zilmo resets itself. The Zilmo works at night.")) == []
    assert _actors(read("Velmo works here. Arn Velmo believes in it.")) == []


def test_actors_takes_names_of_those_who_write_and_of_lists_of_bodies(read: Read) -> None:
    assert [a[0] for a in _actors(read("En Zilmo creemos en el bosque.", lang="es"))] == ["Zilmo"]
    doc = read("Les trois associations de la côte : - Zilmo au nord ;- Velmora au sud.", lang="fr")
    assert [a[0] for a in _actors(doc)] == ["Zilmo", "Velmora"]


def test_actors_keeps_communities_of_plants_and_units_of_land_out(read: Read) -> None:
    assert _actors(read("Grassland communities and plant communities were mapped.")) == []
    assert _actors(read("Vive en el municipio de Velmora.", lang="es")) == []
