"""Know the labels that stand over sections and fields of a solution, in three languages."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DATE = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th)?\.?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})"
)
_DATE_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBER = re.compile(r"\b(\d{1,2}(?:\.[\da-z])?)\b")
_MOST = {"sdg": 17, "aichi_target": 20, "gbf_target": 23}


@dataclass(frozen=True, slots=True)
class Label:
    """Say what a label opens: a section of prose, a field, the end of the text, or nothing."""

    kind: str
    name: str
    lang: str


def fold_label(text: str) -> str:
    """Return what a label is looked up by: no accents, case, closing colon or outer space."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(letters.casefold().split()).rstrip(" :")


@cache
def load_labels() -> dict[str, Label]:
    """Return the labels by their folded form."""
    rows = _rows("panorama_labels.csv")
    return {
        fold_label(row["label"]): Label(row["kind"], row["name"], row["lang"])
        for row in rows
        if row["kind"] != "value"
    }


@cache
def load_values() -> dict[str, str]:
    """Return the field that a well-known term fills, by the term's folded form."""
    rows = _rows("panorama_labels.csv")
    return {fold_label(row["label"]): row["name"] for row in rows if row["kind"] == "value"}


@cache
def _months() -> dict[str, int]:
    return {
        name: int(row["number"]) for row in _rows("months.csv") for name in row["names"].split()
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("corpus.readers").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def find_label(line: str) -> tuple[Label, str] | None:
    """Return the label that a line is, or begins with before a colon, and what follows it."""
    if len(line) > 200 or "\n" in line:
        return None
    labels = load_labels()
    if label := labels.get(fold_label(line)):
        return label, ""
    head, colon, rest = line.partition(":")
    if colon and (label := labels.get(fold_label(head))) and label.kind == "field":
        return label, rest.strip()
    return None


def is_call(line: str) -> bool:
    """Tell whether a line asks the reader to take part in the site."""
    folded = fold_label(line).lstrip("¿¡ ")
    return any(
        folded.startswith(text) for text, label in load_labels().items() if label.kind == "call"
    )


def read_date(text: str) -> str:
    """Return a date in ISO form; empty where none is understood."""
    folded = fold_label(text)
    if match := _ISO_DATE.search(folded):
        return match.group()
    for pattern, day, month in ((_DATE, 1, 2), (_DATE_MONTH_FIRST, 2, 1)):
        match = pattern.search(folded)
        if match and (number := _months().get(match[month])) and 1 <= int(match[day]) <= 31:
            return f"{match[3]}-{number:02}-{int(match[day]):02}"
    return ""


def field_values(field: str, text: str) -> tuple[str, ...]:
    """Return the values in a line of a field: dates as ISO, goals and targets as their numbers."""
    text = text.strip()
    if field in ("published", "updated"):
        return tuple(filter(None, (read_date(text),)))
    if field in _MOST:
        match = _NUMBER.search(text)
        if match is None or not 1 <= int(match[1].partition(".")[0]) <= _MOST[field]:
            return ()
        return (match[1],)
    if field == "location":
        return tuple(filter(None, (part.strip() for part in text.split("|"))))
    return (text,) if text else ()
