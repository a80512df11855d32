"""Read solutions of PANORAMA: records of its API, and pages saved from a browser.

Pages are read by the text of their labels, never by class names, since the site changes those.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from slugify import slugify

from corpus.building import TextBuilder
from corpus.documents import BlockType, CaseStudy, Document, Source
from corpus.errors import CorpusError
from corpus.fetching.challenges import ADVICE, is_challenge
from corpus.readers.html_blocks import Line, clean, write_lines
from corpus.readers.labels import Label, field_values, find_label, fold_label, is_call, load_values
from corpus.splitter import build_case_study, normalise_url
from corpus.structure import is_credit_line

Declared = tuple[tuple[str, str], ...]
HOST = "panorama.solutions"
ADDRESS = f"https://{HOST}"
_PAGE = re.compile(r"^/([a-z]{2}(?:-[a-z]{2})?)/(solution|building-block|node)/([^/]+)$")
_NOISE = re.compile(
    r"^(?:remove_red_eye\s*)?[\d.,\s]*(?:views?|vues?|vistas?|visualizaciones)$|^remove_red_eye$",
    re.IGNORECASE,
)
_MOST_VALUE_WORDS = 14
_SENTENCE_END = (".", "!", "?", "…", ";")


@dataclass(frozen=True, slots=True)
class PanoramaAddress:
    """Say what an address of the site names."""

    lang: str
    kind: Literal["solution", "building-block", "node"]
    slug: str


def read_address(url: str) -> PanoramaAddress | None:
    """Return what an address of a solution or building block names; None for others."""
    normal = normalise_url(url)
    match = _PAGE.match(urlsplit(normal).path)
    if match is None or urlsplit(normal).hostname != HOST:
        return None
    kind: Literal["solution", "building-block", "node"] = "solution"
    if match[2] != "solution":
        kind = "node" if match[2] == "node" else "building-block"
    return PanoramaAddress(match[1], kind, slugify(match[3]))


def read_page_lines(lines: Iterable[Line], source: Source, url: str) -> CaseStudy:
    """Make the case study of a saved page from its blocks; raise CorpusError where it has none."""
    address = read_address(url)
    title, kept, declared = _sort_lines(list(lines), source)
    return make_solution(
        source,
        title=title,
        lines=kept,
        url=normalise_url(url),
        stem="panorama" if address else "",
        address=address,
        declared=declared,
    )


def make_solution(
    source: Source,
    *,
    title: str,
    lines: list[Line],
    url: str,
    stem: str,
    address: PanoramaAddress | None,
    declared: Declared,
) -> CaseStudy:
    """Build a case study whose identifier is that of its page, whatever its title becomes."""
    title = " ".join(clean(html.unescape(title)).split())
    if not title:
        raise CorpusError(f"{source.file}: no title; a solution needs one")
    if not lines:
        raise CorpusError(f"{source.file}: a title and nothing else; there is no text to read")
    builder = TextBuilder()
    write_lines(builder, [Line("heading", 1, title), *lines])
    document = Document(source, builder.text(), builder.blocks(), (), builder.links())
    identifier = ""
    if address is not None:
        kind = "" if address.kind == "solution" else f"{address.kind}-"
        identifier = f"{stem}-{address.lang}-{kind}{address.slug}"
    study = build_case_study(document, identifier=identifier)
    names = tuple(value for name, value in declared if name in ("contributor", "organisation"))
    return replace(
        study,
        url=url,
        declared=declared,
        contributors=tuple(dict.fromkeys((*study.contributors, *names))),
    )


def _sort_lines(lines: list[Line], source: Source) -> tuple[str, list[Line], Declared]:
    """Part a page's lines into title, text and fields; what is neither is left out."""
    start = next((n for n, line in enumerate(lines) if line.type == "heading"), None)
    if start is None:
        raise CorpusError(f"{source.file}: the page has no heading that could be its title")
    kept: list[Line] = []
    declared: list[tuple[str, str]] = []
    field = ""
    for line in _single_lines(lines[start + 1 :]):
        if _NOISE.match(line.text) or is_call(line.text):
            continue
        found = find_label(line.text)
        if found is not None:
            label, rest = found
            if label.kind == "end":
                break
            field = _open(label, rest, line, kept, declared)
            continue
        if line.type == "heading":
            field = ""
        elif taken := _take_value(field, line):
            field, values = taken
            declared.extend(values)
            continue
        elif not is_credit_line(line.text):
            field = ""
        kept.append(line)
    while kept and kept[-1].type == "heading":
        kept.pop()
    return lines[start].text, kept, tuple(dict.fromkeys(declared))


def _open(
    label: Label, rest: str, line: Line, kept: list[Line], declared: list[tuple[str, str]]
) -> str:
    """Note a label; return the field whose values come next, empty for a section."""
    if label.kind == "field":
        values = field_values(label.name, rest)
        declared.extend((label.name, value) for value in values)
        return "" if label.name in ("published", "updated") and values else label.name
    if label.kind == "section":
        kept.append(Line("heading", line.level or 2, line.text))
    return ""


def _take_value(field: str, line: Line) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the field that goes on and the values in a line; None where it is text.

    Copies of pages lose most labels: a well-known term says itself which field it fills, and
    other terms after such a field are keywords.
    """
    if not _is_value(line):
        return None
    known = load_values().get(fold_label(line.text))
    if known and field not in ("challenge", "location"):
        return field or "keyword", [(known, line.text)]
    if not field:
        return None
    if field in ("scale", "phase"):
        field = "keyword"
    return field, [(field, value) for value in field_values(field, line.text)]


def _single_lines(lines: list[Line]) -> Iterator[Line]:
    """Yield blocks; those of fields and labels may hold one value a line."""
    for line in lines:
        parts = line.text.split("\n")
        if len(parts) > 1 and all(len(part.split()) <= _MOST_VALUE_WORDS for part in parts):
            for part in filter(str.strip, parts):
                kind: BlockType = "list_item" if part.startswith(("•", "- ")) else line.type
                yield replace(line, text=part, links=(), type=kind)
        else:
            yield line


def _is_value(line: Line) -> bool:
    text = line.text
    short = len(text.split()) <= _MOST_VALUE_WORDS or "|" in text
    return short and not text.endswith(_SENTENCE_END) and line.type not in ("heading", "caption")


def refuse_challenge(data: bytes, source: Source) -> None:
    """Raise CorpusError where the bytes are the page of a guard before the site."""
    if is_challenge(data):
        raise CorpusError(f"{source.file}: {ADVICE}")
