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
                    (at in text.sentence_starts or at in text.title) and judge.is_common(at, at + 1)
                )
            ),
        )
        judge.judge(candidates)
        candidates += list(self._from_model(text, candidates, judge))
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
            while start < end and (keys[start] in self.unnaming or not judge.capital(start)):
                start += 1
            while end > start and not (keys[end - 1][0].isalnum() and judge.capital(end - 1)):
                end -= 1
            if start == end or not accepted.isdisjoint(range(start, end)):
                continue
            surface = text.words.surface(start, end)
            candidate = PlaceCandidate(start, end, "model", name=(start, end), score=0.55)
            if any(not key[0].isalnum() for key in keys[start:end]):
                candidate.rejected = "marks inside the name"
            elif surface.isupper() and len(surface) > 1:
                candidate.rejected = "an acronym that no table knows as a place"
            elif judge.is_common(start, end) or all(
                at in judge.adjectives for at in range(start, end)
            ):
                candidate.rejected = "ordinary words"
            elif end - start == 1 and judge.crowded(start, end):
                candidate.rejected = "part of a longer name"
            elif judge.peoples(keys[start:end]):
                candidate.rejected = "the name of a people"
            elif any(c.isdigit() for c in surface):
                candidate.rejected = "a number in the name"
            yield candidate

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
            if keys and len("".join(keys)) >= _SHORTEST and not judge.is_common(first, last):
                sources.setdefault(keys, number)
        found: list[PlaceCandidate] = []
        by_first = {keys[0] for keys in sources} | {fold_word(a) for a in acronyms}
        if not by_first:
            return []
        for at, key in enumerate(words.keys):
            if key not in by_first or at in taken or not judge.capital(at):
                continue
            later = self._later_form(text, at, sources, acronyms, judge)
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
            if words.keys[at:end] != keys or judge.in_person(at, end):
                continue
            if len(keys) == 1 and judge.crowded(at, end) and not judge.place_entity(at, end):
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
