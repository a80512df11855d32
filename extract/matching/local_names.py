"""Read names that a text itself presents as those of a taxon in some language of the place.

Two shapes: after a taxon, a calling word and the name (known locally as X, conocida como X); and
a list after a heading (Local names: X (Tag.); Y).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.matching.taxon_words import is_ordinary_word
from ontology.gazetteer.folding import Words

_LANGUAGE = r"(?:\s+(?:in|en|to|by|por|par)\s+(?:the |los? |las? |les? )?[\w'’-]+(?:\s[\w'’-]+)?)?"
_PASSIVE = (
    r"(?:(?:which|that) (?:is|are) |is |are |que (?:es|son) |qui (?:est|sont) )?"
    r"(?:(?:also|better|commonly|locally|otherwise|widely|también|localmente|localement|aussi)\s+)*"
    r"(?:known|called|conocid[oa]s?|llamad[oa]s?|denominad[oa]s?|connue?s?|appelée?s?|nommée?s?)"
    r"(?:\s+(?:locally|commonly|localmente|localement))?"
    + _LANGUAGE
    + r"(?:\s+(?:as|como|comme|sous\s+le\s+nom\s+de))?"
)
_ACTIVE = (
    r"(?:which|that|que)\s+(?:(?:the|los?|las?|les?)\s+)?[\w'’-]+(?:\s[\w'’-]+)?\s+"
    r"(?:call|llaman|appellent|nomment)"
)
_CALLED = re.compile(
    rf"[\s,()*_–—-]*(?:{_PASSIVE}|{_ACTIVE})\s+(?:the\s+|el\s+|la\s+|le\s+|l['’])?", re.IGNORECASE
)
_HEADING = re.compile(
    r"(?:\b(?:local|native|vernacular|indigenous|common)\s+names?|\bvern\.|"
    r"\bnombres?\s+(?:locales?|comun(?:es)?)|\bnoms?\s+(?:locaux|local|vernaculaires?))\s*:?\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"([^\W\d_][\w'’-]*(?: (?!or\b|and\b)[^\W\d_A-Z][\w'’-]*){0,2})\s*(?:\([^)]{1,40}\))?"
)
_PARTING = re.compile(r"\s*(?:;|,|\bor\b|\band\b|/)\s*")
_REACH = 160
_LONGEST_LIST = 40
_FEWEST_LETTERS = 3
_LONGEST = 4
_APOSTROPHES = frozenset("'’")


@dataclass(frozen=True, slots=True)
class LocalName:
    """Hold a name by its tokens, and the number of the match it is another name of, if any."""

    start: int
    end: int
    of: int | None


def find_local_names(
    words: Words, ends: Mapping[int, int], langs: tuple[str, ...]
) -> Iterator[LocalName]:
    """Yield the names; ``ends`` gives the number of each match by the token it ends before."""
    first_at = {start: at for at, start in enumerate(words.starts)}
    for end, number in sorted(ends.items()):
        found = _CALLED.match(words.text, words.ends[end - 1], words.ends[end - 1] + _REACH)
        if found is None:
            continue
        start = first_at.get(found.end())
        quoted = start is not None and not words.keys[start][0].isalpha()
        start = start + 1 if quoted and start is not None else start
        stop = _called_end(words, start, quoted=quoted, langs=langs) if start is not None else None
        if start is not None and stop is not None and stop > start:
            yield LocalName(start, stop, number)
    for heading in _HEADING.finditer(words.text):
        yield from _listed(words, heading.end(), first_at, required=":" in heading.group())


def _called_end(words: Words, start: int, *, quoted: bool, langs: tuple[str, ...]) -> int | None:
    """Return where a name ends: at the mark that closes it, or after one word of no language."""
    end = start
    while end < len(words.keys) and end - start < _LONGEST:
        inner = words.keys[end] in _APOSTROPHES and words.starts[end] == words.ends[end - 1]
        if not (words.keys[end][0].isalpha() or (inner and end > start)):
            break
        if not quoted and len(words.keys[end]) > 1 and is_ordinary_word(words.keys[end], langs):
            break
        end += 1
    long_enough = end > start and words.ends[end - 1] - words.starts[start] >= _FEWEST_LETTERS
    return end if long_enough else None


def _listed(
    words: Words, at: int, first_at: Mapping[int, int], *, required: bool
) -> Iterator[LocalName]:
    names: list[tuple[int, int]] = []
    text = words.text
    for _ in range(_LONGEST_LIST):
        item = _ITEM.match(text, at)
        if item is None or item.start(1) not in first_at:
            break
        names.append(item.span(1))
        parting = _PARTING.match(text, item.end())
        if parting is None or parting.end() == item.end():
            break
        at = parting.end()
    if not required and len(names) == 0:
        return
    ends: Sequence[int] = words.ends
    for start, stop in names:
        first = first_at[start]
        last = first
        while last < len(ends) and ends[last] <= stop:
            last += 1
        if last > first and len(words.keys[first]) >= _FEWEST_LETTERS:
            yield LocalName(first, last, None)
