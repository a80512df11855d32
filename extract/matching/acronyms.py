"""Bind short forms to long ones where brackets say so: Long Name (LN), LN (Long Name)."""

from dataclasses import dataclass

from extract.matching.marked_words import MarkedWords
from ontology.gazetteer.folding import fold_word

_LONGEST = 12
_LANGUAGE_TAILS = frozenset(("in", "by", "en", "por", "for", "pour"))
_CLOSERS = _LANGUAGE_TAILS | {")", ",", ";", "or"}


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Mark the words of a short form and of the long form that explains it."""

    short: tuple[int, int]
    long: tuple[int, int]
    written: str


def looks_short(written: str) -> bool:
    """Tell whether a word is written as acronyms are: two capitals or more, no more than twelve."""
    capitals = sum(c.isupper() for c in written)
    return capitals >= 2 and len(written) <= _LONGEST and capitals * 3 >= len(written.rstrip("s"))


def short_form_at(marked: MarkedWords, index: int) -> int | None:
    """Return the end of the short form that starts at a word, hyphens inside it included."""
    if index >= len(marked.keys) or not looks_short(marked.written(index)):
        return None
    end = index + 1
    while end < len(marked.keys) and marked.between(end) in ("-", "&"):
        end += 1
    return end


def bracket_after(marked: MarkedWords, start: int, end: int) -> ShortForm | None:
    """Return the short form in the bracket that follows a long name."""
    keys = marked.keys
    if end + 1 >= len(keys) or keys[end] not in ("(", ","):
        return None
    closers = _CLOSERS if keys[end] == "(" else _LANGUAGE_TAILS
    stop = short_form_at(marked, end + 1)
    if stop is None or stop >= len(keys) or keys[stop] not in closers:
        return None
    return ShortForm((end + 1, stop), (start, end), marked.words.surface(end + 1, stop))


def bracket_before(marked: MarkedWords, start: int, end: int) -> ShortForm | None:
    """Return the short form that a long name in brackets, or right behind it, explains."""
    keys = marked.keys
    opens = start > 1 and keys[start - 1] == "("
    at = start - 2 if opens else start - 1
    if at < 0 or not looks_short(marked.written(at)):
        return None
    if not is_aligned(marked, at, start, end):
        return None
    other = marked.keys[at][0] != marked.keys[start][0]
    if not opens and (other or marked.between(start).strip()):
        return None
    return ShortForm((at, at + 1), (start, end), marked.written(at))


def is_aligned(marked: MarkedWords, short: int, start: int, end: int) -> bool:
    """Tell whether the letters of a short form are initials of a long one, in order."""
    letters = "".join(fold_word(c) for c in marked.written(short) if c.isalpha())
    position = 0
    for index in range(start, end):
        initials = _initials(marked, index)
        while initials and not letters.startswith(initials, position):
            initials = initials[:-1]
        position += len(initials)
    return position == len(letters)


def _initials(marked: MarkedWords, index: int) -> str:
    """Return the first letter of a word, with the capitals right behind it: BIOdiversity."""
    written = marked.written(index)
    size = 1
    while size < len(written) and written[size].isupper() and not written.isupper():
        size += 1
    return fold_word(written[:size]) if written[:1].isalpha() else ""
