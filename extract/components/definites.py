"""Carry names on to later sentences: ``this reserve``, ``the forest``, ``these animals``."""

import re
from collections.abc import Mapping
from dataclasses import replace

from extract.components.mentions import Draft
from extract.components.salience import is_wide, wider_entities
from extract.components.scopes import Scope
from extract.matching.place_types import load_place_types
from extract.records import Entity
from ontology.phrases import PhraseRow

_WORD = re.compile(r"[^\W\d_]+")
_DISCOUNT = 0.8
_MORE = re.compile(r"[-\s]+(?:of|de|des|del|du|for|para|pour)\b|[-\s]+[A-Z]|-|\s+d['’]")


class Definites:
    """Find definite mentions in texts of one language."""

    def __init__(self, rows: tuple[PhraseRow, ...], lang: str) -> None:
        words = {
            cue: frozenset(row.pattern for row in rows if row.lang == lang and row.cue == cue)
            for cue in ("determiner", "taxon noun", "body")
        }
        self._determiners = words["determiner"]
        self._taxon_nouns = words["taxon noun"]
        self._bodies = words["body"]

    def _named_bodies(self, scope: Scope) -> dict[str, Draft]:
        """Return the actors of a sentence by the words of their names for kinds of bodies."""
        return {
            word: draft
            for draft in scope.drafts
            if draft.kind == "actor" and " " in draft.text
            for word in _WORD.findall(draft.text.lower())
            if word in self._bodies
        }

    def carry(
        self,
        text: str,
        scopes: list[Scope],
        focal: tuple[str, ...],
        entities: Mapping[str, Entity],
    ) -> None:
        """Add to each scope a stand-in for each definite mention, and nothing to the Doc.

        A place is taken up by its type word (``the reserve``), the nearest such place before. The
        one taxon in focus, where there is one only, is taken up by a noun for any taxon, by the
        family or order that holds it (``bears``) and, where they are definite, by wide groups
        (``the birds``). An actor is taken up by the word of its name for what kind of body it is
        (``the centre``), the nearest such actor before.
        """
        heads: dict[str, Draft] = {}
        taxon = _first_of(scopes, focal[0]) if len(focal) == 1 else None
        holders = wider_entities(focal[0], entities) if taxon is not None else frozenset()
        for scope in scopes:
            wide = {d.start for d in scope.drafts if _holds(d, holders) and _is_wide(d)}
            taken = [(d.start, d.end) for d in scope.drafts if d.start not in wide]
            found = {
                d.start: _stand_in(taxon, text, d.start, d.end)
                for d in scope.drafts
                if taxon is not None and _holds(d, holders) and d.start not in wide
            }
            determined = False
            for match in _WORD.finditer(text, scope.start, scope.end):
                word = match[0].lower()
                start, end = match.span()
                if determined and not any(a < end and start < b for a, b in taken):
                    antecedent = heads.get(word)
                    if (
                        antecedent is not None
                        and antecedent.kind == "actor"
                        and _goes_on(text, end)
                    ):
                        antecedent = None
                    if antecedent is None and (start in wide or word in self._taxon_nouns):
                        antecedent = taxon
                    if antecedent is not None:
                        found[start] = _stand_in(antecedent, text, start, end)
                determined = word in self._determiners
            heads.update(_heads(scope))
            heads.update(self._named_bodies(scope))
            if found:
                kept = [d for d in scope.drafts if d.start not in found]
                scope.drafts = sorted([*kept, *found.values()], key=lambda d: (d.start, -d.end))


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a noun only begins a longer name: ``the group of women``, ``the Trust Fund``."""
    return _MORE.match(text, end) is not None


def _heads(scope: Scope) -> dict[str, Draft]:
    """Return the places of a sentence by the type word that begins or ends their names."""
    types = load_place_types()
    heads = {}
    for draft in scope.drafts:
        words = draft.text.lower().split()
        if draft.kind == "place" and len(words) > 1:
            heads.update({word: draft for word in (words[0], words[-1]) if types.kinds(word)})
    return heads


def _holds(draft: Draft, holders: frozenset[str]) -> bool:
    return draft.entity is not None and draft.entity.iri in holders


def _is_wide(draft: Draft) -> bool:
    return draft.entity is not None and is_wide(draft.entity)


def _first_of(scopes: list[Scope], iri: str) -> Draft | None:
    drafts = (draft for scope in scopes for draft in scope.drafts)
    return next((d for d in drafts if d.entity is not None and d.entity.iri == iri), None)


def _stand_in(antecedent: Draft, text: str, start: int, end: int) -> Draft:
    return replace(
        antecedent,
        start=start,
        end=end,
        text=text[start:end],
        score=round(antecedent.score * _DISCOUNT, 4),
        rule="relations:definite",
    )
