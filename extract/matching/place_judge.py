"""Decide which candidates name a place, each refusal with its reason."""

from collections import Counter
from collections.abc import Collection

from extract.matching.common_words import CommonWords
from extract.matching.place_candidates import (
    PEOPLE_LABEL,
    PlaceCandidate,
    PlaceText,
)
from extract.matching.place_reading import PlaceReading
from extract.matching.place_scan import Demonym, PlaceLookup
from extract.matching.place_support import (
    features_of,
    find_glosses,
    find_kin_lists,
    has_article,
    takes_article,
)
from ontology.gazetteer.rows import PlaceRow

_ABSTRACT = frozenset(("grouping", "supranational"))
_WIDE_RANK = 3
_LOCAL_RANK = 7
_SMALL_TOWN = 7
_UNSUPPORTED = "nothing else speaks for a place"
_SAME_NAME = 0.7


class PlaceJudge:
    """Judge the candidates of one text against its words, entities and countries."""

    def __init__(
        self,
        text: PlaceText,
        gazetteer: PlaceLookup,
        common: CommonWords,
        demonyms: Collection[Demonym],
    ) -> None:
        self.reading = PlaceReading(text, common, demonyms)
        self.text = text
        self.words = text.words
        self.gazetteer = gazetteer
        self.countries: Counter[str] = Counter()
        for demonym in demonyms:
            self.countries.update(demonym.countries)
        self.kin: frozenset[int] = frozenset()
        self.glossed: set[tuple[str, ...]] = set()

    def judge(self, candidates: list[PlaceCandidate]) -> None:
        """Set score or rejection of each; sure names first, since they vouch for others."""
        for candidate in candidates:
            rows = [self.gazetteer.place(row) for row in candidate.rows]
            if any(row.kind == "country" for row in rows):
                self.countries.update(c for row in rows[:1] for c in row.countries)
            self.reading.taken.update(range(candidate.start, candidate.end))
        self.kin = find_kin_lists(self.words, candidates, self._rows)
        glosses = find_glosses(self.words)
        self.glossed = {self._key(c) for c in candidates if c.end in glosses}
        for candidate in candidates:
            if candidate.rule == "gazetteer":
                self._judge_match(candidate)
                self._narrow(candidate)
            else:
                self._judge_name(candidate)
        accepted = {self._key(c) for c in candidates if not c.rejected}
        for candidate in candidates:
            if candidate.rejected == _UNSUPPORTED and self._key(candidate) in accepted:
                candidate.rejected, candidate.score = "", _SAME_NAME

    def _rows(self, candidate: PlaceCandidate) -> list[PlaceRow]:
        return [self.gazetteer.place(row) for row in candidate.rows]

    def _key(self, candidate: PlaceCandidate) -> tuple[str, ...]:
        return self.words.keys[candidate.start : candidate.end]

    def _judge_match(self, candidate: PlaceCandidate) -> None:
        start, end = candidate.start, candidate.end
        rows = self._rows(candidate)
        common = self.reading.is_common(start, end)
        kin = start in self.kin
        entity = self.reading.place_entity(start, end)
        unsure = start in self.text.title or start in self.text.sentence_starts
        typed = candidate.typed
        country = any(row.kind == "country" for row in rows)
        if all(row.kind in _ABSTRACT for row in rows):
            candidate.rejected = "a group of countries, not a place"
        elif candidate.bare and self._key(candidate) in self.glossed:
            candidate.rejected = "a name of the taxon in brackets"
        elif candidate.bare and self._is_area_abroad(rows):
            candidate.rejected = "a protected area of another country by its bare name"
        elif common and unsure and not entity and end - start == 1:
            candidate.rejected = "an ordinary word where any word may have a capital"
        elif (
            end - start == 1
            and (common or self.reading.is_word(start))
            and self._is_small(rows)
            and not (self._of_text(rows) or self.reading.before_place(end))
        ):
            candidate.rejected = "an ordinary word, and a small town elsewhere"
        elif not (typed or kin) and (
            self.reading.in_person(start, end) or (self.reading.surname(start, end) and not country)
        ):
            candidate.rejected = "part of a person's name"
        elif self.reading.measured(start, end) and not typed and not country:
            candidate.rejected = "a date, an amount or a language"
        elif (
            unsure
            and not (country or entity or typed)
            and end - start == 1
            and (self.reading.is_word(start) and not self.reading.before_place(end))
        ):
            candidate.rejected = _UNSUPPORTED
        elif (
            candidate.bare
            and not typed
            and not entity
            and (common or not self._bare_means(candidate, rows))
        ):
            candidate.rejected = "needs a type word beside it"
        elif country or (typed and not common):
            candidate.score = 0.95
        elif end - start == 1 and self.reading.crowded(start, end) and not entity and not typed:
            candidate.rejected = "part of a longer name"
        else:
            self._weigh(candidate, rows, common=common, entity=entity)

    def _bare_means(self, candidate: PlaceCandidate, rows: list[PlaceRow]) -> bool:
        """Tell whether a name that asks for a type word is plain without one."""
        start = candidate.start
        if self._at_home(rows) or start in self.kin or self._determined(start, rows):
            return True
        areas = any(row.kind == "protected_area" for row in rows)
        return areas and self.reading.after_locative(start) + self._of_text(rows) > 1

    def _is_area_abroad(self, rows: list[PlaceRow]) -> bool:
        """Tell whether all rows are protected areas, and of no country that the text names."""
        areas = all(row.kind == "protected_area" for row in rows)
        return areas and bool(self.countries) and not self._of_text(rows)

    def _is_small(self, rows: list[PlaceRow]) -> bool:
        """Tell whether all rows are towns of few inhabitants."""
        return all(row.kind == "settlement" and (row.rank or 0) >= _SMALL_TOWN for row in rows)

    def _of_text(self, rows: list[PlaceRow]) -> bool:
        """Tell whether the text names a country of one of the rows."""
        return any(self.countries.keys() & set(row.countries) for row in rows)

    def _determined(self, start: int, rows: list[PlaceRow]) -> bool:
        """Tell whether an article makes a feature of a name: the Rhine, not Rhine."""
        return has_article(self.words, start) and takes_article(rows, self.text.lang)

    def _narrow(self, candidate: PlaceCandidate) -> None:
        """Let a name in a list of rivers or after 'the' mean no town."""
        rows = self._rows(candidate)
        article = candidate.start > 0 and self.words.keys[candidate.start - 1] == "the"
        listed = candidate.start in self.kin
        if listed or (article and self._determined(candidate.start, rows)):
            kept = {row.row_id for row in features_of(rows)}
            kept |= {row.row_id for row in rows if row.table == "regions" and not listed}
            candidate.rows = tuple(row for row in candidate.rows if row in kept)

    def _at_home(self, rows: list[PlaceRow]) -> bool:
        """Tell whether a bare name (Mahé, Ganges) is that of a great or local feature."""
        return any(
            self.countries.keys() & set(row.countries)
            and row.rank is not None
            and row.rank <= _LOCAL_RANK
            for row in rows
        )

    def _weigh(
        self, candidate: PlaceCandidate, rows: list[PlaceRow], *, common: bool, entity: bool
    ) -> None:
        start, end = candidate.start, candidate.end
        support = 2 * entity + 2 * self.reading.before_place(end)
        support += 2 * self._of_text(rows)
        support += 2 * (start in self.kin or self._determined(start, rows))
        support += max(self.reading.after_locative(start), int(self.reading.listed(start)))
        wide = any(
            row.table == "regions" or (row.rank is not None and row.rank <= _WIDE_RANK)
            for row in rows
        )
        support += 2 * (wide or candidate.typed) + (end - start > 1)
        if support >= 2 + 2 * (common and not candidate.typed):
            candidate.score = min(0.9, 0.6 + 0.08 * support)
        else:
            candidate.rejected = _UNSUPPORTED

    def _judge_name(self, candidate: PlaceCandidate) -> None:
        first, last = candidate.name
        start = candidate.start
        unsure = start in self.text.title or candidate.opening
        while unsure and last - first > 1 and candidate.rule == "type-after":
            if not self.reading.is_common(first, first + 1) or self.reading.is_common(
                first + 1, last
            ):
                break
            first += 1
            candidate.start = first
        candidate.name = first, last
        keys = self.words.keys
        naming = [
            at
            for at in range(first, last)
            if keys[at] not in self.reading.unnaming
            and at not in self.reading.adjectives
            and self.reading.labels.get(at, (0, 0, ""))[2] != PEOPLE_LABEL
        ]
        entity = self.reading.place_entity(candidate.start, candidate.end)
        known = self._known(candidate)
        wordy = self.reading.is_common(first, last)
        strength, lower = candidate.types[0].strength, candidate.lower
        after = candidate.rule == "type-after"
        if not naming:
            candidate.rejected = "no name beside the type word"
        elif candidate.types[0].kind == "road" and not (
            entity or any(keys[at][-1].isdigit() for at in naming)
        ):
            candidate.rejected = "a road without number"
        elif self._shouted(candidate) and not known:
            candidate.rejected = "all letters are capitals"
        elif self._acronym(naming) and not known and not entity:
            candidate.rejected = "an acronym beside the type word"
        elif strength == "support" and not (entity or known):
            candidate.rejected = "the type word alone does not make it a place"
        elif wordy and not entity and (unsure or (after and (strength == "weak" or lower))):
            candidate.rejected = "ordinary words beside the type word"
        else:
            candidate.score = 0.9 if strength == "strong" and not wordy else 0.75
            candidate.score += 0.05 * (entity or known)

    def _known(self, candidate: PlaceCandidate) -> bool:
        first, last = candidate.name
        return bool(
            candidate.name_rows
            or self.gazetteer.place_names(
                " ".join(self.words.keys[candidate.start : candidate.end])
            )
            or self.gazetteer.place_names(" ".join(self.words.keys[first:last]))
        )

    def _acronym(self, naming: list[int]) -> bool:
        surfaces = [self.words.text[self.words.starts[a] : self.words.ends[a]] for a in naming]
        return all(len(s) > 1 and s.isupper() and not s[-1].isdigit() for s in surfaces)

    def _shouted(self, candidate: PlaceCandidate) -> bool:
        surface = self.words.surface(candidate.start, candidate.end)
        return surface.isupper() and len(surface) > 6 and " " in surface
