"""Decide which candidates name a place, each refusal with its reason."""

from collections import Counter
from collections.abc import Iterable

from extract.matching.common_words import CommonWords
from extract.matching.place_candidates import (
    OTHER_LABELS,
    PEOPLE_LABEL,
    PERSON_LABELS,
    PLACE_LABELS,
    PlaceCandidate,
    PlaceText,
)
from extract.matching.place_scan import Demonym, PlaceLookup
from extract.matching.place_support import (
    features_of,
    find_glosses,
    find_kin_lists,
    has_article,
    takes_article,
)
from extract.matching.place_types import load_place_words
from ontology.gazetteer.rows import PlaceRow

_ABSTRACT = frozenset(("grouping", "supranational"))
_WIDE_RANK = 3
_LOCAL_RANK = 7
_SMALL_TOWN = 7
_UNSUPPORTED = "nothing else speaks for a place"
_SAME_NAME = 0.7
_LIST = frozenset((",", "and", "y", "e", "et"))
_OF = frozenset(("of", "de", "del", "d", "du", "des"))


class PlaceJudge:
    """Judge the candidates of one text against its words, entities and countries."""

    def __init__(
        self,
        text: PlaceText,
        gazetteer: PlaceLookup,
        common: CommonWords,
        demonyms: Iterable[Demonym],
    ) -> None:
        self.text = text
        self.words = text.words
        self.gazetteer = gazetteer
        self.common = common
        self.function = load_place_words("function", text.lang)
        self.direction = load_place_words("direction")
        self.unnaming = self.function | self.direction | load_place_words("generic")
        self.locative = load_place_words("locative")
        self.within = load_place_words("within")
        self.people = load_place_words("people")
        self.labels: dict[int, tuple[int, int, str]] = {}
        for entity in text.entities:
            for at in range(entity.start, entity.end):
                self.labels[at] = (entity.start, entity.end, entity.label)
        self.surnames = {
            self.words.keys[e.end - 1]
            for e in text.entities
            if e.label in PERSON_LABELS and e.end - e.start > 1
        }
        self.adjectives = {at for d in demonyms for at in range(d.start, d.end)}
        self.countries: Counter[str] = Counter()
        for demonym in demonyms:
            self.countries.update(demonym.countries)
        self.taken: set[int] = set()
        self.kin: frozenset[int] = frozenset()
        self.glossed: set[tuple[str, ...]] = set()

    def judge(self, candidates: list[PlaceCandidate]) -> None:
        """Set score or rejection of each; sure names first, since they vouch for others."""
        for candidate in candidates:
            rows = [self.gazetteer.place(row) for row in candidate.rows]
            if any(row.kind == "country" for row in rows):
                self.countries.update(c for row in rows[:1] for c in row.countries)
            self.taken.update(range(candidate.start, candidate.end))
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

    def is_common(self, start: int, end: int) -> bool:
        """Tell whether every word of a run is an ordinary word of the language."""
        words = self.words
        return all(
            key in self.unnaming or words.text[words.starts[at] : words.ends[at]] in self.common
            for at, key in enumerate(words.keys[start:end], start)
            if key[0].isalnum()
        )

    def is_word(self, at: int) -> bool:
        """Tell whether a token, in small letters, is a word of the language."""
        return self.common.is_word(self.words.text[self.words.starts[at] : self.words.ends[at]])

    def place_entity(self, start: int, end: int) -> bool:
        return any(self.labels.get(at, (0, 0, ""))[2] in PLACE_LABELS for at in range(start, end))

    def in_person(self, start: int, end: int) -> bool:
        """Tell whether the run is part of a person's name."""
        label = self.labels.get(start)
        if label is None or label[2] not in PERSON_LABELS:
            return False
        return label[1] - label[0] > end - start

    def peoples(self, name: tuple[str, ...]) -> bool:
        """Tell whether the text uses a name for a people or their language."""
        keys = self.words.keys
        size = len(name)
        return any(
            keys[at] == name[0] and keys[at : at + size] == name and keys[at + size] in self.people
            for at in range(len(keys) - size)
        )

    def surname(self, start: int, end: int) -> bool:
        """Tell whether a word is the last name of a person whose full name the text gives."""
        return end - start == 1 and self.words.keys[start] in self.surnames

    def capital(self, at: int) -> bool:
        return self.words.text[self.words.starts[at]].isupper()

    def cited(self, start: int, end: int) -> bool:
        """Tell whether a year follows the name in brackets: (Mongabay, 2018)."""
        keys = self.words.keys
        opened = start > 0 and keys[start - 1] in ("(", ";")
        year = keys[end + 1] if keys[end : end + 1] == (",",) and end + 1 < len(keys) else ""
        return opened and len(year) == 4 and year.isdigit()

    def name_end(self, start: int) -> int:
        """Return the end of a run of at most three words with capitals."""
        end = start
        while end < min(start + 3, len(self.words.keys)) and (end == start or self.joined(end - 1)):
            if not self.capital(end) or self.words.keys[end] in self.function:
                break
            end += 1
        return end

    def name_start(self, end: int) -> int:
        """Return the start of a run of at most three words with capitals."""
        start = end
        while start > max(0, end - 3) and (start == end or self.joined(start - 1)):
            if not self.capital(start - 1) or self.words.keys[start - 1] in self.function:
                break
            start -= 1
        return start

    def joined(self, left: int) -> bool:
        words = self.words
        if not 0 <= left < len(words.keys) - 1 or left + 1 in self.text.sentence_starts:
            return False
        return words.text[words.ends[left] : words.starts[left + 1]].isspace()

    def crowded(self, start: int, end: int) -> bool:
        """Tell whether an unexplained word with a capital stands right beside the run."""
        left, right = start - 1, end
        if self.joined(left) and self._foreign(left) and left not in self.text.sentence_starts:
            return True
        return self.joined(end - 1) and self._foreign(right)

    def measured(self, start: int, end: int) -> bool:
        """Tell whether the model reads the run as a date, an amount or a language."""
        return any(self.labels.get(at, (0, 0, ""))[2] in OTHER_LABELS for at in range(start, end))

    def _foreign(self, at: int) -> bool:
        key = self.words.keys[at]
        if not self.capital(at) or key in self.unnaming or at in self.adjectives:
            return False
        return at not in self.taken

    def after_locative(self, start: int) -> int:
        """Return 2 after a word that only places follow well (near X), 1 after one like 'of'."""
        if has_article(self.words, start) and self.words.keys[start - 1] not in self.locative:
            start -= 1
        if start == 0 or not self.joined(start - 1):
            return 0
        before = self.words.keys[start - 1]
        wider = start > 1 and before in _OF and self.words.keys[start - 2] in self.within
        return (before in self.locative) + (before in self.within or wider)

    def before_place(self, end: int) -> bool:
        """Tell whether a comma or bracket and another candidate follow: Yako, Burkina Faso."""
        keys = self.words.keys
        return end + 1 < len(keys) and keys[end] in (",", "(") and end + 1 in self.taken

    def listed(self, start: int) -> bool:
        """Tell whether another candidate and a comma or 'and' stand before: Tolo and Yako."""
        return start > 1 and self.words.keys[start - 1] in _LIST and start - 2 in self.taken

    def _judge_match(self, candidate: PlaceCandidate) -> None:
        start, end = candidate.start, candidate.end
        rows = self._rows(candidate)
        common = self.is_common(start, end)
        kin = start in self.kin
        entity = self.place_entity(start, end)
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
            and (common or self.is_word(start))
            and self._is_small(rows)
            and not (self._of_text(rows) or self.before_place(end))
        ):
            candidate.rejected = "an ordinary word, and a small town elsewhere"
        elif not (typed or kin) and (
            self.in_person(start, end) or (self.surname(start, end) and not country)
        ):
            candidate.rejected = "part of a person's name"
        elif self.measured(start, end) and not typed and not country:
            candidate.rejected = "a date, an amount or a language"
        elif (
            unsure
            and not (country or entity or typed)
            and end - start == 1
            and (self.is_word(start) and not self.before_place(end))
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
        elif end - start == 1 and self.crowded(start, end) and not entity and not typed:
            candidate.rejected = "part of a longer name"
        else:
            self._weigh(candidate, rows, common=common, entity=entity)

    def _bare_means(self, candidate: PlaceCandidate, rows: list[PlaceRow]) -> bool:
        """Tell whether a name that asks for a type word is plain without one."""
        start = candidate.start
        if self._at_home(rows) or start in self.kin or self._determined(start, rows):
            return True
        areas = any(row.kind == "protected_area" for row in rows)
        return areas and self.after_locative(start) + self._of_text(rows) > 1

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
        support = 2 * entity + 2 * self.before_place(end)
        support += 2 * self._of_text(rows)
        support += 2 * (start in self.kin or self._determined(start, rows))
        support += max(self.after_locative(start), int(self.listed(start)))
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
            if not self.is_common(first, first + 1) or self.is_common(first + 1, last):
                break
            first += 1
            candidate.start = first
        candidate.name = first, last
        keys = self.words.keys
        naming = [
            at
            for at in range(first, last)
            if keys[at] not in self.unnaming
            and at not in self.adjectives
            and self.labels.get(at, (0, 0, ""))[2] != PEOPLE_LABEL
        ]
        entity = self.place_entity(candidate.start, candidate.end)
        known = self._known(candidate)
        wordy = self.is_common(first, last)
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
