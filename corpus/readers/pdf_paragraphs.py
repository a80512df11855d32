"""Put lines together to paragraphs and headings; leave running heads and page numbers out."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import BlockType
from corpus.readers.pdf_layout import Line

_BULLET = re.compile(r"^(?:[•▪●◦■‣–-]|\(?[a-z0-9]{1,3}[.)])\s+\S")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|página|seite)?\W*\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?\W*$", re.I
)
_SENTENCE_END = (".", "!", "?", "…", ":", ".”", '."', ".)", "。")
_MAX_HEADING_CHARS = 250
_MIN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold lines that belong together."""

    lines: tuple[Line, ...]
    type: BlockType
    level: int = 0


def find_paragraphs(pages: list[list[Line]]) -> list[Paragraph]:
    """Return the paragraphs of a document in order."""
    heads = _running_heads(pages)
    lines = [
        line
        for page in pages
        for line in page
        if not (line.margin and (_head_key(line) in heads or _PAGE_NUMBER.match(line.text)))
    ]
    body = _body_style(lines)
    leading = _leading(lines, body)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    sizes = sorted({_style(g[0]) for g in groups if _is_heading(g, body)}, reverse=True)
    levels = {style: min(level, 6) for level, style in enumerate(sizes, start=1)}
    return [_paragraph(group, body, levels) for group in groups]


def _head_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y0 / 6)


def _running_heads(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """Return what stands at the same place in the margin of many pages."""
    counts = Counter(key for page in pages for key in {_head_key(x) for x in page if x.margin})
    needed = max(2, _MIN_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= needed}


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _body_style(lines: list[Line]) -> tuple[float, bool]:
    counts: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        counts[_style(line)] += len(line.text)
    return max(counts.items(), key=lambda item: (item[1], -item[0][0]))[0] if counts else (0, False)


def _leading(lines: list[Line], body: tuple[float, bool]) -> float:
    """Return the usual distance of two lines, in sizes of their letters."""
    steps: Counter[float] = Counter()
    for first, second in pairwise(lines):
        step = first.y0 - second.y0
        if first.page == second.page and first.column == second.column and _style(second) == body:
            steps[round(step / max(second.size, 1), 1)] += step > 0
    return steps.most_common(1)[0][0] if steps and steps.most_common(1)[0][1] else 1.2


def _continues(group: list[Line], line: Line, leading: float) -> bool:
    """Tell whether a line goes on with a paragraph."""
    last = group[-1]
    if _style(last) != _style(line) or _BULLET.match(line.text):
        return False
    if last.page != line.page or last.column != line.column:
        return _goes_on_elsewhere(last, line)
    step = (last.y0 - line.y0) / max(line.size, 1)
    if step > max(leading, 1.0) * 1.3 or step <= 0:
        return False
    width = max(last.column[1] - last.column[0], 1.0)
    indented = line.x0 - last.x0 > 0.8 * line.size and len(group) > 1
    short = last.column[1] - last.x1 > 0.25 * width
    ended = last.text.endswith(_SENTENCE_END)
    return not (ended and (indented or short)) or bool(_BULLET.match(group[0].text) and not ended)


def _goes_on_elsewhere(last: Line, line: Line) -> bool:
    """Tell whether a paragraph goes on in the next column or on the next page."""
    if last.text.endswith(_SENTENCE_END):
        return False
    width = max(last.column[1] - last.column[0], 1.0)
    full = last.column[1] - last.x1 < 0.15 * width
    return line.text[:1].islower() or (full and not last.bold)


def _is_heading(group: list[Line], body: tuple[float, bool]) -> bool:
    size, bold = _style(group[0])
    text = " ".join(line.text for line in group)
    if len(text) > _MAX_HEADING_CHARS or not any(char.isalpha() for char in text):
        return False
    if size >= body[0] * 1.12:
        return not (len(group) > 3 and text.endswith("."))
    return bold and not body[1] and size >= body[0] * 0.95 and not text.endswith((".", ";", ","))


def _paragraph(
    group: list[Line], body: tuple[float, bool], levels: dict[tuple[float, bool], int]
) -> Paragraph:
    if _is_heading(group, body):
        return Paragraph(tuple(group), "heading", levels[_style(group[0])])
    kind: BlockType = "list_item" if _BULLET.match(group[0].text) else "prose"
    return Paragraph(tuple(group), kind)
