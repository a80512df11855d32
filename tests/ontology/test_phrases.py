"""Tables of cue phrases."""

from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.phrases import LANGUAGES, load_phrases, read_phrases

TABLES = (
    "bystanders",
    "definites",
    "passives",
    "prepositions",
    "relation_cues",
    "sdg_cues",
    "target_cues",
)


@pytest.mark.parametrize("name", TABLES)
def test_phrases_of_every_shipped_table_read(name: str) -> None:
    assert {row.lang for row in load_phrases(name)} == set(LANGUAGES)


@pytest.mark.parametrize("name", ["bystanders", "relation_cues", "sdg_cues", "target_cues"])
def test_phrases_of_every_cue_speak_every_language(name: str) -> None:
    spoken: dict[str, set[str]] = {}
    for row in load_phrases(name):
        spoken.setdefault(row.cue, set()).add(row.lang)
    assert {cue for cue, langs in spoken.items() if langs != set(LANGUAGES)} == set()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("cue,lang\nharm,en\n", "table.csv:1: columns are cue, lang; expected cue, lang, pattern"),
        ("cue,lang,pattern\nharm,en,kill\nharm,en\n", "table.csv:3: expected 3 fields"),
        ("cue,lang,pattern\nharm,xx,kill\n", "table.csv:2: language 'xx' is unknown"),
        ("cue,lang,pattern\nharm,en,\n", "table.csv:2: the pattern is empty"),
        ("cue,lang,pattern\n+harm,en,kill\n", "table.csv:2: cue '+harm' is no name"),
        ("cue,lang,pattern\nharm,en,kill\nharm,en,kill\n", "table.csv:3: says the same as"),
    ],
)
def test_phrases_refuse_a_bad_row_with_its_line(tmp_path: Path, lines: str, message: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(lines, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        read_phrases(table)
    assert str(caught.value).startswith(message)
