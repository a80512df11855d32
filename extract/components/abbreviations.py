"""Find the short forms that a document explains."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.words import words_of
from extract.matching.bracket_forms import bracket_forms

_KEY = "ecoduct.abbreviations"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Tie a short form to the long form beside it; offsets are characters of the text."""

    short: str
    long: str
    short_start: int
    long_start: int


@Language.factory("abbreviations")
def make_abbreviations(nlp: Language, name: str) -> "Abbreviations":
    """Make the component that finds short forms."""
    return Abbreviations()


class Abbreviations:
    """Put the table of short forms, first explanation first, where all components read it."""

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        doc.user_data[_KEY] = tuple(
            Abbreviation(
                short=words.surface(*form.short),
                long=words.surface(*form.long),
                short_start=words.starts[form.short[0]],
                long_start=words.starts[form.long[0]],
            )
            for form in bracket_forms(words)
        )
        return doc


def abbreviations_of(doc: Doc) -> tuple[Abbreviation, ...]:
    """Return the short forms that a document explains, in text order."""
    table: tuple[Abbreviation, ...] = doc.user_data.get(_KEY, ())
    return table
