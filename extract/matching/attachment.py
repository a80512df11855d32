"""Tell how a name hangs on what stands before it: by which preposition, or by coordination."""

import re
from dataclasses import dataclass

from ontology.phrases import PhraseRow

_REACH = 5
"""How many words may stand between a preposition and the name that it governs."""
_PASSIVE = 3
"""How many words after a name an auxiliary may stand."""
_WORD = re.compile(r"[^\W\d_]+['’]?|\d+")
_STOP = re.compile(r"[.;:!?()\[\]\"“”«»,–—]|\n\s*\n")
_COORDINATION = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?"
    r"(?:,\s*(?:and|or|et|ou|y|e|o|u|as well as)?|and|or|&|/|et|ou|y|e|o|u"
    r"|as well as|together with|ainsi que|así como)"
    r"\s+(?:(?:the|la|le|les|l['’]|los|las|el)\s*)?"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """Name a preposition, the cues that it is, and the words between it and the name."""

    cues: frozenset[str]
    gap: int
    start: int
    """Offset of the preposition in the text."""


class Prepositions:
    """Look up what governs a name in texts of one language."""

    def __init__(self, rows: tuple[PhraseRow, ...], lang: str) -> None:
        found: dict[tuple[str, ...], set[str]] = {}
        for row in rows:
            if row.lang == lang:
                key = tuple(row.pattern.split())
                found.setdefault(key, set()).add(row.cue)
        self._cues = {key: frozenset(cues) for key, cues in found.items()}
        self._longest = max(map(len, self._cues), default=1)

    def before(self, text: str, left: int, start: int) -> tuple[Lead, ...]:
        """List the prepositions before a name, nearest first.

        Punctuation and numbers end the search: ``In 1970 Vesk`` is not in Vesk.
        """
        left = max(left, start - 90)
        for stop in _STOP.finditer(text, left, start):
            left = stop.end()
        words = [
            (match[0].lower().replace("’", "'"), match.start())
            for match in _WORD.finditer(text, left, start)
        ]
        numbers = [at for at, (word, _) in enumerate(words) if word[0].isdigit()]
        words = words[numbers[-1] + 1 :] if numbers else words
        leads: list[Lead] = []
        position = len(words)
        gap = 0
        while position > 0 and gap <= _REACH:
            for size in range(min(self._longest, position), 0, -1):
                key = tuple(word for word, _ in words[position - size : position])
                if key in self._cues:
                    leads.append(Lead(self._cues[key], gap, words[position - size][1]))
                    position -= size
                    break
            else:
                position -= 1
            gap = len(words) - position
        return tuple(leads)


class Passives:
    """Tell where a passive follows, so that what stands before it is acted on."""

    def __init__(self, rows: tuple[PhraseRow, ...], lang: str) -> None:
        def words(cue: str) -> tuple[str, ...]:
            return tuple(row.pattern for row in rows if row.lang == lang and row.cue == cue)

        self._auxiliaries = frozenset(words("auxiliary"))
        self._endings = words("participle ending")
        self._foundings = words("founding")

    def follows(self, text: str, end: int, limit: int) -> bool:
        """Tell whether an auxiliary and a participle come right after a place of the text.

        One that was founded is not acted on: what it was founded for, it does.
        """
        stop = _STOP.search(text, end, limit)
        limit = stop.start() if stop else limit
        words = [match[0].lower() for match in _WORD.finditer(text, end, min(limit, end + 60))]
        for place, word in enumerate(words[:_PASSIVE]):
            if word in self._auxiliaries:
                behind = words[place + 1 : place + 3]
                founded = any(w.startswith(self._foundings) for w in behind)
                return not founded and any(w.endswith(self._endings) for w in behind)
        return False


def coordinated(text: str, end: int, start: int) -> bool:
    """Tell whether only a conjunction or a comma joins two names."""
    return start > end and _COORDINATION.fullmatch(text, end, start) is not None


def words_between(text: str, end: int, start: int) -> int:
    """Count the words between two names."""
    return sum(1 for _ in _WORD.finditer(text, end, start))
