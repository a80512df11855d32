"""Read the rules that tell from what a text says to which KMGBF targets its solution contributes.

A rule's premises are joined by ``+`` and must all hold; values of one premise are parted by ``|``
and one is enough: ``threat:5.3|5.4 + intervention:5.2``. A code covers what lies under it.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from ontology.errors import OntologyError
from ontology.phrases import lexicon_file, load_phrases, read_table

PremiseKind = Literal["intervention", "threat", "stress", "taxon", "place", "actor", "cue"]
Role = Literal["primary", "supporting"]
RuleScope = Literal["document", "sentence"]

COLUMNS = ("id", "target", "role", "weight", "scope", "when", "unless", "why")
TARGETS = 23
TAXON_VALUES = ("focal", "listed", "narrow")
"""In focus; on a CMS appendix; in focus and no wider than a family."""
_CODE = re.compile(r"\*|\d{1,2}(\.\d{1,2}){0,2}")
_WORD = re.compile(r"[a-z_]+[0-9]*")


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask for a premise of one kind with one of some values; ``*`` is any value."""

    kind: PremiseKind
    values: tuple[str, ...]

    def covers(self, value: str) -> bool:
        """Tell whether a value, or the code that it lies under, is asked for."""
        return any(
            wanted in ("*", value) or (wanted[:1].isdigit() and value.startswith(f"{wanted}."))
            for wanted in self.values
        )


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Say what makes a solution contribute to a target, how strongly, and why."""

    id: str
    target: str
    role: Role
    weight: float
    scope: RuleScope
    """``sentence``: the premises must stand in one sentence."""
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    why: str
    where: str


def _conditions(text: str, where: str, cues: frozenset[str]) -> tuple[Condition, ...]:
    found = []
    for part in filter(None, (item.strip() for item in text.split(" + "))):
        name, colon, rest = part.partition(":")
        kind = next((kind for kind in get_args(PremiseKind) if kind == name), None)
        values = tuple(value.strip() for value in rest.split("|"))
        if kind is None or not colon or not all(values):
            raise OntologyError(
                f"{where}: {part!r} is no premise; write KIND:VALUE|VALUE, KIND one of "
                + ", ".join(get_args(PremiseKind))
            )
        for value in values:
            if kind in ("intervention", "threat", "stress"):
                known = _CODE.fullmatch(value) is not None
            elif kind == "taxon":
                known = value in TAXON_VALUES
            elif kind == "cue":
                known = value in cues
            else:
                known = _WORD.fullmatch(value) is not None
            if not known:
                raise OntologyError(f"{where}: {value!r} is no value of {kind}")
        found.append(Condition(kind, values))
    return tuple(found)


def read_target_rules(source: Traversable, cues: frozenset[str]) -> tuple[TargetRule, ...]:
    """Read rules that may name the given cues; raise OntologyError at the first bad row."""
    rules = []
    seen: dict[str, str] = {}
    for where, row in read_table(source, COLUMNS):
        if not re.fullmatch(r"[a-z0-9-]+", row["id"]) or row["id"] in seen:
            raise OntologyError(f"{where}: id {row['id']!r} is no new name of letters and hyphens")
        seen[row["id"]] = where
        if not row["target"].isdecimal() or not 1 <= int(row["target"]) <= TARGETS:
            raise OntologyError(f"{where}: target {row['target']!r} is not 1 to {TARGETS}")
        role = next((role for role in get_args(Role) if role == row["role"]), None)
        scope = next((scope for scope in get_args(RuleScope) if scope == row["scope"]), None)
        if role is None or scope is None:
            raise OntologyError(
                f"{where}: role {row['role']!r} and scope {row['scope']!r} must be one of "
                f"{get_args(Role)} and one of {get_args(RuleScope)}"
            )
        if not re.fullmatch(r"0\.\d+|1(\.0+)?", row["weight"]) or not float(row["weight"]):
            raise OntologyError(f"{where}: weight {row['weight']!r} is not above 0 and at most 1")
        when = _conditions(row["when"], where, cues)
        if not when or not row["why"]:
            raise OntologyError(f"{where}: a rule needs at least one premise and its reason")
        rules.append(
            TargetRule(
                row["id"],
                row["target"],
                role,
                float(row["weight"]),
                scope,
                when,
                _conditions(row["unless"], where, cues),
                row["why"],
                where,
            )
        )
    return tuple(rules)


@cache
def load_target_rules() -> tuple[TargetRule, ...]:
    """Read the packaged rules, once a process."""
    cues = frozenset(row.cue for row in load_phrases("target_cues"))
    return read_target_rules(lexicon_file("target_rules"), cues)
