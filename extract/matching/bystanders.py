"""Tell from the words beside a taxon how it is meant: as a habitat, a land use, or a group."""

import re
from collections import Counter
from functools import cache

from ontology.gazetteer.tables import read_table
from ontology.phrases import LANGUAGES, PhraseRow, load_phrases

_KEPT = frozenset({"crop", "domestic"})
_NEXT = re.compile(r"[\s-]+([^\W\d_]+)(?![^\W_]*['’])")
_BEFORE = re.compile(r"([^\W\d_]+)[\s-]+$")
_OF = re.compile(r"([^\W\d_]+)\s+(?:of|de|d['’]|des|del|du)\s*(?:(?:the|la|las|les|los)\s+)?$")
_REACH = 40


class Bystanders:
    """Read the words right beside the names of taxa in texts of one language."""

    def __init__(self, rows: tuple[PhraseRow, ...], lang: str) -> None:
        self._words: dict[str, frozenset[str]] = {
            cue: frozenset(r.pattern for r in rows if r.cue == cue and r.lang == lang)
            for cue in ("habitat", "land use", "taxon", "wild")
        }

    def is_habitat(self, text: str, start: int, end: int) -> bool:
        """Tell whether a plant only says of what a habitat is: ``beech forests``."""
        return self._heads(text, start, end, "habitat")

    def is_land_use(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name only says what is grown or kept: ``sugarcane farming``."""
        return self._heads(text, start, end, "land use")

    def is_group(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name means its wild kin: ``all cat species``, ``big cats``."""
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        wild = before is not None and before[1].lower() in self._words["wild"]
        return wild or self._heads(text, start, end, "taxon")

    def _heads(self, text: str, start: int, end: int, cue: str) -> bool:
        after = _NEXT.match(text, end, end + _REACH)
        if after is not None and after[1].lower() in self._words[cue]:
            return True
        before = _OF.search(text, max(0, start - _REACH), start)
        return before is not None and before[1].lower() in self._words[cue]


@cache
def load_bystanders() -> dict[str, Bystanders]:
    """Read the packaged words for each language, once a process."""
    rows = load_phrases("bystanders")
    return {lang: Bystanders(rows, lang) for lang in LANGUAGES}


@cache
def line_words() -> frozenset[str]:
    """Return the words, in any language, for roads, fences and what else is a line on a map."""
    return frozenset(row.pattern for row in load_phrases("bystanders") if row.cue == "line")


@cache
def domesticated() -> frozenset[str]:
    """Return the scientific names of crops and livestock that are hardly ever meant wild."""
    rows = read_table("taxon_aliases")
    kept = Counter(row["scientificName"] for row in rows if row["kind"] in _KEPT)
    wild = Counter(row["scientificName"] for row in rows if row["kind"] not in _KEPT)
    return frozenset(name for name in kept if kept[name] > 2 * wild[name])
