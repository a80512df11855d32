"""The trigger lexicons are read whole, and a bad row is refused with its place."""

from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.lexicon import (
    LANGUAGES,
    load_cues,
    load_families,
    load_roles,
    load_threat_stresses,
    load_triggers,
    read_cues,
    read_families,
    read_roles,
    read_threat_stresses,
    read_triggers,
)
from ontology.lexicon_rows import TriggerKind
from ontology.vocabulary import load_vocabulary

HEADER = "pattern,lang,scheme,version,code,weight,requires,forbids,source\n"
GOOD = "dam,en,IUCN-Red-List,3.x,7.2,0.5,,,own\n"
VOCABULARIES: dict[TriggerKind, str] = {
    "threat": "threats",
    "stress": "stresses",
    "intervention": "actions",
}


@pytest.mark.parametrize("kind", VOCABULARIES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lexicon_covers_every_code_below_level_one(kind: TriggerKind, lang: str) -> None:
    codes = {code for code in load_vocabulary(VOCABULARIES[kind]).concepts if "." in code}
    # Classes for what is not recorded have no words of their own.
    unnamed = {"2.1.4", "2.2.3", "2.3.4", "2.4.3", "5.1.4", "5.2.4", "5.3.5", "5.4.6", "7.1.3"}
    found = {row.code for row in load_triggers(kind) if row.lang == lang}
    assert codes - found == ({*unnamed} if kind == "threat" else set())


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_lexicon_is_sorted(kind: TriggerKind) -> None:
    keys = [
        ([int(part) for part in row.code.split(".")], row.lang, row.pattern)
        for row in load_triggers(kind)
    ]
    assert keys == sorted(keys)


def test_lexicon_helpers_cover_every_language() -> None:
    families = [sorted(r.name for r in load_families() if r.lang == lang) for lang in LANGUAGES]
    assert families[0] == families[1] == families[2]
    assert {row.lang for row in load_roles()} == set(LANGUAGES)
    assert {row.lang for row in load_cues()} == set(LANGUAGES)


def test_lexicon_stresses_of_threats_are_known() -> None:
    threats, stresses = load_vocabulary("threats"), load_vocabulary("stresses")
    rows = load_threat_stresses()
    assert all(row.threat in threats.concepts and row.stress in stresses.concepts for row in rows)
    assert len({row.threat for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("dam,de,IUCN-Red-List,3.x,7.2,0.5,,,own", "language 'de' is unknown"),
        (",en,IUCN-Red-List,3.x,7.2,0.5,,,own", "the pattern is empty"),
        ("dam,en,CMP,2.0,7.2,0.5,,,own", "CMP 2.0 is not the scheme IUCN-Red-List 3.x"),
        ("dam,en,IUCN-Red-List,3.x,7.x,0.5,,,own", "code '7.x' is not of the form"),
        ("dam,en,IUCN-Red-List,3.x,7.9,0.5,,,own", "code 7.9 is not in the vocabulary threats"),
        ("dam,en,IUCN-Red-List,3.x,7.2,half,,,own", "weight 'half' is not a number"),
        ("dam,en,IUCN-Red-List,3.x,7.2,1.5,,,own", "weight 1.5 lies outside"),
        ("dam,en,IUCN-Red-List,3.x,7.2,0.5,,,", "the source is empty"),
        ("dam,en,IUCN-Red-List,3.x,7.2,0.5,,", "expected 9 fields"),
        (GOOD.strip(), "says the same as threats.csv:2"),
    ],
)
def test_lexicon_refuses_a_bad_row_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    file = tmp_path / "threats.csv"
    file.write_text(HEADER + GOOD + row + "\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"^threats\.csv:3: ") as refusal:
        read_triggers("threat", file)
    assert problem in str(refusal.value)


def test_lexicon_refuses_a_missing_column(tmp_path: Path) -> None:
    file = tmp_path / "threats.csv"
    file.write_text("pattern,lang\ndam,en\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="column 'scheme' is missing"):
        read_triggers("threat", file)


@pytest.mark.parametrize(
    ("read", "text", "problem"),
    [
        (read_families, "name,lang,words,source\nHarm,en,kill,own\n", "a family needs a name"),
        (
            read_roles,
            "kind,lang,codes,condition,effect,name\nthreat,en,,harm,much,x\n",
            "effect 'much' is not a number",
        ),
        (
            read_cues,
            "pattern,lang,status,direction,kinds,reach,source\nno,en,denied,forward,threat,5,own\n",
            "status 'denied' is unknown",
        ),
        (
            read_threat_stresses,
            "threat,stress,weight,source\n4.1,x,0.5,own\n",
            "code 'x' is not of the form",
        ),
    ],
)
def test_lexicon_refuses_bad_helper_rows(
    tmp_path: Path, read: object, text: str, problem: str
) -> None:
    assert callable(read)
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"^rows\.csv:2: ") as refusal:
        read(file)
    assert problem in str(refusal.value)
