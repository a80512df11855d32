"""Threats, stresses and interventions are read from sentences in three languages."""

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.documents import Block, BlockType, CaseStudy, Source
from extract.components.assertion import Assertion
from extract.components.blocks import Blocks
from extract.components.concepts import make_concept_linker, make_trigger_statements
from extract.components.mentions import drafts_of, entities_of, prepare_doc, statements_of
from extract.components.triggers import make_trigger_ruler
from extract.matching.triggers import level2
from extract.records import AssertionStatus
from ontology.namespaces import Minter

THRESHOLDS = {"threat": 0.55, "stress": 0.6, "intervention": 0.6, "implied": 0.6}


@cache
def blank(lang: str) -> Language:
    return spacy.blank(lang)


def read(*blocks: tuple[BlockType, str], lang: str = "en") -> Doc:
    """Run the trigger components over blocks of text."""
    text, found = "", []
    for kind, words in blocks:
        start = len(text)
        text += words
        found.append(Block(start, len(text), kind))
        text += "\n\n"
    source = Source("t.md", "", "text/markdown")
    study = CaseStudy("t", "t", lang, text, tuple(found), (), source)
    nlp = blank(lang)
    doc = prepare_doc(nlp.make_doc(text), study, Minter())
    for component in (
        Blocks(),
        make_trigger_ruler(nlp, "trigger_ruler", 0.25),
        Assertion(),
        make_concept_linker(nlp, "concept_linker"),
        make_trigger_statements(nlp, "trigger_statements", THRESHOLDS, {"threat": 0.66}),
    ):
        doc = component(doc)
    return doc


def stated(doc: Doc, predicate: str, *, basis: str = "stated") -> dict[str, AssertionStatus]:
    """Map the level-2 codes of a predicate to their status."""
    return {
        level2(statement.object.rsplit("/", 1)[1]): statement.assertion
        for statement in statements_of(doc)
        if statement.predicate == predicate and statement.basis == basis
    }


def threats(sentence: str, lang: str = "en") -> list[str]:
    return sorted(stated(read(("prose", sentence), lang=lang), "addressesThreat"))


def interventions(sentence: str, lang: str = "en") -> list[str]:
    return sorted(stated(read(("prose", sentence), lang=lang), "usesIntervention"))


@pytest.mark.parametrize(
    ("lang", "sentence", "code"),
    [
        ("en", "New housing estates destroy the last heath around the capital.", "1.1"),
        ("en", "Coffee fields have expanded into the cloud forest, which is disappearing.", "2.1"),
        ("en", "Herds overgraze the steppe.", "2.3"),
        ("en", "Hundreds of newts are run over by cars each spring.", "4.1"),
        ("en", "Storks die of electrocution on the pylons.", "4.2"),
        ("en", "Whales are hit by ships off the strait.", "4.3"),
        ("en", "Songbirds are trapped illegally and sold in markets.", "5.1"),
        ("en", "Villagers killed the cats in retaliation for lost sheep.", "5.1"),
        ("en", "Cycads are dug up and stolen for gardens.", "5.2"),
        ("en", "Illegal loggers fell the tallest trees.", "5.3"),
        ("en", "Dolphins drown in gillnets.", "5.4"),
        ("en", "Jet skis and speedboats disturb the colony.", "6.1"),
        ("en", "The reserve lay in the middle of an armed conflict.", "6.2"),
        ("en", "Wildfires have become more frequent and severe.", "7.1"),
        ("en", "A weir blocks the river for eels.", "7.2"),
        ("en", "Pastures lie abandoned and scrub encroachment follows.", "7.3"),
        ("en", "Rats and feral cats eat the chicks.", "8.1"),
        ("en", "Baboons raid the crops at night.", "8.2"),
        ("en", "Untreated sewage runs into the bay.", "9.1"),
        ("en", "Mercury from gold mining poisons the fish.", "9.2"),
        ("en", "Pesticides and fertiliser run-off harm the frogs.", "9.3"),
        ("en", "Ghost nets and plastic litter the seabed.", "9.4"),
        ("en", "Bright beach lights disorient hatchlings.", "9.6"),
        ("en", "Corals bleached when the sea grew warmer.", "11.1"),
        ("en", "Years of drought emptied the wells.", "11.2"),
        ("en", "Marine heatwaves killed the kelp.", "11.3"),
        ("en", "A cyclone destroyed most nests.", "11.4"),
        ("fr", "Le braconnage des éléphants a repris.", "5.1"),
        ("fr", "Les filets maillants causent des captures accidentelles de tortues.", "5.4"),
        ("fr", "Le surpâturage dégrade les parcours.", "2.3"),
        ("fr", "L'étalement urbain menace les dernières dunes.", "1.1"),
        ("fr", "Un barrage bloque la migration des saumons.", "7.2"),
        ("fr", "Les espèces exotiques envahissantes progressent.", "8.1"),
        ("fr", "Des feux de brousse incontrôlés ravagent la savane.", "7.1"),
        ("fr", "Les eaux usées sont rejetées dans le lagon.", "9.1"),
        ("fr", "Les sécheresses successives ont tari les mares.", "11.2"),
        ("fr", "La coupe abusive du bois menace la mangrove.", "5.3"),
        ("es", "La caza furtiva amenaza al jaguar.", "5.1"),
        ("es", "Los atropellos de osos aumentan en la carretera.", "4.1"),
        ("es", "La sobrepesca ha agotado los bancos de merluza.", "5.4"),
        ("es", "La frontera agrícola avanza sobre el bosque.", "2.1"),
        ("es", "Los incendios forestales arrasan el páramo.", "7.1"),
        ("es", "Las aguas residuales contaminan la laguna.", "9.1"),
        ("es", "Los visones invasores depredan los huevos.", "8.1"),
        ("es", "La minería ilegal vierte mercurio al río.", "3.2"),
        ("es", "La construcción de represas interrumpe el río.", "7.2"),
        ("es", "El sobrepastoreo y la sequía secan el humedal.", "2.3"),
    ],
)
def test_triggers_find_threats(lang: str, sentence: str, code: str) -> None:
    assert code in threats(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence", "code"),
    [
        ("en", "Volunteers pulled invasive weeds from the dunes.", "1.1"),
        ("en", "We replanted mangroves along the creek.", "1.2"),
        ("en", "The old weir was removed.", "1.2"),
        ("en", "Families put up nest boxes for owls.", "2.1"),
        ("en", "Thirty bison were reintroduced to the valley.", "2.2"),
        ("en", "Toads are bred in captivity at the zoo.", "2.3"),
        ("en", "A radio programme raised awareness among herders.", "3.1"),
        ("en", "Residents marched in protest against the pit.", "3.2"),
        ("en", "Rangers patrol the coast and seize illegal nets.", "4.1"),
        ("en", "Two traffickers were prosecuted and sent to prison.", "4.2"),
        ("en", "The trust sued the agency and won an injunction.", "4.3"),
        ("en", "Women earn income from beekeeping and homestays.", "5.1"),
        ("en", "Shrimpers fitted turtle excluder devices.", "5.2"),
        ("en", "Growers won organic certification for their cocoa.", "5.3"),
        ("en", "Herders receive compensation payments for lost sheep.", "5.4"),
        ("en", "Elders keep the taboo on the sacred grove.", "5.5"),
        ("en", "A national park was created in 2011.", "6.1"),
        ("en", "Landowners signed conservation easements.", "6.2"),
        ("en", "The bay was zoned and a buffer zone created.", "6.3"),
        ("en", "We modelled corridors and wrote a management plan.", "6.4"),
        ("en", "Two wildlife overpasses span the motorway.", "6.5"),
        ("en", "Parliament passed a law to ban shark nets.", "7.1"),
        ("en", "Planners adopted national guidelines.", "7.2"),
        ("en", "Camera traps and transects monitor the population.", "8.1"),
        ("en", "An impact evaluation measured the effectiveness of the project.", "8.2"),
        ("en", "Teachers wrote lessons for the school curriculum.", "9.1"),
        ("en", "The team trained forty rangers.", "9.2"),
        ("en", "Partners formed an alliance with five councils.", "10.3"),
        ("en", "A trust fund raises money for the wardens.", "10.4"),
        ("fr", "Nous avons planté des palétuviers.", "1.2"),
        ("fr", "Les écogardes patrouillent chaque semaine.", "4.1"),
        ("fr", "Une campagne de sensibilisation a touché dix villages.", "3.1"),
        ("fr", "Une aire marine protégée a été créée.", "6.1"),
        ("fr", "Les agents ont reçu une formation.", "9.2"),
        ("fr", "Des pièges photographiques suivent la population.", "8.1"),
        ("fr", "L'apiculture offre un revenu complémentaire.", "5.1"),
        ("fr", "Le plan de gestion a été élaboré.", "6.4"),
        ("fr", "Les vautours ont été réintroduits.", "2.2"),
        ("es", "Restauramos el manglar con los vecinos.", "1.2"),
        ("es", "Se capacitó a los pescadores.", "9.2"),
        ("es", "Los guardaparques realizan patrullajes nocturnos.", "4.1"),
        ("es", "Se creó una reserva marina.", "6.1"),
        ("es", "El censo anual de aves muestra la tendencia.", "8.1"),
        ("es", "El ecoturismo genera ingresos para la comunidad.", "5.1"),
        ("es", "Los cóndores criados en cautiverio fueron liberados.", "2.3"),
        ("es", "Se elaboró un plan de manejo.", "6.4"),
        ("es", "La campaña de sensibilización llegó a las escuelas.", "3.1"),
    ],
)
def test_triggers_find_interventions(lang: str, sentence: str, code: str) -> None:
    assert code in interventions(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence", "code"),
    [
        ("en", "Habitat loss reduced the range.", "1.1"),
        ("en", "The rangeland is badly degraded.", "1.2"),
        ("en", "Fragmentation isolates the herds.", "1.3"),
        ("en", "Road mortality is high: many owls are killed.", "2.1"),
        ("en", "Noise disturbs nesting birds.", "2.2"),
        ("en", "Inbreeding weakens the pack.", "2.3"),
        ("fr", "La fragmentation des habitats isole les populations.", "1.3"),
        ("fr", "La consanguinité affaiblit la meute.", "2.3"),
        ("es", "La fragmentación del hábitat aísla las poblaciones.", "1.3"),
        ("es", "La endogamia debilita la manada.", "2.3"),
    ],
)
def test_triggers_find_stresses(lang: str, sentence: str, code: str) -> None:
    assert code in stated(read(("prose", sentence), lang=lang), "addressesStress")


@pytest.mark.parametrize(
    ("threat", "none"),
    [
        ("Roads cut the herd off from its pasture.", "The road map was agreed in May."),
        ("Fishing has depleted the snapper.", "Fishing communities welcomed the news."),
        ("Mining destroys the hillside.", "The Ministry of Mining sent a delegate."),
        ("Farming destroys the last meadows.", "The farming cooperative met on Monday."),
        ("Tourists disturb the seals.", "Tourists enjoy the quiet bay."),
        ("Dams block the river.", "The village lies near a dam."),
    ],
)
def test_triggers_tell_a_threat_from_its_bare_name(threat: str, none: str) -> None:
    assert threats(threat) != []
    assert threats(none) == []


@pytest.mark.parametrize(
    ("sentence", "threat", "intervention"),
    [
        ("Dam removal opened forty kilometres of river.", "7.2", "1.2"),
        ("Snares were removed by patrols.", "5.1", "4.1"),
        ("Ghost nets were retrieved from the reef.", "9.4", "1.1"),
        ("Rats were eradicated from the island.", "8.1", "1.1"),
        ("Measures to mitigate human-wildlife conflict were set up.", "8.2", "2.1"),
    ],
)
def test_triggers_read_a_removal_as_threat_and_intervention(
    sentence: str, threat: str, intervention: str
) -> None:
    assert threat in threats(sentence)
    assert intervention in interventions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council approved its budget and the mayor thanked the treasurer.",
        "Our bank lowered interest rates on car loans in the third quarter.",
        "The orchestra plays two concerts in the new hall this winter.",
        "Patients were treated with two doses at the clinic.",
        "The server caches each page and returns it in a few milliseconds.",
        "Le conseil a voté le budget et nommé un trésorier.",
        "El equipo ganó el partido en la segunda mitad.",
    ],
)
def test_triggers_find_nothing_in_other_matters(sentence: str) -> None:
    lang = {"L": "fr", "E": "es"}.get(sentence[0], "en") if sentence[1] in "el" else "en"
    doc = read(("prose", sentence), lang=lang)
    assert statements_of(doc) == []


@pytest.mark.parametrize(
    ("lang", "sentence", "status"),
    [
        ("en", "The wardens removed invasive weeds.", "affirmed"),
        ("en", "The wardens have not removed invasive weeds.", "negated"),
        ("en", "The wardens not only removed invasive weeds, they fenced the site.", "affirmed"),
        ("en", "The wardens should remove invasive weeds.", "hypothetical"),
        ("en", "The wardens plan to remove invasive weeds.", "planned"),
        ("en", "No plan exists; the wardens removed invasive weeds.", "affirmed"),
        ("fr", "Les gardes n'ont pas planté de palétuviers.", "negated"),
        ("fr", "Les gardes devraient planter des palétuviers.", "hypothetical"),
        ("fr", "Les gardes prévoient de planter des palétuviers.", "planned"),
        ("es", "Los guardas no plantaron mangles.", "negated"),
        ("es", "Los guardas deberían plantar mangles.", "hypothetical"),
        ("es", "Los guardas planean plantar mangles.", "planned"),
    ],
)
def test_triggers_carry_their_status(lang: str, sentence: str, status: str) -> None:
    doc = read(("prose", sentence), lang=lang)
    assert {d.assertion for d in drafts_of(doc, "intervention")} >= {status}
    assert set(stated(doc, "usesIntervention").values()) == {status}


def test_triggers_keep_a_negation_that_is_part_of_the_name() -> None:
    assert stated(read(("prose", "A no-take zone was set up.")), "usesIntervention") == {
        "6.1": "affirmed"
    }


def test_triggers_tell_past_threats() -> None:
    doc = read(("prose", "Whaling was formerly common here."))
    assert stated(doc, "addressesThreat") == {"5.4": "historical"}


def test_triggers_read_research_only_where_it_is_done() -> None:
    assert interventions("Research shows that owls sleep by day.") == []


def test_triggers_in_captions_and_credits_state_nothing() -> None:
    silent: tuple[BlockType, ...] = ("caption", "credit")
    for kind in silent:
        doc = read((kind, "Poaching of rhinos."))
        assert [d.kind for d in drafts_of(doc, "threat")] == ["threat"]
        assert statements_of(doc) == []


def test_triggers_in_a_name_say_little() -> None:
    assert threats("Reports come from the Urban Development Research Programme.") == []


def test_triggers_link_concepts_with_their_ancestors() -> None:
    doc = read(("prose", "A large dam blocks the river."))
    minter = Minter()
    found = {e.iri: e for e in entities_of(doc).values() if e.kind == "threat"}
    assert set(found) == {minter.threat(code) for code in ("7", "7.2", "7.2.10")}
    dam = found[minter.threat("7.2.10")]
    assert (dam.notation, dam.label, dam.scheme, dam.broader) == (
        "7.2.10",
        "Large dams",
        minter.scheme("threat"),
        (minter.threat("7.2"),),
    )


def test_triggers_quote_the_text_and_name_their_row() -> None:
    doc = read(("prose", "Here illegal\nlogging goes on."))
    (draft,) = drafts_of(doc, "threat")
    assert draft.text == "illegal\nlogging" == doc.text[draft.start : draft.end]
    assert draft.rule.startswith("trigger_ruler:threats.csv:")
    assert (draft.features["code"], draft.features["scheme"]) == ("5.3", "IUCN-Red-List")


def test_triggers_rest_on_their_sentences() -> None:
    doc = read(
        ("title", "Rhinos of the delta"), ("prose", "It rains. Poaching is rife. Birds sing.")
    )
    (statement,) = [s for s in statements_of(doc) if s.predicate == "addressesThreat"]
    (evidence,) = statement.evidence
    assert doc.text[slice(*evidence)] == "Poaching is rife."


def test_triggers_infer_the_stress_of_a_threat() -> None:
    doc = read(("prose", "Snares lie everywhere. Poachers come at night."))
    assert stated(doc, "addressesStress", basis="inferred") == {"2.1": "affirmed"}


def test_triggers_infer_no_stress_from_a_threat_named_once() -> None:
    doc = read(("prose", "Snares lie everywhere. It rains at night."))
    assert stated(doc, "addressesStress", basis="inferred") == {}


def test_triggers_use_english_where_a_language_has_no_lexicon() -> None:
    assert stated(read(("prose", "Overfishing."), lang="xx"), "addressesThreat") == {
        "5.4": "affirmed"
    }


@pytest.mark.parametrize(
    "sentence",
    ["The policy came under fire.", "A storm of protest met the plan.", "Data mining pays."],
)
def test_triggers_pass_over_figures_of_speech(sentence: str) -> None:
    assert threats(sentence) == []
