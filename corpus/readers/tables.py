"""Read case studies from records: JSON, JSON lines, CSV; columns are known by their names.

A record is one case study. ``title`` and ``text`` it must have; what else it says of itself is
declared. Names of columns are looked up in columns.csv, or given by the caller.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from slugify import slugify

from corpus.building import TextBuilder
from corpus.decoding import decode_text
from corpus.documents import DECLARED_FIELDS, CaseStudy, Document, Source
from corpus.errors import CorpusError
from corpus.readers.html_blocks import Line, clean, html_lines, parse_html, write_lines
from corpus.readers.labels import field_values, fold_label
from corpus.readers.panorama_records import holds_panorama, parse_json, read_panorama_value
from corpus.readers.sniffing import CSV, JSON_LINES
from corpus.splitter import build_case_study, normalise_url

_MAX_FIELD = 5_000_000
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_LISTS = ("records", "items", "solutions", "cases", "case_studies", "data", "results")
_MARKUP = re.compile(r"<(?:p|br|div|ul|ol|li|h[1-6]|em|strong|b|i|a|span)\b[^>]*>", re.IGNORECASE)
_PARTED = re.compile(r"\s*[;|\n]\s*")
_WHOLE = frozenset(("location", "coordinates", "licence", "published", "updated"))
"""Declared fields whose values are not parted at semicolons."""
_OWN = frozenset(("id", "title", "text", "url", "lang", "section", "latitude", "longitude"))

Columns = Mapping[str, str]
"""Field by the name of its column, as the caller gives it."""


@cache
def _known_columns() -> dict[str, str]:
    text = files("corpus.readers").joinpath("columns.csv").read_text(encoding="utf-8")
    return {
        fold_label(label.replace("-", " ")): row["field"]
        for row in csv.DictReader(text.splitlines())
        for label in row["labels"].split(";")
    }


def field_of(column: str, columns: Columns) -> str:
    """Return the field that a column fills; empty where it fills none."""
    if column in columns:
        return columns[column]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " ").replace("-", " ")
    return _known_columns().get(fold_label(words), "")


def read_table(
    data: bytes, source: Source, media_type: str, *, columns: Columns | None = None
) -> tuple[CaseStudy, ...]:
    """Read every record; raise CorpusError telling which one is wrong and how."""
    columns = columns or {}
    unknown = sorted(set(columns.values()) - _OWN - set(DECLARED_FIELDS))
    if unknown:
        known = ", ".join(sorted(_OWN | set(DECLARED_FIELDS)))
        raise CorpusError(f"no such field: {', '.join(unknown)}; known are {known}")
    if media_type == CSV:
        rows = _csv_rows(data, source)
    elif media_type == JSON_LINES:
        rows = _json_lines(data, source)
    else:
        value = parse_json(data, source.file)
        if holds_panorama(value):
            return read_panorama_value(value, source)
        rows = _json_rows(value, source)
    studies = tuple(_study(where, row, source, columns) for where, row in rows)
    if not studies:
        raise CorpusError(f"{source.file}: no records in it")
    seen: set[str] = set()
    for study in studies:
        if study.id in seen:
            raise CorpusError(f"{source.file}: two records are named {study.id}; give them ids")
        seen.add(study.id)
    return studies


def _csv_rows(data: bytes, source: Source) -> Iterator[tuple[str, dict[str, Any]]]:
    text = decode_text(data, source.file)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            where = f"{source.file}, line {reader.line_num}"
            if None in row:
                raise CorpusError(f"{where}: more cells than the first line has names")
            if any(value for value in row.values()):
                yield where, {str(name): value for name, value in row.items()}
    except csv.Error as error:
        raise CorpusError(f"{source.file}: not a CSV table: {error}") from error
    finally:
        csv.field_size_limit(limit)


def _json_lines(data: bytes, source: Source) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(decode_text(data, source.file).split("\n"), start=1):
        if line.strip():
            where = f"{source.file}, line {number}"
            yield where, parse_json(line.encode("utf-8", "surrogatepass"), where)


def _json_rows(value: Any, source: Source) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        if listed is None:
            yield source.file, value
            return
        value = listed
    if not isinstance(value, list):
        raise CorpusError(f"{source.file}: not records: it must be a JSON object or a list of them")
    for number, row in enumerate(value, start=1):
        yield f"{source.file}, record {number}", row


def _study(where: str, row: Any, source: Source, columns: Columns) -> CaseStudy:
    if isinstance(row, dict) and holds_panorama(row):
        return read_panorama_value(row, replace(source, file=where))[0]
    if not isinstance(row, dict):
        raise CorpusError(f"{where}: a record must be a JSON object, not {json.dumps(row)[:40]}")
    if "mentions" in row and "iri" in row:
        raise CorpusError(
            f"{where}: a record of an extraction, not of a text; 'ecoduct ingest' takes files of "
            "such records by their suffix .jsonl"
        )
    fields: dict[str, list[tuple[str, Any]]] = {}
    for column, value in row.items():
        if (field := field_of(column, columns)) and value not in (None, "", []):
            fields.setdefault(field, []).append((column, value))
    title = _one_text(fields, "title", where)
    lines = list(_lines(fields, where))
    if not title or not lines:
        wanted = "title" if not title else "text"
        there = ", ".join(map(str, list(row)[:12]))
        raise CorpusError(f"{where}: no {wanted}; its columns are {there}: name the one that is it")
    builder = TextBuilder()
    write_lines(builder, [Line("heading", 1, title), *lines])
    document = Document(source, builder.text(), builder.blocks(), (), builder.links())
    study = build_case_study(document, identifier=_identifier(fields, source, title, where))
    declared = tuple(dict.fromkeys(_declared(fields, where)))
    names = tuple(v for name, v in declared if name in ("contributor", "organisation"))
    lang = _one_text(fields, "lang", where)
    if lang and not _LANGUAGE.match(lang):
        raise CorpusError(f"{where}: {lang[:40]!r} is not the tag of a language; use en, fr, es, …")
    url = normalise_url(_one_text(fields, "url", where))
    return replace(
        study, url=url, declared=declared, contributors=names, lang=lang.lower() or study.lang
    )


def _identifier(
    fields: dict[str, list[tuple[str, Any]]], source: Source, title: str, where: str
) -> str:
    given = _one_text(fields, "id", where)
    stem = slugify(source.symbol or source.file.rpartition(".")[0] or source.file)
    return f"{stem}-{slugify(given)}" if slugify(given) else ""


def _one_text(fields: dict[str, list[tuple[str, Any]]], field: str, where: str) -> str:
    for column, value in fields.get(field, []):
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise CorpusError(f"{where}: '{column}' must be text, not {json.dumps(value)[:40]}")
        if text := " ".join(clean(str(value)).split()):
            return text
    return ""


def _lines(fields: dict[str, list[tuple[str, Any]]], where: str) -> Iterator[Line]:
    """Yield the blocks of the text, then those of sections under the names of their columns."""
    for field in ("text", "section"):
        for column, value in fields.get(field, []):
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(part, str) for part in values):
                raise CorpusError(f"{where}: '{column}' must be text, not {json.dumps(value)[:40]}")
            lines = [line for part in values for line in _text_lines(part)]
            if lines and field == "section":
                yield Line("heading", 2, column.replace("_", " ").strip().capitalize())
            yield from lines


def _text_lines(text: str) -> Iterator[Line]:
    if _MARKUP.search(text):
        yield from html_lines(parse_html(text))
        return
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    for paragraph in re.split(r"\n\s*\n", text):
        if paragraph.strip():
            yield Line("prose", 0, paragraph.strip())


def _declared(fields: dict[str, list[tuple[str, Any]]], where: str) -> Iterator[tuple[str, str]]:
    for field in DECLARED_FIELDS:
        for _, value in fields.get(field, []):
            for text in _texts(value, whole=field in _WHOLE):
                yield from ((field, v) for v in field_values(field, text))
    latitude, longitude = (_one_number(fields, name) for name in ("latitude", "longitude"))
    if latitude is not None and longitude is not None:
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise CorpusError(f"{where}: latitude {latitude}, longitude {longitude} is no place")
        yield "coordinates", f"{longitude} {latitude}"


def _texts(value: Any, *, whole: bool) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    for part in values:
        if isinstance(part, str):
            pieces = [clean(part)] if whole else _PARTED.split(clean(part))
            yield from (piece.strip() for piece in pieces if piece.strip())
        elif isinstance(part, int) and not isinstance(part, bool):
            yield str(part)


def _one_number(fields: dict[str, list[tuple[str, Any]]], field: str) -> float | None:
    for _, value in fields.get(field, []):
        try:
            return float(value)
        except (TypeError, ValueError):
            return None
    return None
