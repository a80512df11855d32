"""Split a document into its case studies by structure."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from urllib.parse import urlsplit

from slugify import slugify

from corpus.building import TextBuilder, source_offset
from corpus.decoding import checksum
from corpus.documents import Block, CaseStudy, Document, Source
from corpus.errors import CorpusError
from corpus.languages import detect_language
from corpus.structure import call_to_action, links_within, split_lines, type_blocks

_MAX_TITLE_SLUG = 60
_MAX_TITLE = 200
_NEAR = 12


@dataclass(frozen=True, slots=True)
class _Section:
    """Hold the blocks of one case study with the addresses of its call to action."""

    title: Block
    blocks: tuple[Block, ...]
    addresses: tuple[str, ...]


def split_document(document: Document, *, find_title: bool = False) -> tuple[CaseStudy, ...]:
    """Return the case studies of a document: of a compilation each, else the one that it is.

    A compilation repeats a heading level whose sections carry a page address of their own, or
    a sub-heading that the others have too. Where its title is to be found, as in PDF, it is the
    first heading near the start, else a short first line; what stands before comes after it.
    Raise CorpusError where there is no title.
    """
    blocks = list(split_lines(document))
    sections = _find_compilation(document, blocks)
    if not sections:
        sections = [_single(document, _title_first(document, blocks) if find_title else blocks)]
    if len(sections) == 1:
        return (_build(document, sections[0], compilation=False),)
    return tuple(_build(document, section, compilation=True) for section in sections)


def build_case_study(document: Document, *, identifier: str = "") -> CaseStudy:
    """Return a document whose source marks its blocks as one case study; the first is the title.

    An empty identifier is made from source and title.
    """
    section = _single(document, list(document.blocks))
    study = _build(document, section, compilation=False, marked=True)
    return replace(study, id=identifier) if identifier else study


def normalise_url(address: str) -> str:
    """Return a page address without www, query, fragment and closing slash, as https."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"https://{host}{parts.path.rstrip('/')}" if host else ""


def solution_key(url: str) -> str:
    """Return the key of a solution from its page's address; empty where it is no solution page.

    PANORAMA serves a solution at ``/LANG/solution/SLUG``; the slug stands for it.
    """
    match = re.search(r"/solutions?/([^/]+)$", url)
    return slugify(match.group(1)) if match else ""


def _find_compilation(document: Document, blocks: list[Block]) -> list[_Section]:
    levels = sorted({block.level for block in blocks if block.type == "heading"})
    for level in levels:
        sections = [_section(document, part) for part in _parts(blocks, level)]
        if len(sections) < 2:
            continue
        common = Counter(
            name for section in sections for name in _subheadings(document, section)
        ).most_common(1)
        shared = common[0][0] if common and common[0][1] > len(sections) / 2 else None
        chosen = [
            section
            for section in sections
            if any(map(_is_page, section.addresses))
            or (shared is not None and shared in _subheadings(document, section))
        ]
        distinct = {tuple(filter(_is_page, section.addresses)) for section in chosen}
        if len(chosen) >= 2 and (len(distinct) == len(chosen) or shared is not None):
            return chosen
    return []


def _is_page(address: str) -> bool:
    return "@" not in address and "/" in normalise_url(address).removeprefix("https://")


def _parts(blocks: list[Block], level: int) -> Iterator[list[Block]]:
    """Yield each heading of a level with what follows up to a heading as high or higher."""
    part: list[Block] = []
    for block in blocks:
        if block.type == "heading" and block.level <= level:
            if part:
                yield part
            part = [block] if block.level == level else []
        elif part:
            part.append(block)
    if part:
        yield part


def _subheadings(document: Document, section: _Section) -> set[str]:
    return {
        document.text[block.start : block.end].casefold()
        for block in section.blocks
        if block.type == "heading"
    }


def _section(document: Document, part: list[Block]) -> _Section:
    """Take the calls to action out of a section, with the short line that leads to each."""
    kept: list[Block] = []
    addresses: list[str] = []
    for block in part[1:]:
        links = links_within(document.links, block)
        found = call_to_action(document.text[block.start : block.end], links)
        addresses.extend(found)
        if not found:
            kept.append(block)
        elif kept and document.text[kept[-1].start : kept[-1].end].rstrip().endswith("?"):
            kept.pop()
    return _Section(part[0], tuple(kept), tuple(addresses))


def _title_first(document: Document, blocks: list[Block]) -> list[Block]:
    """Return the blocks with the title in front of those that furnish its page."""
    for number, block in enumerate(blocks[:_NEAR]):
        if block.type == "heading":
            return [block, *blocks[:number], *blocks[number + 1 :]]
    if blocks and len(document.text[blocks[0].start : blocks[0].end]) <= _MAX_TITLE:
        return [replace(blocks[0], type="heading", level=1), *blocks[1:]]
    return blocks


def _single(document: Document, blocks: list[Block]) -> _Section:
    if not blocks or blocks[0].type != "heading":
        raise CorpusError(
            f"{document.source.file}: no title; begin the text with a line that is its title "
            "(in Markdown '# Title'), then a blank line"
        )
    if len(blocks) == 1:
        raise CorpusError(f"{document.source.file}: a title and nothing else; add the text")
    return _section(document, blocks)


def _build(
    document: Document, section: _Section, *, compilation: bool, marked: bool = False
) -> CaseStudy:
    builder = TextBuilder()
    blocks = [replace(section.title, type="title", level=0), *section.blocks]
    blocks = type_blocks(document, blocks, first=1, marked=marked)
    before: Block | None = None
    for block in blocks:
        if before is not None:
            gap = document.text[before.end : block.start]
            builder.write("\n" if gap == "\n" and before.type != "title" else "\n\n")
        start = builder.length
        _copy(document, block, builder)
        builder.add_block(start, block.type, block.level)
        before = block
    text = builder.text()
    title = text.split("\n", 1)[0]
    pages = [normalise_url(a) for a in section.addresses if _is_page(a)]
    url = next((page for page in pages if solution_key(page)), pages[0] if pages else "")
    source = document.source
    return CaseStudy(
        id=_case_study_id(source, title),
        title=title,
        lang=detect_language(text),
        text=text,
        blocks=builder.blocks(),
        offset_map=builder.offset_map(),
        source=source if source.title or not compilation else replace(source, title=source.file),
        url=url,
        contributors=tuple(
            document.text[b.start : b.end]
            for b in blocks
            if b.type == "credit" and document.text[b.start].isalnum()
        ),
        contacts=tuple(a.removeprefix("mailto:") for a in section.addresses if "@" in a),
    )


def _copy(document: Document, block: Block, builder: TextBuilder) -> None:
    """Copy a block's text run by run, so that each run keeps its place in the source."""
    at = block.start
    if block.type == "title":
        title = " ".join(document.text[block.start : block.end].split())
        builder.write(title, *_place(document, at))
        return
    first = bisect_right(document.offset_map, block.start, key=lambda item: item.text)
    last = bisect_left(document.offset_map, block.end, key=lambda item: item.text)
    for item in document.offset_map[first:last]:
        builder.write(document.text[at : item.text], *_place(document, at))
        at = item.text
    builder.write(document.text[at : block.end], *_place(document, at))


def _place(document: Document, at: int) -> tuple[int | None, int | None]:
    """Return the place in the source of an offset; none where the reader knows none."""
    return source_offset(document.offset_map, at) if document.offset_map else (None, None)


def _case_study_id(source: Source, title: str) -> str:
    """Name a case study by its document's symbol or file and by its title."""
    stem = slugify(source.symbol or str(PurePath(source.file).with_suffix("")))
    slug = slugify(title, max_length=_MAX_TITLE_SLUG, word_boundary=True, save_order=True)
    return stem if stem == slug else f"{stem}-{slug or checksum(title.encode())[7:19]}"
