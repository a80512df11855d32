"""Read Markdown: markup goes, wording and characters stay, every run keeps its place."""

import re
from collections.abc import Iterator
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.building import TextBuilder, check_paragraphs
from corpus.decoding import decode_text
from corpus.documents import BlockType, Document, Source

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_markdown(data: bytes, source: Source) -> Document:
    """Read CommonMark with tables; entities are kept as they are written."""
    text = decode_text(data, source.file)
    check_paragraphs(text)
    parser = MarkdownIt("commonmark").enable("table").disable("entity")
    builder = TextBuilder()
    front = _FRONT_MATTER.match(text)
    skipped = front.group().count("\n") if front else 0
    body = "\n" * skipped + text[front.end() :] if front else text
    shift = front.end() - skipped if front else 0
    _Writer(body, shift, builder).write(parser.parse(body))
    return Document(source, builder.text(), builder.blocks(), builder.offset_map(), builder.links())


class _Writer:
    """Copy the inline runs of parsed Markdown, each found again in the source."""

    def __init__(self, source: str, shift: int, builder: TextBuilder) -> None:
        self._source = source
        self._shift = shift
        self._builder = builder
        lines = source.splitlines(keepends=True)
        self._lines = [0, *accumulate(len(line) for line in lines)]
        self._cursor = 0
        self._end = len(source)

    def write(self, tokens: list[Token]) -> None:
        markers: list[str] = []
        quote = 0
        kind: BlockType = "prose"
        level = 0
        for token in tokens:
            if token.type == "list_item_open":
                markers.append(f"{token.info}{token.markup} ")
            elif token.type == "list_item_close" and markers:
                markers.pop()
            elif token.type in ("blockquote_open", "blockquote_close"):
                quote += token.nesting
            elif token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type in ("th_open", "td_open"):
                kind = "table"
            elif token.type == "inline":
                type_: BlockType = kind if kind != "prose" else _paragraph_type(markers, quote)
                self._seek(token)
                marker = markers[-1] if markers and markers[-1] else ""
                if markers:
                    markers[-1] = ""
                self._write_inline(token, type_, level, marker)
                kind, level = "prose", 0
            elif token.type in ("code_block", "fence", "html_block"):
                self._seek(token)
                self._write_raw(token)

    def _seek(self, token: Token) -> None:
        if token.map:
            first, last = token.map
            self._cursor = max(self._cursor, self._lines[first])
            self._end = self._lines[min(last, len(self._lines) - 1)]

    def _write_inline(self, token: Token, type_: BlockType, level: int, marker: str) -> None:
        builder = self._builder
        start = builder.length
        if not token.content.strip():
            return
        builder.separate("\n\n")
        start = builder.length
        if marker:
            self._copy(marker.rstrip())
            builder.write(" ")
        links: list[tuple[int, str]] = []
        for child in token.children or []:
            if child.type in ("text", "code_inline"):
                self._copy(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                builder.write("\n")
            elif child.type == "image" and child.content:
                self._copy(child.content)
            elif child.type == "link_open":
                links.append((builder.length, str(child.attrs.get("href", ""))))
            elif child.type == "link_close" and links:
                builder.add_link(*links.pop())
        builder.add_block(start, type_, level)

    def _write_raw(self, token: Token) -> None:
        """Copy a code or HTML block line by line, tags left out."""
        html = token.type == "html_block"
        pieces = _TAG.split(token.content) if html else [token.content]
        paragraphs = [p.strip() for piece in pieces for p in re.split(r"\n\s*\n", piece)]
        for paragraph in filter(None, paragraphs):
            self._builder.separate("\n\n")
            start = self._builder.length
            for number, line in enumerate(paragraph.split("\n")):
                if number:
                    self._builder.write("\n")
                self._copy(line.strip())
            self._builder.add_block(start, "prose")

    def _copy(self, run: str) -> None:
        """Write a run and find it in the source; where escapes differ, character by character."""
        for piece, position in self._locate(run):
            self._builder.write(piece, None if position is None else position + self._shift)

    def _locate(self, run: str) -> Iterator[tuple[str, int | None]]:
        at = self._source.find(run, self._cursor, self._end)
        if at >= 0:
            self._cursor = at + len(run)
            yield run, at
            return
        for char in run:
            at = self._source.find(char, self._cursor, self._end)
            if at >= 0:
                self._cursor = at + 1
            yield char, at if at >= 0 else None


def _paragraph_type(markers: list[str], quote: int) -> BlockType:
    if markers:
        return "list_item"
    return "quote" if quote else "prose"
