"""Fold names and texts into the keys that the lookup is asked with.

Names and running text go through one tokeniser, so that a name is found however it is cased,
hyphenated or broken over lines. Accents are folded in keys, because texts drop them freely;
who needs them compares the written name of a hit with ``same_accents``.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.gazetteer.tables import read_table

_IGNORED = "\u00ad\u200b\u200c\u200d\ufeff"
_MARK = f"[\u0300-\u036f{_IGNORED}]"
_WORD = rf"[^\W_]+(?:{_MARK}+[^\W_]*)*"
_TOKEN = re.compile(
    rf"(?P<initials>(?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?)"
    rf"|(?P<word>{_WORD})"
    r"|(?P<gap>\n[^\S\n]*\n\s*)"
    r"|(?P<mark>[^\w\s])"
)
_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
"""Names that fold without the tokeniser; most do."""
_POSSESSIVE = re.compile(r"['’‘ʼ´`][sS](?![^\W_])")
_APOSTROPHES = "'’‘ʼ´`"
_DASHES = "-‐‑‒–—−"
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"} | dict.fromkeys(_IGNORED, "")
)
_ABBREVIATION_LENGTH = 3
_LINE_END = re.compile(r"([^\W\d_]+)([-‐\u00ad])[^\S\n]*\n[^\S\n]*([^\W\d_]+)")
"""A word that may go on in the next line."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the folded tokens of a text with their character offsets.

    A token is a word, or a mark that parts words: ``.``, ``,``, brackets, a spaced dash. Hyphens,
    apostrophes and the possessive ending are between tokens, never tokens.
    """

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def surface(self, start: int, end: int) -> str:
        """Return the text from token start up to token end, exclusive."""
        return self.text[self.starts[start] : self.ends[end - 1]]


@cache
def _spelling_variants() -> dict[str, str]:
    return {row["variant"]: row["folded"] for row in read_table("spelling_variants")}


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """Fold one word: compatibility forms, case, accents and spelling variants."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFD", folded)
        folded = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
        folded = unicodedata.normalize("NFC", folded).translate(_LETTERS)
    return _spelling_variants().get(folded, folded)


def _mark_key(text: str, start: int, end: int, previous: str) -> str:
    """Return the key of a punctuation mark, empty where it does not part words."""
    mark = text[start]
    if mark == "&":
        return "and"
    if mark in _APOSTROPHES:
        return ""
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark in _DASHES:
        return "-" if before.isspace() and after.isspace() else ""
    if mark == ".":
        if after and not after.isspace() and after.isalnum():
            return ""
        short = len(previous) <= _ABBREVIATION_LENGTH and before.isalpha()
        return "" if short and text[start - len(previous) : start][:1].isupper() else "."
    return mark


def _broken_words(text: str, is_broken: Callable[[str, str], bool]) -> dict[int, tuple[int, str]]:
    """Return the words parted at line ends: where the first half starts to end and whole word."""
    return {
        match.start(): (match.end(), match.group(1) + match.group(3))
        for match in _LINE_END.finditer(text)
        if match.group(3).islower()
        and (match.group(2) == "\u00ad" or is_broken(match.group(1), match.group(3)))
    }


def split_words(text: str, *, is_broken: Callable[[str, str], bool] | None = None) -> Words:
    """Split a text into folded tokens.

    ``is_broken`` tells of the two sides of a hyphen at a line end whether they are one word.
    """
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    resume = 0
    broken = {} if is_broken is None else _broken_words(text, is_broken)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < resume:
            continue
        kind = match.lastgroup
        if kind == "word":
            word = match.group()
            if start in broken:
                end, word = broken[start]
                resume = end
            key = fold_word(word)
            possessive = _POSSESSIVE.match(text, end)
            if possessive:
                resume = possessive.end()
        elif kind == "mark":
            key = _mark_key(text, start, end, keys[-1] if keys and ends[-1] == start else "")
        elif kind == "initials":
            key = fold_word(match.group().replace(".", ""))
        else:
            key = "¶"
        if key:
            keys.append(key)
            starts.append(start)
            ends.append(end)
    return Words(text, tuple(keys), tuple(starts), tuple(ends))


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Return the lookup key of a name: its folded tokens joined by one blank."""
    if _PLAIN.fullmatch(text):
        variants = _spelling_variants()
        words = text.lower().replace("-", " ").split(" ")
        return " ".join([variants.get(word, word) for word in words])
    return " ".join(split_words(text).keys).strip(" .,")


def same_accents(written: str, name: str) -> bool:
    """Tell whether two spellings agree in their accents, case and marks set aside."""
    left, right = (
        unicodedata.normalize("NFC", text).casefold().replace("’", "'") for text in (written, name)
    )
    accents = [c for c in left if not c.isascii() and c.isalpha()]
    return accents == [c for c in right if not c.isascii() and c.isalpha()]
