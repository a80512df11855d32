"""Find where a text names policy: numbered targets of a framework, resolutions, national plans."""

import re
from dataclasses import dataclass

from ontology.policy import PolicyRow

_NUMBER = r"(?:\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?|[A-D]\b)"
_JOIN = r"\s*(?:,\s*(?:and|et|y)?|;|&|\band\b|\bet\b|\by\b|\be\b)\s*"
_RANGE = r"\s*(?:\bto\b|\bà\b|\ba\b|[-–—])\s*"
_LIST = rf"(?P<numbers>{_NUMBER}(?:(?:{_JOIN}|{_RANGE}){_NUMBER})*)(?!\s*(?:%|per cent|percent)|\w)"
_NEXT = re.compile(rf"(?P<range>{_RANGE})|(?P<number>{_NUMBER})")
_NAMED_TARGET = r"(?:\s*(?:\([A-Za-z]{2,6}\)\s*)?(?:[Tt]argets?|[Gg]oals?|[Cc]ibles?|[Mm]etas?))?"
_FRAMEWORKS = frozenset({"aichi", "kmgbf", "sdg"})
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class PolicyHit:
    """Mark a mention; the code is empty where a framework or plan is named as a whole."""

    start: int
    end: int
    family: str
    code: str = ""
    between: tuple[str, ...] = ()
    """Codes that a range takes in before this one."""


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    family: str
    code: str


def _spell_out(text: str, start: int, match: re.Match[str], family: str) -> list[PolicyHit]:
    """Return a hit for each number of a list (``2, 3 and 12``, ``1-4``).

    The first starts where the whole mention does, the others at their number.
    """
    hits: list[PolicyHit] = []
    ranged = False
    for item in _NEXT.finditer(text, *match.span("numbers")):
        if item["range"]:
            ranged = True
            continue
        code = item["number"]
        between: tuple[str, ...] = ()
        if ranged and hits and code.isdecimal() and hits[-1].code.isdecimal():
            between = tuple(map(str, range(int(hits[-1].code) + 1, int(code))))
        ranged = False
        begin = item.start() if hits else start
        hits.append(PolicyHit(begin, item.end(), family, code, between))
    return hits


class PolicyMatcher:
    """Find mentions of policy in texts of one language."""

    def __init__(self, rows: tuple[PolicyRow, ...], lang: str) -> None:
        rows = tuple(row for row in rows if row.lang == lang)
        self._names = [
            (row.family, row.code, re.compile(row.pattern))
            for row in rows
            if row.form in ("name", "fixed")
        ]
        words = "|".join(row.pattern for row in rows if row.form == "numbered") or r"(?!)"
        self._numbered = re.compile(rf"(?<!\w)(?:{words})\s+{_LIST}")
        self._tail = re.compile(rf"{_NAMED_TARGET}\s+{_LIST}")

    def find(self, text: str) -> list[PolicyHit]:
        """List the mentions in text order, none inside another."""
        names = self._find_names(text)
        hits: list[PolicyHit] = []
        for name in names:
            if name.code:
                hits.append(PolicyHit(name.start, name.end, name.family, name.code))
                continue
            tail = self._tail.match(text, name.end) if name.family in _FRAMEWORKS else None
            if tail is not None:
                hits += _spell_out(text, name.start, tail, name.family)
            else:
                inner = re.search(r"\d{1,2}", text[name.start : name.end])
                code = inner[0] if inner and name.family == "aichi" else ""
                hits.append(PolicyHit(name.start, name.end, name.family, code))
        if names:
            for match in self._numbered.finditer(text):
                family = self._framework(text, names, match.start(), match.end())
                if family:
                    hits += _spell_out(text, match.start(), match, family)
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[PolicyHit] = []
        for hit in hits:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def _find_names(self, text: str) -> list[_Name]:
        # Word bounds are checked here: a look-behind would cost the fast search for a literal.
        found = [
            _Name(start, end, family, code)
            for family, code, pattern in self._names
            for start, end in (match.span() for match in pattern.finditer(text))
            if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        ]
        found.sort(key=lambda name: (name.start, -name.end))
        kept: list[_Name] = []
        for name in found:
            if not kept or name.start >= kept[-1].end:
                kept.append(name)
        return kept

    @staticmethod
    def _framework(text: str, names: list[_Name], start: int, end: int) -> str:
        """Name the framework that a bare ``Target 3`` belongs to.

        The nearest named in its sentence, else, for a capital letter, the last one named before.
        """
        frameworks = [name for name in names if name.family in _FRAMEWORKS]
        near = [
            (min(abs(name.start - end), abs(start - name.end)), name.family)
            for name in frameworks
            if not _SENTENCE_END.search(text, min(end, name.end), max(start, name.start))
        ]
        if near:
            return min(near)[1]
        if not text[start].isupper():
            return ""
        before = [name.family for name in frameworks if name.end <= start]
        return before[-1] if before else ""
