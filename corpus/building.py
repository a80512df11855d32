"""Build a text piece by piece with its blocks, links and map to the source."""

from collections.abc import Iterable

from corpus.documents import Block, BlockType, Break, Link


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
    chosen = Break(0, 0)
    for item in offset_map:
        if item.text > offset:
            break
        chosen = item
    return chosen.source + offset - chosen.text, chosen.page
