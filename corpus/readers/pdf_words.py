"""Put words together again that a line's end has parted."""

import re
from collections.abc import Iterator, Sequence

from simplemma import is_known

from corpus.readers.pdf_layout import Line

_PARTED = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad\u2010]$")
_FIRST = re.compile(r"[^\W\d_]+")
_LANGUAGES = ("en", "fr", "es")


def join_lines(lines: Sequence[Line], words: set[str]) -> Iterator[tuple[str, Line, int]]:
    """Yield the text of each line with what joins it to the next, and how much of it was kept.

    A hyphen at a line's end goes where the word is known without it: from the rest of the text
    (``words``), else from a dictionary.
    """
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        text = line.text
        if following is None or _same_link(line, following):
            yield text, line, len(text)
        elif _drops_hyphen(text, following.text, words):
            yield text[:-1], line, len(text) - 1
        elif _PARTED.search(text):
            yield text, line, len(text)
        else:
            yield f"{text} ", line, len(text)


def _same_link(line: Line, following: Line) -> bool:
    """Tell whether a written address goes on in the next line."""
    if not line.links or not following.links:
        return False
    (start, end, address), (first, _, other) = line.links[-1], following.links[0]
    written = " " not in line.text[start:end] and bool(re.search(r"[/.@]", line.text[start:end]))
    return address == other and end == len(line.text) and first == 0 and written


def _drops_hyphen(text: str, following: str, words: set[str]) -> bool:
    if text.endswith("\u00ad"):
        return True
    parted, first = _PARTED.search(text), _FIRST.match(following)
    if parted is None or first is None or not first.group()[0].islower():
        return False
    left, right = parted[1].casefold(), first.group().casefold()
    if f"{left}-{right}" in words:
        return False
    whole = left.rpartition("-")[2] + right
    if whole in words or any(is_known(whole, lang=lang) for lang in _LANGUAGES):
        return True
    return not all(
        part in words or any(is_known(part, lang=lang) for lang in _LANGUAGES)
        for part in (left.rpartition("-")[2], right)
    )
