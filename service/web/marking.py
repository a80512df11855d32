"""Mark mentions and evidence sentences in a text, as a tree that a template writes out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.documents import Block


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark one run of a text; ``kind`` is a mention's kind, or ``sentence``."""

    start: int
    end: int
    kind: str
    key: str
    """Anchor of the mark in the page."""
    href: str = ""
    title: str = ""


@dataclass(slots=True)
class Node:
    """Hold one mark with what it contains; a later part of a cut mark is no anchor."""

    mark: Mark
    first: bool
    children: list["str | Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """Hold one block of a text."""

    type: str
    level: int
    children: tuple["str | Node", ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    mark: Mark
    first: bool


def _rank(mark: Mark | _Piece) -> tuple[int, int, bool, str]:
    kind = mark.mark.kind if isinstance(mark, _Piece) else mark.kind
    key = mark.mark.key if isinstance(mark, _Piece) else mark.key
    return (mark.start, -mark.end, kind != "sentence", key)


def _cut(piece: _Piece, limits: Iterable[int]) -> Iterator[_Piece]:
    """Cut a piece at each limit inside it; the first part keeps the anchor."""
    start, first = piece.start, piece.first
    for limit in [*sorted(x for x in limits if piece.start < x < piece.end), piece.end]:
        yield _Piece(start, limit, piece.mark, first)
        start, first = limit, False


def _nest(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Cut pieces until each lies wholly inside or outside every other."""
    todo = sorted(pieces, key=_rank)
    done: list[_Piece] = []
    while todo:
        piece = todo.pop(0)
        crossing = [d.end for d in done if d.start <= piece.start < d.end < piece.end]
        if crossing:
            head, *tail = _cut(piece, [min(crossing)])
            todo = sorted([head, *tail, *todo], key=_rank)
        else:
            done.append(piece)
    return done


def _build(text: str, start: int, end: int, pieces: Sequence[_Piece]) -> list[str | Node]:
    root: list[str | Node] = []
    stack: list[tuple[int, list[str | Node]]] = [(end, root)]
    position = start

    def write(until: int) -> None:
        nonlocal position
        if until > position:
            stack[-1][1].append(text[position:until])
            position = until

    for piece in pieces:
        while len(stack) > 1 and stack[-1][0] <= piece.start:
            write(stack[-1][0])
            stack.pop()
        write(piece.start)
        node = Node(piece.mark, piece.first)
        stack[-1][1].append(node)
        stack.append((piece.end, node.children))
    while stack:
        write(stack[-1][0])
        stack.pop()
    return root


def _paragraphs(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for part in text.split("\n\n"):
        blocks.append(Block(start, start + len(part), "prose" if blocks else "title"))
        start += len(part) + 2
    return tuple(blocks)


def mark_text(
    text: str, marks: Iterable[Mark], blocks: Sequence[Block] = ()
) -> tuple[MarkedBlock, ...]:
    """Return the blocks of a text with its marks nested in them.

    A mark that crosses another, or the end of a block, is cut there; what lies between blocks is
    white space and left out. Without blocks the text is parted at blank lines.
    """
    blocks = sorted(blocks or _paragraphs(text), key=lambda block: block.start)
    kept = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=_rank)
    result = []
    seen: set[Mark] = set()
    for block in blocks:
        inside = [m for m in kept if m.start < block.end and m.end > block.start]
        pieces = [
            _Piece(max(m.start, block.start), min(m.end, block.end), m, m not in seen)
            for m in inside
        ]
        seen.update(inside)
        children = _build(text, block.start, block.end, _nest(pieces))
        result.append(MarkedBlock(block.type, block.level, tuple(children)))
    return tuple(result)
