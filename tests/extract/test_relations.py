"""Relations between what a text names."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
import spacy
from spacy.tokens import Doc

from extract.components.mentions import statements_of
from extract.components.relations import Relations
from extract.records import AssertionStatus

Triples = set[tuple[str, str, str]]
Read = Callable[..., Triples]


NLP = spacy.blank("en")


def _relate(doc: Doc) -> Doc:
    return Relations(NLP, "relations", least=0.4)(doc)


def test_relations_name_taxa_in_focus_and_all_others(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "[Otters|species:lutra] back\n\n[Otters|species:lutra] ate [carp|species:cyprinus]."
        )
    )
    assert triples(doc) == {
        ("case", "focalTaxon", "lutra"),
        ("case", "mentionsTaxon", "lutra"),
        ("case", "mentionsTaxon", "cyprinus"),
    }


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "[Otters|species:lutra] live in the lower [Vesk|place:vesk].", {"vesk"}),
        (
            "en",
            "[Otters|species:lutra] were seen in [Arn|place:arn], [Bol|place:bol] "
            "and [Cel|place:cel].",
            {"arn", "bol", "cel"},
        ),
        ("en", "The [Vesk Delta|place:vesk] is home to the last [otters|species:lutra].", {"vesk"}),
        ("en", "[Vesk|place:vesk] [otters|species:lutra] are shy.", {"vesk"}),
        ("fr", "La [loutre|species:lutra] vit dans la vallée de la [Vesk|place:vesk].", {"vesk"}),
        ("es", "La [nutria|species:lutra] habita en la cuenca del [Vesk|place:vesk].", {"vesk"}),
        ("en", "[Otter|species:lutra] pelts were sold in [Vesk|place:vesk].", set()),
        ("en", "[Otters|species:lutra] are extinct in [Vesk|place:vesk].", set()),
        ("en", "[Otters|species:lutra] live where [Vesk|place:vesk] voted.", set()),
        ("en", "[Otters|species:lutra] thrive; the office moved to [Vesk|place:vesk].", set()),
        ("en", "[Otters|species:lutra] colonised the upper [Vesk|place:vesk].", {"vesk"}),
        ("en", "[Otters|species:lutra] shun inhabited isles such as [Vesk|place:vesk].", set()),
        ("en", "[Otters|species:lutra] for the [Vesk|place:vesk]\n\nRain fell.", {"vesk"}),
        (
            "en",
            "Rain\n\n[Otters|species:lutra] are back. Most live in the [Vesk|place:vesk].",
            {"vesk"},
        ),
        (
            "en",
            "Rain\n\n[Otters|species:lutra] are back. The office is in [Vesk|place:vesk].",
            set(),
        ),
        (
            "en",
            "[Great Vesk Marsh|place:vesk] lies low. [Otters|species:lutra] breed in the marsh.",
            {"vesk"},
        ),
        ("en", "The walk\n\nMud.\n\nPhoto: [otter|species:lutra] in [Vesk|place:vesk].", set()),
    ],
)
def test_relations_place_taxa(
    make_doc: Callable[..., Doc], triples: Read, lang: str, text: str, found: set[str]
) -> None:
    doc = _relate(make_doc(text, lang=lang))
    assert triples(doc, "occursIn") == {("lutra", "occursIn", place) for place in found}


def test_relations_place_taxa_in_focus_where_the_solution_is(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "[Otters|species:lutra] back\n\nRivers run clean in [Arnland|place:al/country].",
            said=(("takesPlaceInCountry", "place:al/country"),),
        )
    )
    assert triples(doc, "occursIn") == {("lutra", "occursIn", "al")}
    (statement,) = [s for s in statements_of(doc) if s.predicate == "occursIn"]
    assert (statement.basis, statement.rule) == ("inferred", "relations:occurs-document")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[Weirs|threat:7.2] block [otters|species:lutra] upstream.", {("7.2", "lutra")}),
        ("[Otters|species:lutra] are threatened by [weirs|threat:7.2].", {("7.2", "lutra")}),
        ("The [poaching|threat:5.1] of [otters|species:lutra] went on.", {("5.1", "lutra")}),
        (
            "[Weirs|threat:7.2] came down, which benefits the rare [otters|species:lutra].",
            {("7.2", "lutra")},
        ),
        ("[Sewage|threat:9.1] damaged the [Vesk Marsh|place:vesk].", {("9.1", "vesk")}),
        ("[Sewage|threat:9.1] grew while [otters|species:lutra] slept.", set()),
        ("[Invasive|threat:8.1] [mink|species:neogale] came.", set()),
        (
            "[Weirs|threat:7.2] hurt [eels|species:anguilla], and [sewage|threat:9.1] poisons "
            "[otters|species:lutra].",
            {("7.2", "anguilla"), ("9.1", "lutra")},
        ),
        (
            "[Weirs|threat:7.2] and [sewage|threat:9.1] threaten [otters|species:lutra].",
            {("7.2", "lutra"), ("9.1", "lutra")},
        ),
        (
            "[Invasive|threat:8.1] [mink|species:neogale] kill [otters|species:lutra].",
            {("8.1", "lutra")},
        ),
        ("[Fishing|threat:5.4] for [carp|species:cyprinus] went on.", {("5.4", "cyprinus")}),
        ("Some [otters|species:lutra] met [tourism|threat:6.1].", set()),
        ("[Sewage|threat:9.1] in [Vesk Marsh|place:vesk] grew.", {("9.1", "vesk")}),
        ("[Sewage|threat:9.1] was told of at a meeting in [Vesk Marsh|place:vesk].", set()),
    ],
)
def test_relations_tell_what_a_threat_harms(
    make_doc: Callable[..., Doc], triples: Read, text: str, found: set[tuple[str, str]]
) -> None:
    doc = _relate(make_doc(text))
    assert triples(doc, "threatens") == {(threat, "threatens", harmed) for threat, harmed in found}


def test_relations_let_groups_monitor_who_note_what_they_see(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    text = "Reeds\n\nRain fell. It was dark. Some [anglers|actor:anglers] photograph herons. {}"
    doc = _relate(
        make_doc(
            text.format("[Herons were counted|intervention:8.1]."),
            said=(("usesIntervention", "intervention:8.1"),),
        )
    )
    (statement,) = [s for s in statements_of(doc) if s.predicate == "implements"]
    assert statement.rule == "relations:implements-observer"
    assert triples(_relate(make_doc(text.format(""))), "implements") == set()


def test_relations_let_an_addressed_threat_harm_the_taxon_in_focus(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "[Otters|species:lutra] back\n\nFor years [weirs|threat:7.2] blocked the way.",
            said=(("addressesThreat", "threat:7.2"),),
        )
    )
    assert triples(doc, "threatens") == {("7.2", "threatens", "lutra")}
    (statement,) = [s for s in statements_of(doc) if s.predicate == "threatens"]
    assert (statement.basis, statement.score) == ("inferred", 0.5)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "The [Vesk Trust|actor:trust] [planted reeds|intervention:1.2].", {"trust"}),
        (
            "en",
            "[Reeds were planted|intervention:1.2] by the [Vesk Trust|actor:trust] "
            "and [anglers|actor:anglers/community].",
            {"trust", "anglers"},
        ),
        (
            "en",
            "With the [anglers|actor:anglers/community], the [Vesk Trust|actor:trust] "
            "[planted reeds|intervention:1.2].",
            {"trust"},
        ),
        ("en", "[Reeds were planted|intervention:1.2] for the [anglers|actor:anglers].", set()),
        (
            "en",
            "The [Vesk Trust|actor:trust] says [planting reeds|intervention:1.2] is needed.",
            set(),
        ),
        ("en", "Did the [Vesk Trust|actor:trust] [plant reeds|intervention:1.2]?", set()),
        (
            "en",
            "The [Vesk Trust|actor:trust] was founded in 1990 to [plant reeds|intervention:1.2].",
            {"trust"},
        ),
        ("en", "At the [Vesk Trust|actor:trust], we [planted reeds|intervention:1.2].", {"trust"}),
        (
            "en",
            "[Reeds were planted|intervention:1.2] as part of the [Vesk|actor:trust] project.",
            {"trust"},
        ),
        ("en", "Engaging [anglers|actor:anglers] led to [planting reeds|intervention:1.2].", set()),
        ("en", "[Anglers|actor:anglers] were trained in [planting reeds|intervention:1.2].", set()),
        (
            "en",
            "[Reeds were planted|intervention:1.2] by training [anglers|actor:anglers].",
            set(),
        ),
        ("en", "[Anglers|actor:anglers] received a [course in reeds|intervention:1.2].", set()),
        ("en", "[Poachers|actor:poachers] trod on [planted reeds|intervention:1.2].", set()),
        ("en", "[anglers|actor:anglers]' pay rose; [reeds planted|intervention:1.2].", set()),
        (
            "en",
            "[Reeds were planted|intervention:1.2], funded by the [Vesk Bank|actor:bank/fund].",
            set(),
        ),
        (
            "fr",
            "[La roselière a été replantée|intervention:1.2] par la [Fondation Vesk|actor:trust].",
            {"trust"},
        ),
        (
            "es",
            "[Los juncos fueron plantados|intervention:1.2] por la [Fundación Vesk|actor:trust].",
            {"trust"},
        ),
    ],
)
def test_relations_tell_who_acts(
    make_doc: Callable[..., Doc], triples: Read, lang: str, text: str, found: set[str]
) -> None:
    doc = _relate(make_doc(text, lang=lang))
    assert triples(doc, "implements") == {(actor, "implements", "1.2") for actor in found}


def test_relations_let_implementers_carry_out_what_is_done(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "The [Vesk Trust|actor:trust] runs it. [Reeds were planted|intervention:1.2] at last.",
            said=(("implementedBy", "actor:trust"), ("usesIntervention", "intervention:1.2")),
        )
    )
    assert triples(doc, "implements") == {("trust", "implements", "1.2")}


def test_relations_aim_actions_at_taxa_and_places(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "[Otters|species:lutra] were [released|intervention:2.2] in [Vesk|place:vesk]. "
            "A [new cage|intervention:2.3] helped."
        )
    )
    assert triples(doc, "targetsTaxon", "targetsPlace") == {
        ("2.2", "targetsTaxon", "lutra"),
        ("2.2", "targetsPlace", "vesk"),
        ("2.3", "targetsTaxon", "lutra"),
    }


@pytest.mark.parametrize("status", ["negated", "planned", "historical"])
def test_relations_are_as_real_as_their_parts(
    make_doc: Callable[..., Doc], status: AssertionStatus
) -> None:
    text = "[Weirs|threat:7.2] block [otters|species:lutra]."
    doc = _relate(make_doc(text, assertion=status))
    (statement,) = [s for s in statements_of(doc) if s.predicate == "threatens"]
    assert statement.assertion == status


@pytest.mark.parametrize(
    ("text", "focal"),
    [
        ("[Sugar cane|species:Saccharum] farms\n\n[Otters|species:lutra] live on.", {"lutra"}),
        (
            "Otters back\n\n[Otters|species:lutra] hide in [alder|species:alnus] woodland. "
            "The [alder|species:alnus] forests are old. [Otters|species:lutra] swim.",
            {"lutra"},
        ),
        (
            "A farm\n\n[Cattle|species:Bos taurus] graze. [Cattle|species:Bos taurus] drink. "
            "[Otters|species:lutra] swim. [Otters|species:lutra] dive.",
            {"lutra"},
        ),
        (
            "A farm\n\n[Sugar cane|species:Saccharum] farming grew. "
            "[Sugar cane|species:Saccharum] fields burnt.",
            set(),
        ),
        ("[Honey bees|species:Apis mellifera] back\n\nAll hum.", {"Apis mellifera"}),
    ],
)
def test_relations_keep_livestock_crops_and_habitats_out_of_focus(
    make_doc: Callable[..., Doc], triples: Read, text: str, focal: set[str]
) -> None:
    found = triples(_relate(make_doc(text)), "focalTaxon")
    assert {unquote(taxon) for _, _, taxon in found} == focal


@pytest.mark.parametrize(
    "text",
    [
        "Otters\n\n[Hunting|threat:5.1] threatens all [cat|species:Felis catus] species.",
        "[Cats|species:Felis catus]\n\n[Hunting|threat:5.1] threatens all "
        "[cat|species:Felis catus] species.",
        "[Cats|species:Felis catus]\n\n[Hunting|threat:5.1] threatens wild "
        "[cats|species:Felis catus].",
        "Otters\n\nA [tunnel|threat:4.1] was built for the [otters|species:lutra] to be wildlife "
        "crossings of the [road|threat:4.1].",
    ],
)
def test_relations_state_no_harm_to_kept_kin_or_by_remedies(
    make_doc: Callable[..., Doc], triples: Read, text: str
) -> None:
    assert triples(_relate(make_doc(text)), "threatens") == set()


def test_relations_place_no_taxon_on_a_road_or_fence(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    text = "[Otters|species:lutra] live at the [Vesk Railway|place:rail] and [Arn Fence|place:arn]."
    assert triples(_relate(make_doc(text)), "occursIn") == set()


def test_relations_name_as_implementer_who_does_what_is_used(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    text = "The [Vesk Trust|actor:trust] [planted reeds|intervention:1.2]."
    doc = _relate(make_doc(text, said=(("usesIntervention", "intervention:1.2"),)))
    assert triples(doc, "implementedBy") == {("case", "implementedBy", "trust")}
    (statement,) = [s for s in statements_of(doc) if s.predicate == "implementedBy"]
    assert statement.rule == "relations:implementer-by-act"


def test_relations_keep_the_sentence_of_each(make_doc: Callable[..., Doc]) -> None:
    doc = _relate(
        make_doc("Rain fell. [Otters|species:lutra] live in [Vesk|place:vesk]. It cleared.")
    )
    (statement,) = [s for s in statements_of(doc) if s.predicate == "occursIn"]
    assert [doc.text[start:end] for start, end in statement.evidence] == ["Otters live in Vesk."]


def test_relations_leave_questions_open(make_doc: Callable[..., Doc]) -> None:
    text = "We asked whether [otters|species:lutra] live in [Vesk|place:vesk]."
    (statement,) = [s for s in statements_of(_relate(make_doc(text))) if s.predicate == "occursIn"]
    assert statement.assertion == "hypothetical"


def test_relations_let_trade_threaten_what_is_traded(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    doc = _relate(
        make_doc(
            "[Otters|species:lutra] for sale\n\n[Trafficking|threat:5.1] went on for years. "
            "Markets sold [otter|species:lutra] pelts in [Vesk|place:vesk/country].",
            said=(
                ("addressesThreat", "threat:5.1"),
                ("takesPlaceInCountry", "place:vesk/country"),
            ),
        )
    )
    assert triples(doc, "threatens", "occursIn") == {
        ("5.1", "threatens", "lutra"),
        ("lutra", "occursIn", "vesk"),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Reeds\n\nReeds were [planted|intervention:1.2] at last.\n\nProject leaders\n\n"
            "Anna Berg, [Vesk Trust|actor:trust]",
            {"trust"},
        ),
        (
            "Reeds\n\nWhere: Vesk\nLead: [Vesk Trust|actor:trust]\nSince: 1990\n\n"
            "The [Arn Club|actor:club] slept. Reeds were [planted|intervention:1.2].",
            {"trust"},
        ),
        (
            "Reeds\n\nThe [Vesk Trust|actor:trust] loves rivers. At last all agreed. "
            "Reeds were [planted|intervention:1.2].",
            {"trust"},
        ),
        (
            "Reeds\n\nThe [Vesk Trust|actor:trust] loves rivers. "
            "The [Arn Club|actor:club] [planted reeds|intervention:1.2].",
            {"club"},
        ),
        (
            "Reeds\n\nRain fell. It fell long. The [Vesk Trust|actor:trust] slept. "
            "Reeds were [planted|intervention:1.2].",
            {"trust"},
        ),
        (
            "Reeds\n\nRain fell. It fell long. The [Vesk Trust|actor:trust] slept. The "
            "[Arn Club|actor:club] slept. Reeds were [planted|intervention:1.2].",
            set(),
        ),
    ],
)
def test_relations_fall_back_on_leads_and_main_subjects(
    make_doc: Callable[..., Doc], triples: Read, text: str, found: set[str]
) -> None:
    doc = _relate(make_doc(text, said=(("usesIntervention", "intervention:1.2"),)))
    assert triples(doc, "implements") == {(actor, "implements", "1.2") for actor in found}


def test_relations_take_the_subject_of_the_sentence_before_up(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    text = (
        "Reeds\n\nThe [Arn Club|actor:club] met. They [planted reeds|intervention:1.2].\n\n"
        "They [counted birds|intervention:8.1]."
    )
    assert ("club", "implements", "1.2") in triples(_relate(make_doc(text)), "implements")
    assert ("club", "implements", "8.1") not in triples(_relate(make_doc(text)), "implements")


def test_relations_aim_no_act_past_another_act_or_at_a_taxon_it_cannot_be_on(
    make_doc: Callable[..., Doc], triples: Read
) -> None:
    text = (
        "Birds\n\n[Releases|intervention:2.2] went on after [trapping|intervention:1.1] of "
        "[rats|species:rattus]. [Training|intervention:9.2] on "
        "[owls|species:owl] began."
    )
    assert triples(_relate(make_doc(text)), "targetsTaxon") == {("1.1", "targetsTaxon", "rattus")}
