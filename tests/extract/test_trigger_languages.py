"""Every class of threats and actions in a French and a Spanish sentence of its own."""

import csv
from pathlib import Path

import pytest

from extract.matching.triggers import level2, load_reader
from ontology.vocabulary import load_vocabulary

_LEAST = 0.5
"""Score from which a sentence alone speaks of a class."""
_RARE = {"8.4", "8.5", "8.6", "12.1"}
"""Classes that name no cause: diseases of unknown origin and other options."""


def read_sentences() -> list[tuple[str, str, str, str]]:
    """List kind, code, language and sentence."""
    path = Path(__file__).parent / "trigger_sentences.tsv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [(row["kind"], row["code"], lang, row[lang]) for row in rows for lang in ("fr", "es")]


@pytest.mark.parametrize(("kind", "code", "lang", "sentence"), read_sentences())
def test_trigger_languages_find_each_class(kind: str, code: str, lang: str, sentence: str) -> None:
    found = load_reader(lang).read(sentence, 0, len(sentence))
    assert code in {level2(t.code) for t in found if t.kind == kind and t.score >= _LEAST}


@pytest.mark.parametrize(("kind", "name"), [("threat", "threats"), ("intervention", "actions")])
def test_trigger_languages_leave_no_class_out(kind: str, name: str) -> None:
    said = {code for of, code, _, _ in read_sentences() if of == kind}
    classes = {code for code in load_vocabulary(name).concepts if code.count(".") == 1}
    assert classes - said <= _RARE
