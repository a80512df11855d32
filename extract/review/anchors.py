"""Anchor decisions in a text, and find their place again when it has changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

AROUND = 32
"""Characters on either side that tell one place from others with the same words."""

_LONG = 5
"""Words that are no chance when they stand in a text again."""
_ALIKE = 5
"""Letters next to fewer words that must be as they were."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Hold the words of a place, what stood around them, and where they began."""

    exact: str
    prefix: str
    suffix: str
    start: int


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Anchor a run of a text."""
    return Anchor(text[start:end], text[max(0, start - AROUND) : start], text[end:][:AROUND], start)


def find_anchor(text: str, anchor: Anchor) -> Span | None:
    """Return where the words of an anchor stand in a text; None where they do not.

    White space may differ. Of several places, the one in whose surroundings most agrees is taken,
    then the nearest. Words that have come to stand in wholly other surroundings are others.
    """
    found = list(_places(text, anchor.exact))
    best = max(found, key=lambda span: _likeness(text, span, anchor), default=None)
    if best is None:
        return None
    around = len(_letters(anchor.prefix + anchor.suffix))
    long = len(anchor.exact.split()) >= _LONG
    alike = _agreement(text, best, anchor) >= min(_ALIKE, around)
    return best if long or alike else None


def _places(text: str, exact: str) -> Iterator[Span]:
    words = [re.escape(word) for word in exact.split()]
    if words:
        for match in re.finditer(r"\s+".join(words), text):
            yield match.span()


def _likeness(text: str, span: Span, anchor: Anchor) -> tuple[int, int]:
    return _agreement(text, span, anchor), -abs(span[0] - anchor.start)


def _agreement(text: str, span: Span, anchor: Anchor) -> int:
    """Count the characters next to a place, letters and digits alone, that are as they were."""
    before = text[max(0, span[0] - 2 * AROUND) : span[0]]
    after = text[span[1] :][: 2 * AROUND]
    return _shared(_letters(before)[::-1], _letters(anchor.prefix)[::-1]) + _shared(
        _letters(after), _letters(anchor.suffix)
    )


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
