"""Scientific names and abbreviations by their shape; names and sentences are made up."""

import pytest

from extract.matching.latin_names import (
    is_abbreviation,
    is_authored_binomial,
    is_capital_binomial,
)
from extract.matching.species_document import SpeciesReader
from ontology.gazetteer.folding import split_words
from ontology.gazetteer.lookup import Gazetteer


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("in Bull. Mus. Hist. 4", "Mus", True),
        ("kept under Cat. no. 417", "Cat", True),
        ("Proc. Linn. Mus, 28", "Mus", True),
        ("Bull. Zool. Soc. 3", "Bull", True),
        ("We saw a Cat. The dog ran", "Cat", False),
        ("We saw Mus, Rattus and others", "Mus", False),
        ("Look at the Whale. no one did", "Whale", False),
    ],
)
def test_latin_names_abbreviation(text: str, word: str, expected: bool) -> None:
    words = split_words(text)
    assert is_abbreviation(words, words.keys.index(word.lower())) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zorbanthus meridionalis, grows", False),
        ("Zorbanthus montanensis Merr. grows", True),
        ("Zorbanthus montanensis (L.) grows", True),
        ("Zorbanthus alba Merr. & Rolfe", True),
        ("Zorbanthus alba Boie 1828", True),
        ("Zorbanthus alba Merrill grows", False),
        ("Campus forum Berlin, 1999", False),
    ],
)
def test_latin_names_authored_binomial(text: str, expected: bool) -> None:
    assert is_authored_binomial(split_words(text), 0) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QUERCUS MONTANUS", True),
        ("QUERCUS, MONTANUS", False),
        ("Quercus montanus", False),
        ("SAVING FORUM", False),
    ],
)
def test_latin_names_in_capitals(text: str, expected: bool) -> None:
    words = split_words(text)
    assert is_capital_binomial(words, 0) is expected


def read(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    words = split_words(text)
    matches = SpeciesReader(gazetteer, "en").read(words, lambda offset: False)
    return [
        (words.surface(m.start, m.end), m.scientific or m.rule) for m in matches if not m.rejected
    ]


def test_latin_names_genus_of_an_authored_name_stands_alone_later(gazetteer: Gazetteer) -> None:
    text = "Zorbanthus montanensis Merr. is rare. Like all Zorbanthus it flowers once."
    assert read(gazetteer, text) == [
        ("Zorbanthus montanensis", "Zorbanthus montanensis"),
        ("Zorbanthus", "Zorbanthus"),
    ]


def test_latin_names_heading_in_capitals(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "QUERCUS QUINTANENSIS") == [
        ("QUERCUS QUINTANENSIS", "Quercus quintanensis")
    ]


def test_latin_names_journal_is_no_mouse(gazetteer: Gazetteer) -> None:
    assert read(gazetteer, "It was described in Bull. Nat. Mus. 14, under Cat. no. 20.") == []
