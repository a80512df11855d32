"""Put the characters of a page into lines, and the lines into reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_MIN_GUTTER = 7.0
_MIN_COLUMN_LINES = 3
_MIN_COLUMN_CHARS = 14
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Char:
    """Hold one character with its box, in points from the lower left corner."""

    text: str
    index: int
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    size: float = 0.0
    bold: bool = False
    link: str = ""
    generated: bool = False
    """Whether the library put it in for a gap."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a column."""

    text: str
    page: int
    index: int
    """Number of its first character on the page."""
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    links: tuple[tuple[int, int, str], ...] = ()
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column that it stands in."""
    margin: bool = False
    """Whether it stands where running heads and page numbers do."""


def lines_of_page(chars: list[Char], page: int, width: float, height: float) -> list[Line]:
    """Return the lines of a page as one reads them."""
    pieces = [_make_line(run, page, height) for run in _runs(chars)]
    pieces = [piece for piece in pieces if piece.text.strip()]
    ordered: list[Line] = []
    for column in _columns(pieces, 0):
        joined = list(_join_rows(column))
        left = min(line.x0 for line in joined)
        right = max(line.x1 for line in joined)
        ordered.extend(replace(line, column=(left, right)) for line in joined)
    return ordered


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    """Yield runs of characters that follow each other on one line without a wide gap."""
    run: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.generated:
            if run:
                run.append(char)
            continue
        if last is not None and not _follows(last, char):
            yield run
            run = []
        run.append(char)
        last = char
    if run:
        yield run


def _follows(last: Char, char: Char) -> bool:
    size = max(last.size, char.size)
    overlap = min(last.y1, char.y1) - max(last.y0, char.y0)
    gap = char.x0 - last.x1
    return overlap > 0.3 * min(last.y1 - last.y0, char.y1 - char.y0) and -size < gap < 1.4 * size


def _make_line(run: list[Char], page: int, height: float) -> Line:
    real = [char for char in run if not char.generated]
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    length = 0
    for char in run:
        text = " " if char.generated or char.text.isspace() else char.text
        if text == " " and (not parts or parts[-1] == " "):
            continue
        if char.link and text != " ":
            if links and links[-1][2] == char.link and length - links[-1][1] <= 1:
                links[-1] = (links[-1][0], length + len(text), char.link)
            else:
                links.append((length, length + len(text), char.link))
        parts.append(text)
        length += len(text)
    bottom, top = min(char.y0 for char in real), max(char.y1 for char in real)
    return Line(
        text="".join(parts).rstrip(),
        page=page,
        index=real[0].index,
        x0=min(char.x0 for char in real),
        x1=max(char.x1 for char in real),
        y0=bottom,
        y1=top,
        size=median(char.size for char in real),
        bold=sum(char.bold for char in real) > len(real) / 2,
        links=tuple(links),
        margin=bottom > 0.9 * height or top < 0.1 * height,
    )


def _columns(lines: list[Line], depth: int) -> Iterator[list[Line]]:
    """Yield the lines of each column, columns in the order in which one reads them.

    A gutter parts columns. Where lines across the page, such as headings, stand in its way, the
    page is cut at them into bands first.
    """
    if not lines:
        return
    if depth < _DEEPEST and len(lines) >= 2 * _MIN_COLUMN_LINES:
        across, gutter = _find_gutter(lines)
        if gutter is not None and not across:
            yield from _columns([line for line in lines if line.x1 <= gutter], depth + 1)
            yield from _columns([line for line in lines if line.x1 > gutter], depth + 1)
            return
        if gutter is not None:
            yield from _bands(lines, across, depth)
            return
    yield sorted(lines, key=lambda line: (-round(line.y0, 1), line.x0))


def _bands(lines: list[Line], across: list[Line], depth: int) -> Iterator[list[Line]]:
    wide = {id(line) for line in across}
    band: list[Line] = []
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.y1, line.x0)):
        if id(line) in wide:
            yield from _columns(band, depth + 1)
            band = []
            rows.append(line)
        else:
            if rows:
                yield rows
                rows = []
            band.append(line)
    if rows:
        yield rows
    yield from _columns(band, depth + 1)


def _find_gutter(lines: list[Line]) -> tuple[list[Line], float | None]:
    """Return the middle of the gutter between columns of prose, and the lines that cross it."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    across = [line for line in lines if line.x1 - line.x0 > 0.6 * (right - left)]
    for crossing in ([], across):
        skipped = {id(line) for line in crossing}
        rest = [line for line in lines if id(line) not in skipped and not line.margin]
        edges = sorted((line.x0, line.x1) for line in rest)
        reach = edges[0][1] if edges else 0.0
        for (_, _), (x0, x1) in pairwise(edges):
            if x0 - reach >= _MIN_GUTTER and _are_columns(rest, (reach + x0) / 2):
                middle = (reach + x0) / 2
                return [line for line in lines if line.x0 < middle < line.x1], middle
            reach = max(reach, x1)
    return [], None


def _are_columns(lines: list[Line], middle: float) -> bool:
    """Tell whether both sides hold prose, which cells of a table or numbers do not."""
    for side in (
        [line for line in lines if line.x1 <= middle],
        [line for line in lines if line.x0 >= middle],
    ):
        if len({round(line.y0) for line in side}) < _MIN_COLUMN_LINES:
            return False
        if median(len(line.text) for line in side) < _MIN_COLUMN_CHARS:
            return False
    return True


def _join_rows(lines: list[Line]) -> Iterator[Line]:
    """Yield lines, pieces that stand beside each other on one row joined by a space."""
    current: Line | None = None
    for line in lines:
        if current is not None and _same_row(current, line):
            current = _joined(current, line)
            continue
        if current is not None:
            yield current
        current = line
    if current is not None:
        yield current


def _same_row(first: Line, second: Line) -> bool:
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    low = min(first.y1 - first.y0, second.y1 - second.y0)
    return overlap > 0.5 * low and second.x0 >= first.x1 - 1


def _joined(first: Line, second: Line) -> Line:
    shift = len(first.text) + 1
    return Line(
        text=f"{first.text} {second.text}",
        page=first.page,
        index=first.index,
        x0=first.x0,
        x1=second.x1,
        y0=min(first.y0, second.y0),
        y1=max(first.y1, second.y1),
        size=first.size,
        bold=first.bold,
        links=(*first.links, *((s + shift, e + shift, a) for s, e, a in second.links)),
        margin=first.margin,
    )
