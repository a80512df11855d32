"""Build a text piece by piece with its blocks, links and map to the source."""

from bisect import bisect_right
from collections.abc import Iterable

from corpus.documents import Block, BlockType, Break, Link
from corpus.errors import CorpusError

MAX_BLOCKS = 100_000
"""Most paragraphs of one text; books have some thousands."""
MAX_LINES = 500_000
_TOO_MANY = f"more than {MAX_BLOCKS} paragraphs, which no text has; split it into parts"


class TooManyBlocksError(CorpusError):
    """Say that a text is too finely cut to be one; whoever knows its name adds it."""


def check_paragraphs(text: str) -> None:
    """Raise TooManyBlocksError before a parser takes minutes and gigabytes to find it out."""
    if text.count("\n\n") > MAX_BLOCKS or text.count("\n") > MAX_LINES:
        raise TooManyBlocksError(_TOO_MANY)


class TextBuilder:
    """Collect blocks of text; remember where each copied run stood in the source."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._breaks: list[Break] = []
        self._links: list[Link] = []

    @property
    def length(self) -> int:
        return self._length

    def write(self, text: str, source: int | None = None, page: int | None = None) -> None:
        """Append text that was copied from an offset of the source, or added where None."""
        if source is not None and text and not self._continues(source, page):
            self._breaks.append(Break(self._length, source, page))
        self._parts.append(text)
        self._length += len(text)

    def _continues(self, source: int, page: int | None) -> bool:
        if not self._breaks:
            return False
        last = self._breaks[-1]
        return last.page == page and source - last.source == self._length - last.text

    def separate(self, gap: str) -> None:
        """Append white space between blocks, none at the start."""
        if self._length:
            self.write(gap)

    def add_block(self, start: int, type_: BlockType, level: int = 0) -> None:
        """Close a block that began at start; an empty one is left out."""
        if len(self._blocks) >= MAX_BLOCKS:
            raise TooManyBlocksError(_TOO_MANY)
        if self._length > start:
            self._blocks.append(Block(start, self._length, type_, level))

    def add_link(self, start: int, url: str) -> None:
        self._links.append(Link(start, self._length, url))

    def add_links(self, start: int, links: Iterable[tuple[int, int, str]]) -> None:
        """Add the links of a block that began at start, their places counted from there."""
        self._links.extend(Link(start + first, start + last, url) for first, last, url in links)

    def text(self) -> str:
        return "".join(self._parts)

    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)

    def offset_map(self) -> tuple[Break, ...]:
        return tuple(self._breaks)

    def links(self) -> tuple[Link, ...]:
        return tuple(self._links)


def source_offset(offset_map: tuple[Break, ...], offset: int) -> tuple[int, int | None]:
    """Return the place in the source, and its page, that an offset in the text was copied from."""
    number = bisect_right(offset_map, offset, key=lambda item: item.text)
    chosen = offset_map[number - 1] if number else Break(0, 0)
    return chosen.source + offset - chosen.text, chosen.page
