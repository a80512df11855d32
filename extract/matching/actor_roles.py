"""Read the roles of actors from cues: who implemented, funded, took part, gained."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.matching.actor_cues import CueFound, list_after
from extract.matching.actor_lexicon import ActorLexicon
from extract.matching.marked_words import AND, MarkedWords
from extract.records import AssertionStatus

_GAINS = frozenset(("hasBeneficiary", "hasTargetGroup"))
_GAINERS = frozenset(("community", "private", "research", "ngo", "government"))
_BENEFICIARIES = frozenset(("community", "private"))
_SEPARATORS = AND | {","}
_LONGEST_CHAIN = 12
_WINDOW = 5
_SURE, _LIKELY, _WEAK = 0.8, 0.65, 0.5


@dataclass(frozen=True, slots=True)
class Party:
    """Mark words ``start`` to ``end`` (exclusive) as an actor or project that may have a role."""

    start: int
    end: int
    type: str
    """An actor type, or ``project``."""
    named: bool


@dataclass(frozen=True, slots=True)
class Role:
    """Give one party a role, with the words that the evidence spans."""

    party: Party
    predicate: str
    cue: CueFound
    score: float
    assertion: AssertionStatus


def find_roles(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    cues: Sequence[CueFound],
    parties: Sequence[Party],
    names: Mapping[int, int],
) -> list[Role]:
    """List roles in text order; ``names`` maps starts of other names, which lists may hold."""
    by_start = {party.start: party for party in parties}
    ends = dict(names) | {party.start: party.end for party in parties}
    joining = {c.end: c.start for c in cues if c.cue.role == "hasPartner" and c.cue.side == "after"}
    roles: list[Role] = []
    for cue in cues:
        if not cue.cue.role:
            continue
        if cue.cue.side == "after":
            items = list_after(marked, lexicon, cue.end, ends.get)
            found = [by_start[start] for start, _ in items if start in by_start]
        else:
            found = _before(marked, lexicon, cue, parties, joining)
        for party in found:
            role = _role(marked, lexicon, cue, party)
            if role is not None:
                roles.append(role)
    return roles


def _before(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    cue: CueFound,
    parties: Sequence[Party],
    joining: Mapping[int, int],
) -> list[Party]:
    """Return the parties that act together right before a cue: A (AB), together with C, did."""
    keys, auxiliary = marked.keys, lexicon.families["auxiliary"]
    ends = [party.end for party in parties]
    index = cue.start
    while index > 0 and keys[index - 1] in auxiliary and not marked.first[index]:
        index -= 1
    found: list[Party] = []
    while len(found) < _LONGEST_CHAIN and index > 0 and not marked.first[index]:
        if keys[index - 1] == "," and not found:
            index -= 1
        index = _skip_bracket_before(marked, index)
        position = bisect_left(ends, index)
        if position == len(ends) or ends[position] != index:
            break
        found.append(parties[position])
        index = parties[position].start
        while index > 0 and (
            keys[index - 1] in _SEPARATORS or keys[index - 1] in lexicon.families["determiner"]
        ):
            index -= 1
        joint = joining.get(index)
        if joint is not None and not marked.first[index]:
            index = joint - (keys[joint - 1] == ",")
    return found


def _skip_bracket_before(marked: MarkedWords, index: int) -> int:
    """Return the word after which a bracket that closes right before a word opened."""
    keys = marked.keys
    if index > 0 and keys[index - 1] == ")":
        for start in range(index - 2, max(index - _LONGEST_CHAIN, 0), -1):
            if keys[start] == "(":
                return start
    return index


def _role(marked: MarkedWords, lexicon: ActorLexicon, cue: CueFound, party: Party) -> Role | None:
    """Return the role where kind of cue and kind of party agree."""
    predicate = cue.cue.role
    if party.type == "project" or predicate == "carriedOutUnder":
        if party.type != "project" or predicate not in ("carriedOutUnder", "fundedBy"):
            return None
        predicate = "carriedOutUnder"
    elif predicate in _GAINS:
        if not _may_gain(cue, party):
            return None
    elif not party.named and cue.cue.side == "before":
        return None
    score = _SURE if cue.cue.strong or predicate == "carriedOutUnder" else _LIKELY
    if not party.named and predicate not in _GAINS:
        score = _WEAK
    return Role(party, predicate, cue, score, _status(marked, lexicon, cue))


def _may_gain(cue: CueFound, party: Party) -> bool:
    kinds = _BENEFICIARIES if cue.cue.role == "hasBeneficiary" else _GAINERS
    return party.type in kinds and (not party.named or party.type == "community")


def _status(marked: MarkedWords, lexicon: ActorLexicon, cue: CueFound) -> AssertionStatus:
    """Read polarity and mood from the words right before a cue."""
    window: list[str] = []
    for index in range(cue.start, max(cue.start - _WINDOW, 0), -1):
        if marked.first[index]:
            break
        window.append(marked.keys[index - 1])
    families = lexicon.families
    words = frozenset(window) | frozenset(marked.keys[cue.start : cue.end])
    if words & families["negation"]:
        return "negated"
    if words & families["plan"]:
        return "planned"
    if words & families["possibility"]:
        return "hypothetical"
    return "affirmed"
