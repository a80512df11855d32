"""Tell where each sentence of a text is set, and in which of them threats stand."""

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.components.mentions import (
    case_study_of,
    drafts_of,
    entities_of,
    minter_of,
    statements_of,
)
from extract.components.triggers import sentences_of


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold the sentences of a text that are set in other countries, and those with threats."""

    starts: tuple[int, ...]
    elsewhere: frozenset[int]
    """Numbers of the sentences that name places of other countries alone."""
    threatened: frozenset[int]

    def is_elsewhere(self, start: int, end: int) -> bool:
        """Tell whether a mention stands in a sentence that is set in another country."""
        return self._number(start) in self.elsewhere

    def has_threat(self, start: int, end: int) -> bool:
        """Tell whether the sentence of a mention names a threat."""
        return self._number(start) in self.threatened

    def _number(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1


def read_setting(doc: Doc) -> Setting:
    """Read the setting from the places and threats of a text and where the solution takes place."""
    starts = tuple(start for start, _ in sentences_of(doc))
    own = _own_countries(doc)
    named: dict[int, set[str]] = {}
    for draft in drafts_of(doc, "place"):
        if draft.entity is not None and draft.entity.countries:
            number = bisect_right(starts, draft.start) - 1
            named.setdefault(number, set()).update(draft.entity.countries)
    return Setting(
        starts,
        frozenset(n for n, found in named.items() if own and own.isdisjoint(found)),
        frozenset(bisect_right(starts, d.start) - 1 for d in drafts_of(doc, "threat")),
    )


def _own_countries(doc: Doc) -> frozenset[str]:
    """Return the codes of the countries in which the solution takes place."""
    subject = minter_of(doc).case_study(case_study_of(doc).id)
    entities = entities_of(doc)
    return frozenset(
        country
        for statement in statements_of(doc)
        if statement.predicate == "takesPlaceInCountry" and statement.subject == subject
        for country in entities[statement.object].countries
    )
