"""Find the names of taxa that the gazetteer has, each with a verdict on its reading."""

from collections.abc import Callable
from functools import lru_cache

from extract.matching.latin_names import is_abbreviation
from extract.matching.taxon_match import SCIENTIFIC_KINDS, TaxonMatch
from extract.matching.taxon_shapes import (
    LONGEST_ACRONYM,
    is_acronym,
    is_all_title,
    names_another_thing,
    opens_proper_name,
    romance_singular,
)
from extract.matching.taxon_words import (
    AmbiguousNames,
    Reading,
    ambiguous_names,
    context_words,
    is_ordinary_word,
)
from ontology.gazetteer.folding import Words, same_accents
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.plurals import clipped_nouns, singular_keys, singular_words
from ontology.gazetteer.rows import NameHit

_LONGEST = 8
"""Tokens of the longest name looked for."""
_BREAKS = frozenset({".", "!", "?", "¶", ":", ";", "(", "[", "“", '"', "•", "-"})
PROPER_NAME = "part of a proper name"
CAPITAL = "written like a proper name"
BESIDE_CAPITAL = "beside a capitalised word, like a proper name"
_INFLECTED = frozenset({"es", "fr", "pt"})
_MINED = "English Wikipedia lead"


class SpeciesNames:
    """Look names up in one language."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._ambiguous: AmbiguousNames = ambiguous_names()
        self.hits: Callable[[str], tuple[NameHit, ...]] = lru_cache(1 << 15)(self._lookup)

    def find(self, words: Words, in_title: Callable[[int], bool]) -> list[TaxonMatch]:
        """Return the longest names, none overlapping; ``in_title`` tells of a token's offset."""
        matches: list[TaxonMatch] = []
        keys, count, position = words.keys, len(words.keys), 0
        singular = self._singular(keys)
        while position < count:
            blocked = self._blocked_until(keys, position)
            if blocked:
                position = blocked
                continue
            match = self._match_at(words, position, keys)
            if singular and singular[position] != keys[position]:
                other = self._match_at(words, position, singular)
                if other is not None and (match is None or other.end > match.end):
                    match = other
            if match is None:
                position += 1
                continue
            self._judge(match, words, in_title)
            matches.append(match)
            position = match.end
        return matches

    def _blocked_until(self, keys: tuple[str, ...], position: int) -> int:
        """Return the end of a phrase that holds a taxon's name but means something else."""
        for phrase in self._ambiguous.phrases.get(keys[position], ()):
            end = position + len(phrase)
            if keys[position:end] == phrase:
                return end
        return 0

    def _singular(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the tokens in the singular where adjectives take the plural too."""
        if self._lang not in _INFLECTED:
            return ()
        return tuple(romance_singular(key, self._lang) for key in keys)

    def _match_at(self, words: Words, start: int, keys: tuple[str, ...]) -> TaxonMatch | None:
        has_prefix = self._gazetteer.has_taxon_prefix
        key = keys[start]
        found: list[tuple[int, tuple[NameHit, ...]]] = []
        hits = self.hits(key)
        if hits:
            found.append((start + 1, hits))
        end = start + 1
        while end < len(keys) and end - start < _LONGEST and has_prefix(key):
            key = f"{key} {keys[end]}"
            end += 1
            hits = self.hits(key)
            if hits:
                found.append((end, hits))
        for end, hits in reversed(found):
            if self._is_pair(keys[start:end]):
                continue
            match = _usable(words, start, end, hits)
            if match is not None:
                return match
        return None

    def _is_pair(self, keys: tuple[str, ...]) -> bool:
        """Tell whether a name is two names joined: sharks and rays."""
        if "and" not in keys:
            return False
        at = keys.index("and")
        return bool(self.hits(" ".join(keys[:at])) and self.hits(" ".join(keys[at + 1 :])))

    def _lookup(self, key: str) -> tuple[NameHit, ...]:
        """Return the hits of a key, or of its singular, that the language of the text allows."""
        if len(key) < 3 or not key[0].isalpha():
            return ()
        hits = self._allowed(key, self._gazetteer.taxon_names(key))
        if not hits:
            for single in singular_keys(key):
                hits = self._allowed(single, self._gazetteer.taxon_names(single))
                hits = tuple(hit for hit in hits if hit.kind not in SCIENTIFIC_KINDS)
                if hits:
                    break
        if not hits and self._lang == "en":
            return self._lookup_clipped(key)
        return hits

    def _lookup_clipped(self, key: str) -> tuple[NameHit, ...]:
        """Return the hits of a name whose last word is cut short: pygmy hippo."""
        head, blank, last = key.rpartition(" ")
        for word in (last, *singular_words(last)):
            full = clipped_nouns().get(word)
            if full is not None:
                return self._allowed(key, self._gazetteer.taxon_names(f"{head}{blank}{full}"))
        return ()

    def _allowed(self, key: str, hits: tuple[NameHit, ...]) -> tuple[NameHit, ...]:
        if key.startswith("the "):
            return ()
        several = " " in key
        return tuple(h for h in hits if h.lang in (self._lang, "la") or several)

    def _judge(self, match: TaxonMatch, words: Words, in_title: Callable[[int], bool]) -> None:
        """Set why a match is rejected or needs support."""
        surface = words.surface(match.start, match.end)
        key = " ".join(words.keys[match.start : match.end])
        single = match.end - match.start == 1
        title = in_title(words.starts[match.start])
        if match.hits[0].kind == "role":
            match.rejected = "a role or use, no taxon"
        elif single and is_acronym(words, match.start, surface):
            match.rejected = "an acronym"
        elif single and surface[:1].isupper() and is_abbreviation(words, match.start):
            match.rejected = "an abbreviation"
        elif single and surface[:1].isupper() and names_another_thing(words, match, title):
            match.rejected = PROPER_NAME
        elif single and opens_proper_name(words, match, title):
            match.rejected = "the first of several capitalised words"
        elif single and self._governs(words, match):
            match.rejected = "a verb before its object"
        else:
            reading = self._ambiguous.of(surface, key)
            if reading is None and single:
                reading = self._reading_of_singular(surface, key)
            if reading is not None:
                self._apply(reading, match, words, title)
            elif single:
                self._judge_single(match, words)
            elif match.name_kind == "vernacular":
                self._judge_phrase(match, words)
            if single and not match.rejected and not title:
                self._judge_capital(match, words)

    def _reading_of_singular(self, surface: str, key: str) -> Reading | None:
        """Return the reading of a plural from its singular where that is no taxon at all."""
        for single in singular_keys(key):
            reading = self._ambiguous.of(surface, single)
            if reading is not None and reading.default == "reject":
                return reading
        return None

    def _apply(self, reading: Reading, match: TaxonMatch, words: Words, title: bool) -> None:
        surface = words.surface(match.start, match.end)
        plural = match.hits[0].name.casefold() != surface.casefold() or surface.endswith("s")
        if reading.default == "reject":
            match.rejected = f"usually {reading.reading.replace('_', ' ')}"
        elif reading.default == "accept_if_plural" and not plural:
            match.weak = f"in the singular often {reading.reading.replace('_', ' ')}"
        elif reading.default == "accept_if_capitalised" and not (surface[:1].isupper()):
            match.rejected = f"in lower case usually {reading.reading.replace('_', ' ')}"
        elif reading.default == "needs_context" and not (
            reading.reading == "verb" and self._is_noun(words, match)
        ):
            match.weak = f"often {reading.reading.replace('_', ' ')}"

    def _is_noun(self, words: Words, match: TaxonMatch) -> bool:
        before = words.keys[match.start - 1] if match.start else ""
        if before in context_words("verb_before", self._lang):
            return False
        return before in context_words("noun_before", self._lang)

    def _governs(self, words: Words, match: TaxonMatch) -> bool:
        """Tell whether a singular without article stands before one: badger the guide."""
        before = words.keys[match.start - 1] if match.start else ""
        after = words.keys[match.end] if match.end < len(words.keys) else ""
        surface = words.surface(match.start, match.end)
        return (
            surface.islower()
            and not surface.endswith("s")
            and after in context_words("determiner", self._lang)
            and before not in context_words("noun_before", self._lang)
            and is_ordinary_word(surface, (self._lang,))
        )

    def _judge_single(self, match: TaxonMatch, words: Words) -> None:
        """Ask support for names of one word that no checklist or hand-made table gives."""
        best = match.hits[0]
        if match.name_kind == "scientific":
            rank = self._gazetteer.taxon(best.row_id).rank
            if rank == "genus" or len(words.keys[match.start]) < 5:
                match.weak = "a genus name alone"
        elif best.kind == "head" or (best.source == _MINED and best.priority > 0):
            word = words.surface(match.start, match.end).casefold()
            if is_ordinary_word(word, (self._lang,)) or len(word) < 5:
                match.weak = "an ordinary word in one loose source"

    def _judge_phrase(self, match: TaxonMatch, words: Words) -> None:
        """Ask support for a phrase of ordinary words that ends in no name of a taxon."""
        best = match.hits[0]
        if best.source != _MINED or best.priority == 0:
            return
        last = words.keys[match.end - 1]
        if not self.hits(last) and is_ordinary_word(last, (self._lang,)):
            match.weak = "an ordinary phrase in one loose source"

    def _judge_capital(self, match: TaxonMatch, words: Words) -> None:
        """Ask support for a common noun that is written like a proper name."""
        if match.name_kind == "scientific" or not words.text[words.starts[match.start]].isupper():
            return
        if is_all_title(words, match):
            return
        first = match.start == 0 or words.keys[match.start - 1] in _BREAKS
        if self._beside_capital(words, match, first):
            match.weak = BESIDE_CAPITAL
        elif not first and not match.weak:
            match.weak = CAPITAL

    def _beside_capital(self, words: Words, match: TaxonMatch, first: bool) -> bool:
        """Tell whether a capitalised word that names no taxon touches a match before it."""
        if first or not words.text[words.starts[match.start - 1]].isupper():
            return False
        gap = words.text[words.ends[match.start - 1] : words.starts[match.start]]
        before = words.keys[match.start - 1]
        plain = before in context_words("plain_modifier", self._lang)
        opening = match.start == 1 or words.keys[match.start - 2] in _BREAKS
        return gap.isspace() and before.isalpha() and not plain and not opening


def _usable(words: Words, start: int, end: int, hits: tuple[NameHit, ...]) -> TaxonMatch | None:
    """Return the match that the case and accents of the text allow."""
    surface = words.surface(start, end)
    capital, single = surface[0].isupper(), end - start == 1
    fitting = []
    for hit in hits:
        if hit.kind in SCIENTIFIC_KINDS:
            acronym = single and surface.isupper() and len(surface) <= LONGEST_ACRONYM
            plain = not single and surface.islower() and not is_ordinary_word(words.keys[start])
            fits = (capital and not acronym) or plain
        else:
            foreign = single and hit.lang not in ("en", "la") and not surface.isupper()
            fits = not foreign or same_accents(surface, hit.name)
        if fits:
            fitting.append(hit)
    if not fitting:
        return None
    if single:
        fitting.sort(key=lambda hit: hit.kind in SCIENTIFIC_KINDS)
    scientific = fitting[0].kind in SCIENTIFIC_KINDS
    score = 0.95 if scientific or fitting[0].priority == 0 else 0.85
    return TaxonMatch(
        start,
        end,
        "scientific" if scientific else "vernacular",
        "scientific name" if scientific else "common name",
        score,
        tuple(fitting),
    )
