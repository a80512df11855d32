"""Pair short with long forms where brackets set one beside the other, for names of every kind."""

from dataclasses import dataclass

from ontology.gazetteer.folding import Words, fold_word

_CLOSERS = frozenset({")", "]", ",", ";"})
_TAILS = frozenset({"in", "en", "por", "for", "pour", "siglas", "acronyme"})
_BARRIERS = frozenset({".", "!", "?", "¶", "(", ")", "[", "]", ";", ":", "-"})
_CONNECTORS = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "de",
        "del",
        "la",
        "las",
        "los",
        "du",
        "des",
        "e",
        "y",
        "et",
        "da",
        "do",
    }
)
_LONGEST_SHORT = 12


@dataclass(frozen=True, slots=True)
class BracketForm:
    """Mark the tokens, end exclusive, of a short form and of its long form."""

    short: tuple[int, int]
    long: tuple[int, int]


def bracket_forms(words: Words) -> tuple[BracketForm, ...]:
    """Return the pairs LONG (SHORT), also with a tail such as "in Spanish", and SHORT (LONG)."""
    found: list[BracketForm] = []
    for at, key in enumerate(words.keys):
        if key not in ("(", "[") or at == 0:
            continue
        form = _long_before(words, at) or _long_inside(words, at)
        if form is not None:
            found.append(form)
    return tuple(found)


def _long_before(words: Words, at: int) -> BracketForm | None:
    """Read LONG (SHORT)."""
    end = _short_end(words, at + 1)
    if end is None or end >= len(words.keys):
        return None
    tail = words.keys[end] in _TAILS
    if not tail and words.keys[end] not in _CLOSERS:
        return None
    letters = _letters(words, at + 1, end)
    start = _aligned_start(words, letters, _clause_start(words, at), at)
    if start is None and tail:
        start = _capitalised_start(words, at)
    return None if start is None else BracketForm((at + 1, end), (start, at))


def _long_inside(words: Words, at: int) -> BracketForm | None:
    """Read SHORT (LONG)."""
    start = at - 1
    while start > 0 and words.text[words.ends[start - 1] : words.starts[start]] == "-":
        start -= 1
    if _short_end(words, start) != at:
        return None
    end = at + 1
    while end < len(words.keys) and words.keys[end] not in _BARRIERS | {","}:
        end += 1
    if end >= len(words.keys) or end - at < 3:
        return None
    letters = _letters(words, start, at)
    first = _aligned_start(words, letters, at + 1, end)
    return None if first != at + 1 else BracketForm((start, at), (at + 1, end))


def _short_end(words: Words, start: int) -> int | None:
    """Return the end of what is written like a short form, parts joined by hyphens."""
    if start >= len(words.keys):
        return None
    end = start + 1
    while end < len(words.keys) and words.text[words.ends[end - 1] : words.starts[end]] == "-":
        end += 1
    written = words.surface(start, end)
    capitals = sum(char.isupper() for char in written)
    enough = capitals >= 2 and capitals * 3 >= len(written.rstrip("s"))
    return end if enough and len(written) <= _LONGEST_SHORT and " " not in written else None


def _letters(words: Words, start: int, end: int) -> str:
    written = words.surface(start, end)
    if written.endswith("s") and written[:-1].isupper():
        written = written[:-1]
    return "".join(fold_word(char) for char in written if char.isalpha())


def _clause_start(words: Words, end: int) -> int:
    start = end
    while start > 0 and words.keys[start - 1] not in _BARRIERS:
        start -= 1
    return start


def _aligned_start(words: Words, letters: str, first: int, end: int) -> int | None:
    """Return where the shortest long form starts whose words give the letters in order.

    A word gives its first letter, and maybe more of its letters after it, or none at all.
    """
    limit = max(first, end - 2 * len(letters) - 3)
    for start in range(end - 1, limit - 1, -1):
        key = words.keys[start]
        if key[0] == letters[0] and _gives(words.keys[start:end], letters, first_word=True):
            return start
    return None


def _gives(keys: tuple[str, ...], letters: str, *, first_word: bool = False) -> bool:
    """Tell whether words give letters; the first word must give one where told so."""
    if not letters:
        return True
    if not keys:
        return False
    given = 0
    position = 0
    while given < len(letters):
        position = keys[0].find(letters[given], position)
        if position < 0 or (given == 0 and position > 0):
            break
        given, position = given + 1, position + 1
        if _gives(keys[1:], letters[given:]):
            return True
    return not first_word and _gives(keys[1:], letters)


def _capitalised_start(words: Words, end: int) -> int | None:
    """Return where the run of capitalised words, connectors inside it, before a token starts."""
    start = end
    position = end - 1
    while position >= 0 and words.keys[position] not in _BARRIERS:
        if words.text[words.starts[position]].isupper():
            start = position
        elif words.keys[position] not in _CONNECTORS:
            break
        position -= 1
    return start if start < end - 1 else None
