"""Read records of the PANORAMA API: one, or a list of them; also as they are posted."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.decoding import decode_text
from corpus.documents import CaseStudy, Source
from corpus.errors import CorpusError
from corpus.fetching.challenges import ADVICE, is_challenge
from corpus.readers.html_blocks import html_lines, parse_html
from corpus.readers.labels import field_values, find_label
from corpus.readers.panorama import ADDRESS, Declared, make_solution, read_address
from corpus.splitter import normalise_url

MEDIA_TYPE = "application/vnd.panorama+json"
_LANGUAGES = ("en", "fr", "es")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_PAIR = re.compile(r"\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)")
_SKIPPED_NAMES = {"other": "theme", "challenges": "challenge", "ecosystems": "ecosystem"}


def parse_json(data: bytes, name: str) -> Any:
    """Parse JSON; raise CorpusError with the place of what is wrong."""
    try:
        text = decode_text(data, name)
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise CorpusError(
            f"{name}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise CorpusError(f"{name}: JSON nested too deeply to be a record") from error
    except ValueError as error:  # a number with thousands of digits
        raise CorpusError(f"{name}: JSON with a number too long to be one") from error
    return _whole_characters(value) if _SURROGATE.search(text) else value


def _whole_characters(value: Any) -> Any:
    """Return a value whose halves of characters without the other half are marked as damage."""
    data = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.loads(data.decode("utf-16", "replace"))


def holds_panorama(value: Any) -> bool:
    """Tell whether a JSON value has the shape of the API: a record, an envelope, or a list."""
    if not isinstance(value, dict):
        return False
    inner = value.get("solution", value)
    return isinstance(value.get("solutions"), list) or (
        isinstance(inner, dict)
        and "title" in inner
        and any(name in inner for name in ("summary", "classifications", "field_location"))
        and any(name in inner for name in ("id", "url", "classifications"))
        and "mentions" not in inner
    )


def read_panorama_json(data: bytes, source: Source) -> tuple[CaseStudy, ...]:
    """Read one record, bare or as ``{"solution": …, "lang": …}``, or ``{"solutions": […]}``."""
    return read_panorama_value(parse_json(data, source.file), source)


def read_panorama_value(value: Any, source: Source) -> tuple[CaseStudy, ...]:
    """Read what parse_json gave."""
    if not isinstance(value, dict):
        raise CorpusError(f"{source.file}: not a record of the API: it must be a JSON object")
    listed = value.get("solutions")
    if listed is None:
        return (_read_record(value.get("solution", value), value.get("lang"), source),)
    if not isinstance(listed, list) or not listed:
        raise CorpusError(f"{source.file}: 'solutions' must be a list with records in it")
    return tuple(
        _read_record(
            entry.get("solution", entry) if isinstance(entry, dict) else entry,
            value.get("lang"),
            source,
        )
        for entry in listed
    )


def _read_record(record: Any, lang: Any, source: Source) -> CaseStudy:
    if not isinstance(record, dict):
        raise CorpusError(f"{source.file}: a record must be a JSON object, not {_kind(record)}")
    title = _text(record, "title", source)
    summary = _text(record, "summary", source)
    if is_challenge(summary.encode("utf-8", "replace")):
        raise CorpusError(f"{source.file}: {ADVICE}")
    url = _text(record, "url", source, required=False)
    if url.startswith("/"):
        url = f"{ADDRESS}{url}"
    address = read_address(url)
    if address is None and _identifier(record):
        lang = lang if lang in _LANGUAGES else "en"
        address = read_address(f"{ADDRESS}/{lang}/node/{_identifier(record)}")
    lines = list(html_lines(parse_html(summary)))
    if not lines:
        raise CorpusError(f"{source.file}: 'summary' is empty; there is no text to read")
    return make_solution(
        source,
        title=title,
        lines=lines,
        url=normalise_url(url) if url else "",
        stem="panorama-api",
        address=address,
        declared=tuple(dict.fromkeys(_declared(record))),
    )


def _identifier(record: dict[str, Any]) -> str:
    value = record.get("id")
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _text(record: dict[str, Any], name: str, source: Source, *, required: bool = True) -> str:
    value = record.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise CorpusError(f"{source.file}: '{name}' must be text, not {_kind(value)}")
    if required and not value.strip():
        raise CorpusError(f"{source.file}: '{name}' is empty")
    return value.strip()


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        bool: "true or false",
        type(None): "missing or null",
    }
    return names.get(type(value), "a number")


def _declared(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the record's own fields say; fields of unknown shape are passed over."""
    classifications = record.get("classifications")
    if isinstance(classifications, dict):
        for name, values in classifications.items():
            field = _field_of(str(name))
            if field:
                for value in _strings(values):
                    yield from ((field, v) for v in field_values(field, html.unescape(value)))
    yield from _people(record.get("contributors"))
    for name, field in (
        ("field_location", "location"),
        ("country", "country"),
        ("country_iso_2", "country"),
        ("wdpa", "wdpa"),
        ("created", "published"),
        ("published", "published"),
        ("changed", "updated"),
        ("licence", "licence"),
        ("license", "licence"),
    ):
        for value in _strings(record.get(name)):
            yield from ((field, v) for v in field_values(field, html.unescape(value)))
    yield from _coordinates(record.get("field_location_geofield"))


def _field_of(name: str) -> str:
    """Return the declared field that a vocabulary of the API fills; empty where none is known."""
    words = name.removeprefix("field_").replace("_", " ")
    if words in _SKIPPED_NAMES:
        return _SKIPPED_NAMES[words]
    found = find_label(words) or find_label(f"{words}s")
    return found[0].name if found is not None and found[0].kind == "field" else ""


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts in a value: itself, members of a list, names of objects in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for member in value:
            if not isinstance(member, list):
                yield from _strings(member)
    elif isinstance(value, dict):
        yield from (v for k in ("name", "title", "label") if isinstance(v := value.get(k), str))


def _people(value: Any) -> Declared:
    pairs: list[tuple[str, str]] = []
    for entry in value if isinstance(value, list) else []:
        person = entry.get("contributor", entry) if isinstance(entry, dict) else None
        if isinstance(person, dict):
            for name, field in (("name", "contributor"), ("organisation", "organisation")):
                pairs.extend((field, html.unescape(text)) for text in _strings(person.get(name)))
    return tuple(pairs)


def _coordinates(value: Any) -> Iterator[tuple[str, str]]:
    """Yield "LONGITUDE LATITUDE" of each point in GeoJSON, or in a text that looks like it."""
    text = value if isinstance(value, str) else json.dumps(value)
    for longitude, latitude in _PAIR.findall(text):
        if abs(float(longitude)) <= 180 and abs(float(latitude)) <= 90:
            yield "coordinates", f"{float(longitude)} {float(latitude)}"


def record_version(record: Any) -> str:
    """Return a checksum of a record that the order of its keys does not change."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
