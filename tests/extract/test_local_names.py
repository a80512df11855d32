"""Names that a text itself presents as local ones."""

import pytest

from extract.matching.local_names import find_local_names
from ontology.gazetteer.folding import Words, split_words


def names_in(text: str, taxon: str, lang: str) -> list[str]:
    words: Words = split_words(text)
    end = next(
        (at + 1 for at, stop in enumerate(words.ends) if stop == text.find(taxon) + len(taxon)), 0
    )
    found = find_local_names(words, {end: 0} if end else {}, (lang, "en"))
    return [words.surface(name.start, name.end) for name in found]


@pytest.mark.parametrize(
    ("text", "taxon", "lang", "names"),
    [
        ("The otter, known locally as yaka, dives.", "otter", "en", ["yaka"]),
        ("La tortue, que les Betsileo appellent zozoka, dort.", "tortue", "fr", ["zozoka"]),
        ("La rana (Rana aa), conocida en aymara como k'ayra, vive.", "aa", "es", ["k'ayra"]),
        ("Local names: batan (Tag.); bukakau (Ilk.). Found in swamps.", "", "en", ["batan"]),
        ("The otter, known as a good swimmer, dives.", "otter", "en", []),
    ],
)
def test_local_names_are_read(text: str, taxon: str, lang: str, names: list[str]) -> None:
    assert names_in(text, taxon, lang)[: max(1, len(names))] == names
