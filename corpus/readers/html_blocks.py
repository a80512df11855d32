"""Write the text of an HTML tree as typed blocks, white space as a browser shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from corpus.building import TextBuilder
from corpus.documents import BlockType

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select",
    "button", "input", "textarea", "head", "nav", "canvas", "audio", "video",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture",
    "source",
))  # fmt: skip
_KINDS: dict[str, BlockType] = {
    "li": "list_item", "dd": "list_item", "blockquote": "quote", "td": "table", "th": "table",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\n\r\f\u200b]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one block as it was found: its text, and its links as (start, end, address)."""

    type: BlockType
    level: int
    text: str
    links: tuple[tuple[int, int, str], ...] = ()


def clean(text: str) -> str:
    """Return a text without the characters that no text may hold."""
    return _CONTROL.sub("", text)


class _Collector:
    """Gather inline text until a block ends."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._links: list[tuple[int, int, str]] = []
        self._open: list[tuple[int, str]] = []

    def add(self, text: str | None) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if not self._length or self._parts[-1][-1] in " \n":
            text = text.lstrip(" ")
        if text:
            self._parts.append(text)
            self._length += len(text)

    def break_line(self) -> None:
        if self._length:
            self._parts.append("\n")
            self._length += 1

    def open_link(self, address: str) -> None:
        self._open.append((self._length, address))

    def close_link(self) -> None:
        if self._open:
            start, address = self._open.pop()
            if address and self._length > start:
                self._links.append((start, self._length, address))

    def take(self, type_: BlockType, level: int) -> Line | None:
        """Return what was gathered as a block and begin anew."""
        text = re.sub(r" *\n *", "\n", "".join(self._parts)).rstrip()
        links = tuple((s, min(e, len(text)), a) for s, e, a in self._links if s < len(text))
        self._parts, self._length, self._links = [], 0, []
        self._open = [(0, address) for _, address in self._open]
        return Line(type_, level, text, links) if text.strip() else None


def parse_html(text: str) -> html.HtmlElement:
    """Parse a page or a fragment, however broken; what it refers to is never loaded."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    # lxml refuses text with a declaration of another encoding, and characters that XML lacks.
    cleaned = re.sub(r"<\?xml[^>]*\?>", "", clean(text), count=1)
    try:
        root = html.document_fromstring(cleaned or "<p></p>", parser=parser)
    except etree.ParserError:  # nothing but white space and comments
        return html.document_fromstring("<p></p>")
    return root


def html_lines(root: html.HtmlElement) -> Iterator[Line]:
    """Yield the blocks of a tree in order of the text."""
    collector = _Collector()
    kinds: list[tuple[BlockType, int]] = [("prose", 0)]
    skipping = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        skipped = tag in _SKIPPED or node.get("hidden") is not None or _is_icon(node)
        if event == "start":
            skipping += skipped
            if skipping:
                continue
            if tag == "br":
                collector.break_line()
            elif tag == "a":
                collector.open_link(node.get("href") or "")
            elif tag not in _INLINE:
                if line := collector.take(*kinds[-1]):
                    yield line
                kinds.append(_kind(tag, kinds[-1]))
            collector.add(node.text)
            continue
        if not skipping:
            if tag == "a":
                collector.close_link()
            elif tag not in _INLINE and tag != "br":
                if line := collector.take(*kinds[-1]):
                    yield line
                kinds.pop()
        skipping -= skipped
        if not skipping and node is not root:
            collector.add(node.tail)
    if line := collector.take(*kinds[-1]):
        yield line


def _is_icon(node: html.HtmlElement) -> bool:
    """Tell whether a node shows an icon by a word of an icon font."""
    return "icon" in (node.get("class") or "").lower() and node.tag in ("i", "span", "em")


def _kind(tag: str, around: tuple[BlockType, int]) -> tuple[BlockType, int]:
    if re.fullmatch("h[1-6]", tag):
        return "heading", int(tag[1])
    if tag in _KINDS:
        return _KINDS[tag], 0
    return around if around[0] != "heading" else ("prose", 0)


def write_lines(builder: TextBuilder, lines: Iterator[Line] | list[Line]) -> None:
    """Append blocks to a text, a blank line between them."""
    for line in lines:
        builder.separate("\n\n")
        start = builder.length
        builder.write(line.text)
        builder.add_block(start, line.type, line.level)
        builder.add_links(start, line.links)
