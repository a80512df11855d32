"""Rows of the trigger lexicons: patterns, families, roles, figures of speech, cues."""

from dataclasses import dataclass
from typing import Literal

TriggerKind = Literal["threat", "stress", "intervention"]
CueStatus = Literal["negated", "hypothetical", "planned", "historical", "none"]
CueDirection = Literal["forward", "backward", "both"]


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """Tie a pattern in one language to a code of a scheme and version."""

    kind: TriggerKind
    pattern: str
    lang: str
    scheme: str
    version: str
    code: str
    weight: float
    """How sure the code is where the pattern stands alone, above 0 and at most 1."""
    requires: str
    forbids: str
    source: str
    where: str
    """File and line, for messages and for the rule behind a mention."""


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Name a set of words, which patterns use as ``@name``."""

    name: str
    lang: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Say what a context does to the triggers of one kind: refuse them or raise their score."""

    kind: TriggerKind
    lang: str
    codes: tuple[str, ...]
    """Codes that it holds for, with those under them; empty for all."""
    condition: str
    effect: float | None
    """The share of what is missing to 1 that is added, below 0 a share taken; None refuses."""
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class IdiomRow:
    """Name a figure of speech, or a false friend, whose words speak of no code."""

    pattern: str
    lang: str
    where: str


@dataclass(frozen=True, slots=True)
class CueRow:
    """Tie a cue pattern to the status of what stands in its scope."""

    pattern: str
    lang: str
    status: CueStatus
    direction: CueDirection
    kinds: tuple[TriggerKind, ...]
    reach: int
    """How many words the scope covers at most; the clause may end it earlier."""
    where: str


@dataclass(frozen=True, slots=True)
class ThreatStressRow:
    """Say that a threat brings a stress, how surely and why."""

    threat: str
    stress: str
    weight: float
    source: str
    where: str
