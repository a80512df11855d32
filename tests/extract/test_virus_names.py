"""Names of viruses by a small list of scientific names; the sentences are made up."""

import pytest

from extract.matching.species_document import SpeciesReader
from extract.matching.virus_names import find_viruses, is_virus
from extract.reconcile.taxa import TaxonReconciler
from ontology.gazetteer.folding import split_words
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

LISTED = {"Canine morbillivirus": "11232", "Rabies virus type 1": "900001", "Rabies virus": "11292"}


class Names:
    """Stand in for the optional names."""

    def taxid(self, name: str) -> str:
        return LISTED.get(name, "")


def _found(text: str) -> list[tuple[str, str]]:
    words = split_words(text)
    return [(words.surface(m.start, m.end), m.rule) for m in find_viruses(words, Names())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dogs carry canine morbillivirus here.", ["canine morbillivirus"]),
        ("It is rabies virus type 1 in foxes.", ["rabies virus type 1"]),
        ("It is rabies virus in foxes.", ["rabies virus"]),
        ("A virus spread among the seals.", []),
        ("The unheard-of tern virus spread.", []),
        ("The plan, virus or not, went on.", []),
        ("No such thing was found.", []),
    ],
)
def test_virus_names_finds_the_longest_listed_name(text: str, names: list[str]) -> None:
    assert [surface for surface, _ in _found(text)] == names


def test_virus_names_takes_an_unlisted_name_with_its_acronym() -> None:
    assert _found("Crows died of West Nile virus (WNV) that year.") == [
        ("West Nile virus", "virus with its acronym")
    ]


@pytest.mark.parametrize(
    "text",
    ["Crows died of West Nile fever (WNF).", "Staff of the Virus Research Unit (VRU) came."],
)
def test_virus_names_needs_a_virus_and_an_acronym_in_v(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("name", "expected"), [("West Nile virus", True), ("Morbillivirus", True), ("Viruna", False)]
)
def test_virus_names_tells_viruses(name: str, expected: bool) -> None:
    assert is_virus(name) is expected


def _read(gazetteer: Gazetteer, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(gazetteer, "ncbi", Names())
    words = split_words(text)
    matches = SpeciesReader(gazetteer, "en").read(words, lambda offset: False)
    return [words.surface(m.start, m.end) for m in matches if not m.rejected]


def test_virus_names_are_found_again_by_name_and_acronym_but_not_by_the_bare_word(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "West Nile virus (WNV) is new. WNV kills. The West Nile virus stays. The virus spreads."
    found = _read(gazetteer, text, monkeypatch)
    assert found == ["West Nile virus", "WNV", "WNV", "West Nile virus"]


def test_virus_names_stay_out_without_the_optional_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.ncbi is None
    words = split_words("Seals carry swamp morbillivirus (SMV) here.")
    matches = SpeciesReader(gazetteer, "en").read(words, lambda offset: False)
    assert [words.surface(m.start, m.end) for m in matches if not m.rejected] == ["Seals"]


def test_virus_names_link_as_species(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "ncbi", Names())
    words = split_words("Greater tern enteric virus (GTEV) is new.")
    matches = SpeciesReader(gazetteer, "en").read(words, lambda offset: False)
    links = TaxonReconciler(gazetteer, Minter()).link([m for m in matches if not m.rejected])
    assert {link.entity.rank for link in links if link is not None} == {"species"}
