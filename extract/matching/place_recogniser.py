"""Recognise the places of a text: gazetteer, grammar, model, then short forms of what was found."""

import re
from collections.abc import Iterator

from extract.matching.common_words import load_common_words
from extract.matching.place_candidates import PLACE_LABELS, PlaceCandidate, PlaceText
from extract.matching.place_judge import PlaceJudge
from extract.matching.place_merging import merge_finds
from extract.matching.place_names import PlaceGrammar
from extract.matching.place_scan import Demonym, PlaceLookup, PlaceScanner
from extract.matching.place_types import PlaceTypes, load_place_types, load_place_words
from ontology.gazetteer.folding import Words, fold_word

_ACRONYM = re.compile(r"\s*\(\s*([A-Z][A-Za-z0-9-]{1,8}[A-Z0-9])\s*[),;]")
_SHORTEST = 4
_SHORTEST_NEW = 3
_ADDRESSED = frozenset(("site", "settlement", "admin2", "protected_area"))
_DISTRICTS = frozenset(("admin1", "admin2"))
_CLOSING = frozenset((",", ".", ";", ")", "(", "¶", ":", "!", "?"))


class PlaceRecogniser:
    """Recognise places with one gazetteer."""

    def __init__(self, gazetteer: PlaceLookup, types: PlaceTypes | None = None) -> None:
        self.gazetteer = gazetteer
        self.types = types or load_place_types()
        self.scanner = PlaceScanner(gazetteer, self.types)
        self.grammar = PlaceGrammar(self.types)
        self.direction = load_place_words("direction") - frozenset(("rural", "highland"))
        self.unnaming = load_place_words("function") | load_place_words("generic")

    def recognise(self, text: PlaceText) -> tuple[list[PlaceCandidate], list[Demonym]]:
        """Return candidates in order, the refused with their reason, and the demonyms."""
        words = text.words
        common = load_common_words(text.lang)
        matches, demonyms = self.scanner.scan(words)
        names = self.grammar.find(words, text.sentence_starts, lang=text.lang)
        judge = PlaceJudge(text, self.gazetteer, common, demonyms)
        candidates = merge_finds(
            matches,
            names,
            lambda at: (
                words.keys[at] in self.unnaming
                or (
                    (at in text.sentence_starts or at in text.title)
                    and judge.reading.is_common(at, at + 1)
                )
            ),
        )
        judge.judge(candidates)
        candidates += list(self._from_model(text, candidates, judge))
        candidates += list(self._addressed(text, candidates, judge))
        candidates.sort(key=lambda c: (c.start, c.end))
        candidates += self._later_forms(text, candidates, judge)
        for candidate in candidates:
            if not candidate.rejected and not candidate.typed and candidate.refers < 0:
                self._add_direction(text, candidate)
        order = sorted(range(len(candidates)), key=lambda i: (candidates[i].start, i))
        place = {old: new for new, old in enumerate(order)}
        for candidate in candidates:
            candidate.refers = place.get(candidate.refers, -1)
        return [candidates[i] for i in order], demonyms

    def _from_model(
        self, text: PlaceText, candidates: list[PlaceCandidate], judge: PlaceJudge
    ) -> Iterator[PlaceCandidate]:
        """Yield the places that only the statistical model knows."""
        accepted = {at for c in candidates if not c.rejected for at in range(c.start, c.end)}
        keys = text.words.keys
        for entity in text.entities:
            if entity.label not in PLACE_LABELS:
                continue
            start, end = entity.start, entity.end
            while start < end and (
                keys[start] in self.unnaming or not judge.reading.capital(start)
            ):
                start += 1
            while end > start and not (
                keys[end - 1][0].isalnum() and judge.reading.capital(end - 1)
            ):
                end -= 1
            if start == end or not accepted.isdisjoint(range(start, end)):
                continue
            surface = text.words.surface(start, end)
            candidate = PlaceCandidate(start, end, "model", name=(start, end), score=0.55)
            if any(not key[0].isalnum() for key in keys[start:end]):
                candidate.rejected = "marks inside the name"
            elif judge.reading.in_person(start, end) or judge.reading.surname(start, end):
                candidate.rejected = "a person's name"
            elif len(surface) < _SHORTEST_NEW:
                candidate.rejected = "too short for a name that no table knows"
            elif surface.isupper() and len(surface) > 1:
                candidate.rejected = "an acronym that no table knows as a place"
            elif (
                judge.reading.is_common(start, end)
                or (end - start == 1 and judge.reading.is_word(start))
                or all(at in judge.reading.adjectives for at in range(start, end))
            ):
                candidate.rejected = "ordinary words"
            elif end - start == 1 and judge.reading.crowded(start, end):
                candidate.rejected = "part of a longer name"
            elif judge.reading.peoples(keys[start:end]):
                candidate.rejected = "the name of a people"
            elif judge.reading.cited(start, end):
                candidate.rejected = "a citation"
            elif any(c.isdigit() for c in surface):
                candidate.rejected = "a number in the name"
            yield candidate

    def _addressed(
        self, text: PlaceText, candidates: list[PlaceCandidate], judge: PlaceJudge
    ) -> Iterator[PlaceCandidate]:
        """Yield names set beside a local place as in an address: playa de Mizata, Teotepeque."""
        words = text.words
        taken = {at for c in candidates if not c.rejected for at in range(c.start, c.end)}
        for candidate in candidates:
            if candidate.rejected or not candidate.types:
                continue
            kinds = {t.kind for t in candidate.types}
            if not kinds & _ADDRESSED:
                continue
            after = candidate.end
            if after < len(words.keys) and words.keys[after] == ",":
                end = judge.reading.name_end(after + 1)
                closed = end >= len(words.keys) or words.keys[end] in _CLOSING
                if end > after + 1 and (closed or end in text.sentence_starts):
                    yield from self._address(judge, after + 1, end, taken)
            if (
                kinds & _DISTRICTS
                and candidate.start > 1
                and words.keys[candidate.start - 1] == ","
            ):
                start = judge.reading.name_start(candidate.start - 1)
                before = words.keys[start - 1] if start else "."
                if start < candidate.start - 1 and (
                    before in _CLOSING or before in judge.reading.within
                ):
                    yield from self._address(judge, start, candidate.start - 1, taken)

    def _address(
        self, judge: PlaceJudge, start: int, end: int, taken: set[int]
    ) -> Iterator[PlaceCandidate]:
        surface = judge.words.surface(start, end)
        free = taken.isdisjoint(range(start, end)) and not judge.reading.is_common(start, end)
        if free and not surface.isupper() and not judge.reading.in_person(start, end):
            taken.update(range(start, end))
            yield PlaceCandidate(start, end, "address", name=(start, end), score=0.7)

    def _later_forms(
        self, text: PlaceText, candidates: list[PlaceCandidate], judge: PlaceJudge
    ) -> list[PlaceCandidate]:
        """Return mentions of a typed place by its bare name or by the acronym set after it."""
        words = text.words
        sources: dict[tuple[str, ...], int] = {}
        acronyms: dict[str, int] = {}
        taken: set[int] = set()
        for number, candidate in enumerate(candidates):
            if candidate.rejected:
                continue
            taken.update(range(candidate.start, candidate.end))
            acronym = self._acronym(words, candidate)
            if acronym:
                acronyms.setdefault(acronym, number)
            first, last = self._bare_name(words, candidate)
            keys = words.keys[first:last]
            if (
                keys
                and len("".join(keys)) >= _SHORTEST
                and not judge.reading.is_common(first, last)
            ):
                sources.setdefault(keys, number)
        for candidate in candidates:
            keys = words.keys[candidate.start : candidate.end]
            if candidate.bare and not candidate.rejected and keys in sources:
                candidate.rule, candidate.refers = "later-name", sources[keys]
        found: list[PlaceCandidate] = []
        by_first = {keys[0] for keys in sources} | {fold_word(a) for a in acronyms}
        if not by_first:
            return []
        for at, key in enumerate(words.keys):
            if key not in by_first or at in taken or not judge.reading.capital(at):
                continue
            later = self._later_form(text, at, sources, acronyms, judge)
            if later is not None and any(
                c.rule == "gazetteer"
                and c.covers(later.start, later.end)
                and c.end - c.start > later.end - later.start
                for c in candidates
            ):
                continue
            if later is not None and taken.isdisjoint(range(later.start, later.end)):
                taken.update(range(later.start, later.end))
                found.append(later)
        for later in found:
            for candidate in candidates:
                if candidate.rejected and candidate.overlaps(later.start, later.end):
                    candidate.rejected = f"part of {words.surface(later.start, later.end)!r}"
        return found

    def _later_form(
        self,
        text: PlaceText,
        at: int,
        sources: dict[tuple[str, ...], int],
        acronyms: dict[str, int],
        judge: PlaceJudge,
    ) -> PlaceCandidate | None:
        words = text.words
        surface = words.text[words.starts[at] : words.ends[at]]
        if surface in acronyms:
            number = acronyms[surface]
            return PlaceCandidate(
                at, at + 1, "acronym", name=(at, at + 1), score=0.85, refers=number
            )
        for keys, number in sorted(sources.items(), key=lambda item: -len(item[0])):
            end = at + len(keys)
            if words.keys[at:end] != keys or judge.reading.in_person(at, end):
                continue
            if (
                len(keys) == 1
                and judge.reading.crowded(at, end)
                and not judge.reading.place_entity(at, end)
            ):
                continue
            return PlaceCandidate(at, end, "later-name", name=(at, end), score=0.75, refers=number)
        return None

    def _bare_name(self, words: Words, candidate: PlaceCandidate) -> tuple[int, int]:
        """Return the tokens of a typed place without its type word, none where it has no other."""
        first, last = candidate.name
        if not candidate.typed:
            return 0, 0
        if (first, last) != (candidate.start, candidate.end):
            return first, last
        for at in range(candidate.start + 1, candidate.end):
            match = self.types.match(words.keys, at)
            if match and match[0] == candidate.end:
                return candidate.start, at
        match = self.types.match(words.keys, candidate.start)
        if match and match[0] < candidate.end:
            start = match[0]
            while start < candidate.end - 1 and words.keys[start] in match[1][0].connectors:
                start += 1
            return start, candidate.end
        return 0, 0

    def _acronym(self, words: Words, candidate: PlaceCandidate) -> str:
        """Return the bracketed short form after a place where its letters fit the name."""
        end = words.ends[candidate.end - 1]
        found = _ACRONYM.match(words.text, end)
        if not found:
            return ""
        letters = [c for c in found.group(1).upper() if c.isalpha()]
        initials = [
            words.text[words.starts[at]].upper() for at in range(candidate.start, candidate.end)
        ]
        remaining = iter(initials)
        return found.group(1) if all(letter in remaining for letter in letters) else ""

    def _add_direction(self, text: PlaceText, candidate: PlaceCandidate) -> None:
        """Take the direction before a name into it: north-western Thailand."""
        words = text.words
        start = candidate.start
        while start > 0 and words.keys[start - 1] in self.direction:
            gap = words.text[words.ends[start - 1] : words.starts[start]]
            if not (gap.isspace() or gap in ("-", "‐", "‑")) or "\n\n" in gap:
                break
            start -= 1
        if start < candidate.start:
            candidate.direction = " ".join(words.keys[start : candidate.start])
            candidate.core = candidate.start
            candidate.start = start
