"""Read the trigger lexicons: patterns for threats, stresses, interventions, cues and families."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar, get_args

from ontology.errors import OntologyError
from ontology.lexicon_rows import (
    CueDirection,
    CueRow,
    CueStatus,
    FamilyRow,
    IdiomRow,
    RoleRow,
    ThreatStressRow,
    TriggerKind,
    TriggerRow,
)
from ontology.vocabulary import load_vocabulary

LANGUAGES = ("en", "es", "fr")

_FILES: dict[TriggerKind, str] = {
    "threat": "threats.csv",
    "stress": "stresses.csv",
    "intervention": "interventions.csv",
}
_VOCABULARIES: dict[TriggerKind, str] = {
    "threat": "threats",
    "stress": "stresses",
    "intervention": "actions",
}
_SCHEMES: dict[TriggerKind, tuple[str, str]] = {
    "threat": ("IUCN-Red-List", "3.x"),
    "stress": ("IUCN-Stresses", "1.1"),
    "intervention": ("CMP", "2.0"),
}
_Text = TypeVar("_Text", bound=str)
_CODE = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}")


def _fail(where: str, problem: str) -> OntologyError:
    return OntologyError(f"{where}: {problem}")


def _rows(
    source: Traversable, columns: tuple[str, ...], *, languages: bool = True
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with its file and line; refuse missing columns and ragged rows."""
    with source.open("r", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise _fail(f"{source.name}:1", f"column {missing[0]!r} is missing; add it")
        for row in reader:
            where = f"{source.name}:{reader.line_num}"
            if None in row or None in row.values():
                raise _fail(where, f"expected {len(reader.fieldnames or ())} fields; quote commas")
            if languages and row["lang"] not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                raise _fail(where, f"language {row['lang']!r} is unknown; write one of {known}")
            yield where, {name: value.strip() for name, value in row.items()}


def _number(where: str, name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise _fail(where, f"{name} {text!r} is not a number") from error
    if not low <= value <= high:
        raise _fail(where, f"{name} {text} lies outside {low} to {high}")
    return value


def _choice(where: str, name: str, text: str, allowed: tuple[_Text, ...]) -> _Text:
    for value in allowed:
        if value == text:
            return value
    raise _fail(where, f"{name} {text!r} is unknown; write one of {', '.join(allowed)}")


def read_triggers(kind: TriggerKind, source: Traversable) -> tuple[TriggerRow, ...]:
    """Read one lexicon file; raise OntologyError with file and line at the first bad row."""
    columns = ("pattern", "lang", "scheme", "version", "code", "weight", "requires", "forbids")
    concepts = load_vocabulary(_VOCABULARIES[kind]).concepts
    rows = []
    seen: dict[tuple[str, str, str], str] = {}
    for where, row in _rows(source, (*columns, "source")):
        if not row["pattern"]:
            raise _fail(where, "the pattern is empty; write at least one word")
        if (row["scheme"], row["version"]) != _SCHEMES[kind]:
            expected = " ".join(_SCHEMES[kind])
            raise _fail(where, f"{row['scheme']} {row['version']} is not the scheme {expected}")
        if not _CODE.fullmatch(row["code"]):
            raise _fail(where, f"code {row['code']!r} is not of the form 1, 1.2 or 1.2.3")
        if not row["source"]:
            raise _fail(where, "the source is empty; say where the wording comes from")
        if row["code"] not in concepts:
            raise _fail(where, f"code {row['code']} is not in the vocabulary {_VOCABULARIES[kind]}")
        weight = _number(where, "weight", row["weight"], 0.01, 1.0)
        key = (row["pattern"], row["lang"], row["code"])
        if key in seen:
            raise _fail(where, f"says the same as {seen[key]}; delete one of them")
        seen[key] = where
        rows.append(
            TriggerRow(
                kind=kind,
                pattern=row["pattern"],
                lang=row["lang"],
                scheme=row["scheme"],
                version=row["version"],
                code=row["code"],
                weight=weight,
                requires=row["requires"],
                forbids=row["forbids"],
                source=row["source"],
                where=where,
            )
        )
    return tuple(rows)


def read_families(source: Traversable) -> tuple[FamilyRow, ...]:
    """Read the word families; raise OntologyError with file and line at the first bad row."""
    rows = []
    for where, row in _rows(source, ("name", "lang", "words", "source")):
        if not re.fullmatch(r"[a-z_]+", row["name"]) or not row["words"]:
            raise _fail(where, "a family needs a name in small letters and at least one word")
        rows.append(FamilyRow(row["name"], row["lang"], row["words"], where))
    return tuple(rows)


def read_roles(source: Traversable) -> tuple[RoleRow, ...]:
    """Read the role rules; raise OntologyError with file and line at the first bad row."""
    rows = []
    for where, row in _rows(source, ("kind", "lang", "codes", "condition", "effect", "name")):
        text = row["effect"]
        effect = None if text == "refuse" else _number(where, "effect", text, -1.0, 1.0)
        kind = _choice(where, "kind", row["kind"], get_args(TriggerKind))
        codes = tuple(filter(None, row["codes"].split("|")))
        role = RoleRow(kind, row["lang"], codes, row["condition"], effect, row["name"], where)
        rows.append(role)
    return tuple(rows)


def read_idioms(source: Traversable) -> tuple[IdiomRow, ...]:
    """Read the figures of speech; raise OntologyError with file and line at the first bad row."""
    rows = []
    for where, row in _rows(source, ("pattern", "lang", "source")):
        if not row["pattern"]:
            raise _fail(where, "the pattern is empty; write at least one word")
        rows.append(IdiomRow(row["pattern"], row["lang"], where))
    return tuple(rows)


def read_cues(source: Traversable) -> tuple[CueRow, ...]:
    """Read the assertion cues; raise OntologyError with file and line at the first bad row."""
    rows = []
    columns = ("pattern", "lang", "status", "direction", "kinds", "reach", "source")
    for where, row in _rows(source, columns):
        kinds = tuple(
            _choice(where, "kind", kind, get_args(TriggerKind)) for kind in row["kinds"].split("|")
        )
        rows.append(
            CueRow(
                pattern=row["pattern"],
                lang=row["lang"],
                status=_choice(where, "status", row["status"], get_args(CueStatus)),
                direction=_choice(where, "direction", row["direction"], get_args(CueDirection)),
                kinds=kinds,
                reach=int(_number(where, "reach", row["reach"], 1, 60)),
                where=where,
            )
        )
    return tuple(rows)


def read_threat_stresses(source: Traversable) -> tuple[ThreatStressRow, ...]:
    """Read which stress a threat brings; raise OntologyError with file and line at a bad row."""
    rows = []
    for where, row in _rows(source, ("threat", "stress", "weight", "source"), languages=False):
        for code in (row["threat"], row["stress"]):
            if not _CODE.fullmatch(code):
                raise _fail(where, f"code {code!r} is not of the form 1, 1.2 or 1.2.3")
        weight = _number(where, "weight", row["weight"], 0.01, 1.0)
        rows.append(ThreatStressRow(row["threat"], row["stress"], weight, row["source"], where))
    return tuple(rows)


def _shipped(name: str) -> Traversable:
    return resources.files("ontology").joinpath("lexicons", name)


@cache
def load_triggers(kind: TriggerKind) -> tuple[TriggerRow, ...]:
    """Read the shipped lexicon of one kind, once a process."""
    return read_triggers(kind, _shipped(_FILES[kind]))


@cache
def load_families() -> tuple[FamilyRow, ...]:
    """Read the shipped word families, once a process."""
    return read_families(_shipped("families.csv"))


@cache
def load_roles() -> tuple[RoleRow, ...]:
    """Read the shipped role rules, once a process."""
    return read_roles(_shipped("roles.csv"))


@cache
def load_idioms() -> tuple[IdiomRow, ...]:
    """Read the shipped figures of speech, once a process."""
    return read_idioms(_shipped("idioms.csv"))


@cache
def load_cues() -> tuple[CueRow, ...]:
    """Read the shipped assertion cues, once a process."""
    return read_cues(_shipped("cues.csv"))


@cache
def load_threat_stresses() -> tuple[ThreatStressRow, ...]:
    """Read the shipped table of the stresses that threats bring, once a process."""
    return read_threat_stresses(_shipped("threat_stresses.csv"))
