"""Tell from cue words and their scope whether what is said is denied, supposed, planned or past."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.matching.anchors import AnchorIndex, Hit
from extract.records import AssertionStatus
from ontology.lexicon import load_cues, load_families
from ontology.lexicon_rows import CueRow, FamilyRow, TriggerKind

_ORDER: tuple[AssertionStatus, ...] = ("negated", "hypothetical", "planned", "historical")
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(
    r"[;:()?!]|,\s\w+ing\b|,?\s\b(?:but|although|though|however|whereas|while|which|who|because"
    r"|so that|mais|cependant|toutefois|alors que|tandis que|pero|sin embargo|aunque|mientras"
    r"|porque)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Mark the words that a cue governs, as offsets of the text."""

    row: CueRow
    cue_start: int
    cue_end: int
    start: int
    end: int


class CueReader:
    """Find cues of one language and the scope of each, which ends with the clause."""

    def __init__(self, lang: str, rows: Iterable[CueRow], families: Iterable[FamilyRow]) -> None:
        known = {row.name: row.words for row in families if row.lang == lang}
        self._index: AnchorIndex[CueRow] = AnchorIndex(lang, known)
        self._index.add_rows((row, row.pattern, row.where) for row in rows if row.lang == lang)

    def scopes(self, text: str, start: int, end: int) -> list[Scope]:
        """List the scopes of the cues in one sentence."""
        sentence = self._index.read_sentence(text, start, end)
        hits = self._index.find(sentence)
        if not hits:
            return []
        stops = [match.start() for match in _STOP.finditer(text, start, end)]
        found = []
        for hit in hits:
            if _inside_longer(hit, hits) or hit.row.status == "none":
                continue
            left, right = hit.start, hit.end
            if hit.row.direction in ("forward", "both"):
                last = min(hit.last + hit.row.reach, len(sentence.ends) - 1)
                right = sentence.ends[last]
                right = min([right, *(s for s in stops if hit.end <= s < right)])
            if hit.row.direction in ("backward", "both"):
                left = sentence.starts[max(hit.first - hit.row.reach, 0)]
                left = max([left, *(s for s in stops if left < s < hit.start)])
            found.append(Scope(hit.row, hit.start, hit.end, left, right))
        return found


def _inside_longer(hit: Hit[CueRow], hits: Sequence[Hit[CueRow]]) -> bool:
    """Tell whether a longer cue, such as "not only", holds this one."""
    places = set(hit.places)
    return any(places < set(other.places) for other in hits)


def status_of(
    scopes: Iterable[Scope], kind: TriggerKind, start: int, end: int, pattern: str = ""
) -> AssertionStatus:
    """Return the status of a mention: the strongest of the cues that govern it.

    A cue among the mention's own words governs it only where it is a negation that the pattern
    passed over ("dams were not removed"), not a word of the pattern itself ("no-take zone").
    """
    own = set(_WORD.findall(pattern))
    governed = {
        scope.row.status
        for scope in scopes
        if kind in scope.row.kinds and _governs(scope, start, end, own)
    }
    return next((status for status in _ORDER if status in governed), "affirmed")


def _governs(scope: Scope, start: int, end: int, own: set[str]) -> bool:
    if scope.cue_end <= start or end <= scope.cue_start:
        return scope.start <= start and end <= scope.end
    return scope.row.status == "negated" and own.isdisjoint(_WORD.findall(scope.row.pattern))


@cache
def load_cue_reader(lang: str) -> CueReader:
    """Build the cue reader of a language from the shipped cues, once a process."""
    return CueReader(lang, load_cues(), load_families())
