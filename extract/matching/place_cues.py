"""Read from the words around a place whether the work happens there."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.gazetteer.folding import Words, fold

_FILLERS = 4
_COMPARISON = "comparison"
_ECHO_REACH = 8
_FAR_REACHING = frozenset((_COMPARISON, "donor"))
_RANGE = "range"
_RANGE_FILLERS = 9
"""How far the word for a range reaches: confined to the upper basin, mostly in Peru."""
_LONGEST = 5
_HERE = frozenset(("in", "across", "throughout", "within", "en", "dans", "em", "no", "na", "au"))


@dataclass(frozen=True, slots=True)
class SettingCue:
    """Hold what a cue says: how much a country beside it still counts, and why."""

    kind: str
    weight: float


class SettingCues:
    """Look up the cues of a table."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.before: dict[str, SettingCue] = {}
        self.after: dict[str, SettingCue] = {}
        self.echo: dict[str, SettingCue] = {}
        self.language_before: set[str] = set()
        self.language_after: set[str] = set()
        for row in rows:
            key = fold(row["cue"])
            before = row["side"] == "before"
            if row["kind"] == "language":
                (self.language_before if before else self.language_after).add(key)
            else:
                cue = SettingCue(row["kind"], float(row["weight"]))
                if row["side"] == "later":
                    self.echo[key] = cue
                    continue
                (self.before if before else self.after)[key] = cue
        self._echo_firsts = {key.split()[0] for key in self.echo}

    def read(self, words: Words, first: int, end: int, head: int) -> SettingCue | None:
        """Return the cue beside a place that ends at a token, None where there is none.

        ``first`` is the first token of the sentence, ``head`` the token where the list of places
        starts that the place is an item of.
        """
        keys = words.keys
        if end < len(keys) and keys[end] in self.after:
            return self.after[keys[end]]
        here = head > first and keys[head - 1] in _HERE
        for at in range(end, min(end + _ECHO_REACH, len(keys))):
            echo = self._echo_at(keys, at)
            if echo is not None and (echo.kind == _COMPARISON or not here):
                return echo
            if not keys[at][0].isalnum():
                break
        for skipped in range(_RANGE_FILLERS + 1):
            stop = head - skipped
            for size in range(min(_LONGEST, stop - first), 0, -1):
                cue = self.before.get(" ".join(keys[stop - size : stop]))
                if cue is None or (skipped and size == 1 and cue.kind not in _FAR_REACHING):
                    continue
                if skipped > _FILLERS and cue.kind != _RANGE:
                    continue
                if not skipped or not here or cue.kind in (_COMPARISON, _RANGE):
                    return cue
        return None

    def _echo_at(self, keys: tuple[str, ...], at: int) -> SettingCue | None:
        """Return the cue of one or more words that starts at a token."""
        if keys[at] not in self._echo_firsts:
            return None
        sizes = range(_LONGEST, 0, -1)
        found = (self.echo.get(" ".join(keys[at : at + size])) for size in sizes)
        return next((cue for cue in found if cue is not None), None)

    def is_language(self, words: Words, start: int, end: int) -> bool:
        """Tell whether an adjective of nationality speaks of a language."""
        keys = words.keys
        if end < len(keys) and keys[end] in self.language_after:
            return True
        followed = end < len(keys) and keys[end][0].isalpha()
        return not followed and start > 0 and keys[start - 1] in self.language_before


@cache
def load_setting_cues() -> SettingCues:
    """Load the cues from the lexicon."""
    path = files("ontology") / "lexicons" / "place_setting_cues.csv"
    return SettingCues(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
