"""Read sentences for threats, stresses and interventions: which code, how sure, in what role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extract.matching.anchors import AnchorIndex, Hit, Mark, Sentence, meets
from extract.matching.patterns import Condition
from ontology.lexicon import load_families, load_idioms, load_roles, load_triggers
from ontology.lexicon_rows import FamilyRow, IdiomRow, RoleRow, TriggerKind, TriggerRow

KINDS: tuple[TriggerKind, ...] = ("threat", "stress", "intervention")
LANGUAGES = ("en", "es", "fr")
_TIE = 0.05
_NAME = -0.6
"""What a trigger loses inside a proper name, which need not say what the text is about."""
_ACRONYM = 5
_TITLE_CASE = 0.8


@dataclass(frozen=True, slots=True)
class Trigger:
    """Say that words of a text speak of a code, with what score and by which row and roles."""

    kind: TriggerKind
    code: str
    start: int
    end: int
    score: float
    row: TriggerRow
    roles: tuple[str, ...]
    places: tuple[int, ...]
    """Which words of the sentence the pattern took."""


@dataclass(frozen=True, slots=True)
class _Role:
    row: RoleRow
    condition: Condition


class TriggerReader:
    """Find triggers of one language with the rows, families and roles given."""

    def __init__(
        self,
        lang: str,
        rows: Iterable[TriggerRow],
        families: Iterable[FamilyRow],
        roles: Iterable[RoleRow],
        idioms: Iterable[IdiomRow] = (),
    ) -> None:
        self.lang = lang
        known = {row.name: row.words for row in families if row.lang == lang}
        self.index: AnchorIndex[TriggerRow | IdiomRow] = AnchorIndex(lang, known)
        own = [row for row in rows if row.lang == lang]
        parse = self.index.parser.conditions
        self._requires = {r: parse(r.requires, r.where) for r in own if r.requires}
        self._forbids = {r: parse(r.forbids, r.where) for r in own if r.forbids}
        self._roles: Mapping[TriggerKind, tuple[_Role, ...]] = {
            kind: tuple(
                _Role(role, condition)
                for role in roles
                if role.kind == kind and role.lang == lang
                for condition in parse(role.condition, role.where)
            )
            for kind in KINDS
        }
        entries: list[TriggerRow | IdiomRow] = [*own, *(i for i in idioms if i.lang == lang)]
        self.index.add_rows((row, row.pattern, row.where) for row in entries)

    def read(self, text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> list[Trigger]:
        """List the triggers of one sentence in text order, overlaps settled.

        ``marks`` are the names in it, each with a family that patterns may ask for.
        """
        sentence = self.index.read_sentence(text, start, end, marks)
        idioms: list[tuple[int, ...]] = []
        found: list[Trigger] = []
        for hit in self.index.find(sentence):
            if isinstance(hit.row, IdiomRow):
                idioms.append(hit.places)
            elif trigger := self._judge(text, sentence, hit.row, hit):
                found.append(trigger)
        if idioms:
            found = [t for t in found if not any(_spent(t.places, idiom) for idiom in idioms)]
        return _settle(found) if found else []

    def _judge(
        self, text: str, sentence: Sentence, row: TriggerRow, hit: Hit[TriggerRow | IdiomRow]
    ) -> Trigger | None:
        """Score a hit in its context; None where the context refuses it."""
        places = hit.places
        for condition in self._forbids.get(row, ()):
            if meets(sentence, places, condition):
                return None
        required = self._requires.get(row, ())
        if not all(meets(sentence, places, condition) for condition in required):
            return None
        raised, lowered, names = 0.0, 0.0, []
        for role in self._roles[row.kind]:
            effect, codes = role.row.effect, role.row.codes
            if codes and not any(row.code == c or row.code.startswith(c + ".") for c in codes):
                continue
            counted = required and effect is not None and effect > 0
            if counted or not meets(sentence, places, role.condition):
                continue
            if effect is None:
                return None
            names.append(role.row.name)
            raised, lowered = max(raised, effect), min(lowered, effect)
        if _in_name(text, sentence, places):
            names.append("name")
            lowered = _NAME
        score = (row.weight + (1 - row.weight) * raised) * (1 + lowered)
        return Trigger(row.kind, row.code, hit.start, hit.end, score, row, tuple(names), hit.places)


def _settle(found: list[Trigger]) -> list[Trigger]:
    """Keep of triggers of one kind over the same words the longest, then the surest."""
    kept: list[Trigger] = []
    for trigger in sorted(found, key=lambda t: (-len(t.places), -t.score, t.code, t.start)):
        places = set(trigger.places)
        rivals = [k for k in kept if k.kind == trigger.kind and places & set(k.places)]
        same = [k for k in rivals if level2(k.code) == level2(trigger.code)]
        inside = [k for k in rivals if places <= set(k.places)]
        if same or any(not _tied(k, trigger) for k in inside):
            continue
        kept.append(trigger)
    return sorted(kept, key=lambda t: (t.start, -t.end, t.kind, t.code))


def _spent(places: tuple[int, ...], idiom: tuple[int, ...]) -> bool:
    """Tell whether an idiom took a word of a trigger that is no longer than the idiom."""
    return len(places) <= len(idiom) and not set(places).isdisjoint(idiom)


def _in_name(text: str, sentence: Sentence, places: tuple[int, ...]) -> bool:
    """Tell whether a hit is a capitalised word, or part of a longer capitalised name."""
    starts, ends = sentence.starts, sentence.ends
    first, last = places[0], places[-1]
    if first == 0 or not all(text[starts[place]].isupper() for place in places):
        return False
    words = [place for place in range(len(starts)) if text[starts[place]].isalpha()]
    if sum(text[starts[place]].isupper() for place in words) > _TITLE_CASE * len(words):
        return False
    if first == last:
        word = text[starts[first] : ends[first]]
        return not (word.isupper() and len(word) <= _ACRONYM)
    before = text[starts[first - 1]].isupper() and ends[first - 1] + 1 == starts[first]
    after = last + 1 < len(starts) and text[starts[last + 1]].isupper()
    return before or (after and ends[last] + 1 == starts[last + 1])


def _tied(one: Trigger, other: Trigger) -> bool:
    """Tell whether two triggers over the very same words are equally sure."""
    return one.places == other.places and abs(one.score - other.score) <= _TIE


def level2(code: str) -> str:
    """Cut a code to its second level."""
    return ".".join(code.split(".")[:2])


@cache
def load_reader(lang: str) -> TriggerReader:
    """Build the reader of a language from the shipped lexicons, once a process."""
    rows = (row for kind in KINDS for row in load_triggers(kind))
    return TriggerReader(lang, rows, load_families(), load_roles(), load_idioms())
