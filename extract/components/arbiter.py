"""Settle overlaps between names of different kinds; the loser keeps the reason."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import Draft, drafts_of
from extract.records import MentionKind

_NAMING: tuple[MentionKind, ...] = ("species", "place", "actor", "project", "policy_target")


@Language.factory("arbiter")
def make_arbiter(nlp: Language, name: str) -> "Arbiter":
    """Make the component that settles overlaps."""
    return Arbiter()


class Arbiter:
    """Reject names inside or across a better name; groups may hold names of places and taxa."""

    def __call__(self, doc: Doc) -> Doc:
        kept: list[Draft] = []
        for cluster in _clusters(drafts_of(doc, *_NAMING)):
            kept += _settle(cluster)
        _silence_names_of_bodies(doc, [k for k in kept if k.kind == "actor"])
        return doc


def _clusters(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """Yield runs of drafts, given in text order, that hang together by overlaps."""
    cluster: list[Draft] = []
    end = 0
    for draft in drafts:
        if cluster and draft.start >= end:
            yield cluster
            cluster = []
        cluster.append(draft)
        end = max(end, draft.end)
    if cluster:
        yield cluster


def _settle(cluster: list[Draft]) -> list[Draft]:
    """Reject what clashes with a stronger draft; return those that stand."""
    kept: list[Draft] = []
    for draft in sorted(cluster, key=_strength):
        rival = next((k for k in kept if _clash(k, draft)), None)
        if rival is None:
            kept.append(draft)
        else:
            draft.rejected = f"inside the {rival.kind} {rival.text!r}"
    return kept


def _silence_names_of_bodies(doc: Doc, actors: list[Draft]) -> None:
    """Reject triggers inside an organisation's own name: it says what it is for, not what is."""
    named = [actor for actor in actors if not actor.features.get("generic")]
    named.sort(key=lambda actor: actor.start)
    for draft in drafts_of(doc, "threat", "stress", "intervention"):
        at = bisect_right(named, draft.start, key=lambda actor: actor.start) - 1
        if at >= 0 and draft.end <= named[at].end:
            draft.rejected = f"inside the actor {named[at].text!r}"


def _strength(draft: Draft) -> tuple[bool, int, float, str, int]:
    """Sort key, strongest first: known before guessed, then longer, then surer."""
    weak = draft.rule.endswith(":model") and draft.score < 0.6
    return (weak, draft.start - draft.end, -draft.score, draft.kind, draft.start)


def _clash(strong: Draft, weak: Draft) -> bool:
    if strong.end <= weak.start or weak.end <= strong.start:
        return False
    nested = strong.start <= weak.start and weak.end <= strong.end
    generic = bool(strong.features.get("generic")) or bool(weak.features.get("generic"))
    return not (generic and nested and strong.kind != weak.kind)
