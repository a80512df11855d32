"""Carry names on to later sentences: ``this reserve``, ``the forest``, ``these animals``."""

import re
from dataclasses import replace

from extract.components.mentions import Draft
from extract.components.scopes import Scope
from ontology.phrases import PhraseRow

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_HEAD = 4
_DISCOUNT = 0.8


class Definites:
    """Find definite mentions in texts of one language."""

    def __init__(self, rows: tuple[PhraseRow, ...], lang: str) -> None:
        words = {
            cue: frozenset(row.pattern for row in rows if row.lang == lang and row.cue == cue)
            for cue in ("determiner", "taxon noun")
        }
        self._determiners = words["determiner"]
        self._taxon_nouns = words["taxon noun"]

    def carry(self, text: str, scopes: list[Scope], focal: tuple[str, ...]) -> None:
        """Add to each scope a stand-in for each definite mention, and nothing to the Doc.

        A place is taken up by the last word of its name, the nearest such place before. A noun for
        any taxon takes up the one taxon in focus, where there is one only.
        """
        heads: dict[str, Draft] = {}
        taxon = _first_of(scopes, focal[0]) if len(focal) == 1 else None
        for scope in scopes:
            taken = [(draft.start, draft.end) for draft in scope.drafts]
            found: list[Draft] = []
            determined = False
            for match in _WORD.finditer(text, scope.start, scope.end):
                word = match[0].lower()
                if determined and not any(a < match.end() and match.start() < b for a, b in taken):
                    antecedent = heads.get(word)
                    if antecedent is None and word in self._taxon_nouns:
                        antecedent = taxon
                    if antecedent is not None:
                        found.append(_stand_in(antecedent, text, *match.span()))
                determined = word in self._determiners
            for draft in scope.drafts:
                words = draft.text.split()
                if draft.kind == "place" and len(words) > 1 and len(words[-1]) >= _SHORTEST_HEAD:
                    heads[words[-1].lower()] = draft
            if found:
                scope.drafts = sorted([*scope.drafts, *found], key=lambda d: (d.start, -d.end))


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
