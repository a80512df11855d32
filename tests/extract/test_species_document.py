"""Readings of whole texts by the recogniser of taxa; the sentences are made up."""

import pytest

from extract.matching.species_document import SpeciesReader
from extract.matching.taxon_match import TaxonMatch
from ontology.gazetteer.folding import split_words
from ontology.gazetteer.lookup import Gazetteer


def _read(gazetteer: Gazetteer, text: str, lang: str = "en") -> list[tuple[str, str]]:
    words = split_words(text)
    matches = SpeciesReader(gazetteer, lang).read(words, lambda offset: False)
    return [(words.surface(m.start, m.end), _name(gazetteer, m)) for m in matches if not m.rejected]


def _name(gazetteer: Gazetteer, match: TaxonMatch) -> str:
    if match.bound is None and match.scientific:
        return match.scientific
    row = gazetteer.taxon(match.rows()[0])
    return row.scientific_name or row.key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tapirs eat fruit.", [("Tapirs", "Tapirus")]),
        ("two grey-headed flying-foxes", [("grey-headed flying-foxes", "Pteropus poliocephalus")]),
        ("a herd of African wild asses", [("African wild asses", "Equus africanus")]),
        (
            "hawksbill and olive ridley turtles",
            [
                ("hawksbill", "Eretmochelys imbricata"),
                ("olive ridley turtles", "Lepidochelys olivacea"),
            ],
        ),
        (
            "black and white rhinos",
            [("black", "Diceros bicornis"), ("white rhinos", "Ceratotherium simum")],
        ),
        ("sharks and rays", [("sharks", "Selachii"), ("rays", "Batoidea")]),
        ("They saw trumpet fish.", [("trumpet fish", "Aulostomus maculatus")]),
    ],
)
def test_species_document_common_names(
    gazetteer: Gazetteer, text: str, found: list[tuple[str, str]]
) -> None:
    assert _read(gazetteer, text) == found


def test_species_document_abbreviated_genus(gazetteer: Gazetteer) -> None:
    text = "Tayassu pecari lives here. T. pecari needs forest. B. pecari is nothing."
    assert _read(gazetteer, text) == [
        ("Tayassu pecari", "Tayassu pecari"),
        ("T. pecari", "Tayassu pecari"),
    ]


def test_species_document_abbreviation_takes_the_genus_of_a_common_name(
    gazetteer: Gazetteer,
) -> None:
    assert ("B. terrestris", "Bombus terrestris") in _read(
        gazetteer, "Count bumblebees. B. terrestris came."
    )


def test_species_document_spelling_is_repaired_beside_the_common_name(
    gazetteer: Gazetteer,
) -> None:
    assert _read(gazetteer, "the European eel (Anguilla anguila) migrates") == [
        ("European eel", "Anguilla anguilla"),
        ("Anguilla anguila", "Anguilla anguilla"),
    ]


def test_species_document_unknown_binomial_keeps_its_name(gazetteer: Gazetteer) -> None:
    assert _read(gazetteer, "the fern (Qwertya mirabilis) grows")[-1] == (
        "Qwertya mirabilis",
        "Qwertya mirabilis",
    )


def test_species_document_subspecies_by_shape(gazetteer: Gazetteer) -> None:
    assert ("Danaus plexippus plexippus", "Danaus plexippus plexippus") in _read(
        gazetteer, "Monarch butterflies (Danaus plexippus plexippus) fly."
    )


def test_species_document_learns_a_name_from_brackets(gazetteer: Gazetteer) -> None:
    text = "They plant zombaro (Faidherbia albida). The zombaro gives shade."
    assert _read(gazetteer, text) == [
        ("zombaro", "Faidherbia albida"),
        ("Faidherbia albida", "Faidherbia albida"),
        ("zombaro", "Faidherbia albida"),
    ]


def test_species_document_learns_no_ordinary_word(gazetteer: Gazetteer) -> None:
    text = "They sell products (Faidherbia albida). These products sell."
    assert [surface for surface, _ in _read(gazetteer, text)] == ["Faidherbia albida"]


def test_species_document_last_word_means_the_longer_name(gazetteer: Gazetteer) -> None:
    text = "A North Island robin sings. Robins are shy, and the robin hides."
    assert _read(gazetteer, text) == [
        ("North Island robin", "Petroica longipes"),
        ("Robins", "Petroica longipes"),
        ("robin", "Petroica longipes"),
    ]


def test_species_document_last_word_of_two_names_stays_wide(gazetteer: Gazetteer) -> None:
    text = "White-tailed deer and mule deer meet; deer graze."
    assert _read(gazetteer, text)[-1] == ("deer", "Cervidae")


def test_species_document_short_form_of_a_taxon(gazetteer: Gazetteer) -> None:
    text = "The crown-of-thorns starfish (COTS) eats polyps. COTS spread."
    assert [pair for pair in _read(gazetteer, text) if pair[0] == "COTS"] == [
        ("COTS", "Acanthaster planci"),
        ("COTS", "Acanthaster planci"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "wildlife, animals and trees",
        "invasive species and livestock",
        "Robin Carter spoke.",
        "Prices rose by half.",
        "Camp by Salmon River Lodge on Duck Lake.",
        "We monitor and patrol; the plant treats water.",
        "Aves Argentinas joined.",
        "People and humans live here.",
        "the type locality and local names",
    ],
)
def test_species_document_no_taxon(gazetteer: Gazetteer, text: str) -> None:
    assert _read(gazetteer, text) == []


def test_species_document_rejection_has_a_reason(gazetteer: Gazetteer) -> None:
    words = split_words("Wildlife thrives.")
    (match,) = SpeciesReader(gazetteer, "en").read(words, lambda offset: False)
    assert match.rejected == "a role or use, no taxon"


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("es", "las tortugas marinas", [("tortugas marinas", "Chelonioidea")]),
        (
            "es",
            "los jaguares y el cóndor andino",
            [("jaguares", "Panthera onca"), ("cóndor andino", "Vultur gryphus")],
        ),
        (
            "fr",
            "Les tortues vertes et imbriquées",
            [("tortues vertes", "Chelonia mydas"), ("imbriquées", "Eretmochelys imbricata")],
        ),
        ("fr", "L’éléphant d’Afrique", [("éléphant d’Afrique", "Loxodonta")]),
        ("fr", "mais il y a plus", []),
    ],
)
def test_species_document_other_languages(
    gazetteer: Gazetteer, lang: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert _read(gazetteer, text, lang) == found


def test_species_document_family_in_brackets_does_not_widen(gazetteer: Gazetteer) -> None:
    assert _read(gazetteer, "the snow leopard (Felidae)") == [
        ("snow leopard", "Panthera uncia"),
        ("Felidae", "Felidae"),
    ]


def test_species_document_learns_no_name_from_a_family(gazetteer: Gazetteer) -> None:
    text = "Panthera uncia Schreberus (Felidae) was named."
    assert [surface for surface, _ in _read(gazetteer, text)] == ["Panthera uncia", "Felidae"]


def test_species_document_person_beside_a_first_name(gazetteer: Gazetteer) -> None:
    text = "Snow leopards came, said Anna Fox of the village. Two wolves ran."
    assert [surface for surface, _ in _read(gazetteer, text)] == ["Snow leopards", "wolves"]
