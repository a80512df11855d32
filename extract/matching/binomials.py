"""Read scientific names by their shape: abbreviated, unlisted or misspelt."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from extract.matching.latin_names import (
    ANY_LATIN,
    GENUS,
    LATIN,
    gap_after,
    is_authored_binomial,
    is_capital_binomial,
    is_latin_pair,
    stem,
)
from extract.matching.taxon_match import SCIENTIFIC_KINDS, TaxonMatch
from extract.matching.taxon_words import ambiguous_names, context_words, is_ordinary_word
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import NameHit

_LATIN_OR_ROMANCE = re.compile(r"[a-z]{3,}(?:a|is|ops)\Z")
_RANK_MARKS = frozenset({"subsp", "ssp", "var", "subspecies"})
_SIMILAR = 86.0
_SIMILAR_BESIDE_NAME = 80.0
_MARGIN = 8.0
_ONE_LETTER = 6.0
"""What one wrong letter takes from an epithet alone, more than from the whole name."""


class Binomials:
    """Find scientific names that the plain look-up does not give."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._romance = lang in ("es", "fr", "pt", "it")

    def find(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Return the matches with those by shape put in; a genus that goes on is replaced."""
        covered = {i: m for m in matches for i in range(m.start, m.end)}
        genera = _genera_of(self._gazetteer, matches)
        added: list[TaxonMatch] = []
        capitals: list[int] = []
        for start, key in enumerate(words.keys[:-1]):
            first = words.text[words.starts[start]]
            if not first.isupper() or not key.isalpha():
                continue
            known = covered.get(start)
            if known is not None and (known.end - known.start > 1 or known.start != start):
                continue
            epithet = words.surface(start + 1, start + 2)
            if epithet.isupper() and is_capital_binomial(words, start):
                capitals.append(start)
                continue
            if not epithet.islower() or not epithet.isalpha() or len(epithet) < 3:
                continue
            if gap_after(words, start) not in (" ", "\n", ". ", ".", ".\n", "\u00a0", ".\u00a0"):
                continue
            if len(key) <= 2:
                match = self._abbreviated(words, start, genera)
            elif "." in gap_after(words, start):
                continue
            else:
                match = self._unlisted(words, start, known)
            if match is not None:
                added.append(match)
                if match.scientific or match.hits:
                    genera += _genera_of(self._gazetteer, [match])
        known_genera = {genus for _, genus in genera}
        found = (self._in_capitals(words, start, known_genera) for start in capitals)
        added += [match for match in found if match is not None]
        for match in matches:
            self._extend(words, match, covered)
        taken = {i for m in added for i in range(m.start, m.end)}
        kept = [m for m in matches if not any(i in taken for i in range(m.start, m.end))]
        return sorted([*kept, *added], key=lambda m: m.start)

    def _extend(self, words: Words, match: TaxonMatch, covered: dict[int, TaxonMatch]) -> None:
        """Take the third word of an unlisted subspecies into a listed species."""
        end = match.end
        self._keep_subspecies(words, match)
        if match.name_kind != "scientific" or end - match.start != 2 or end >= len(words.keys):
            return
        third, species = words.surface(end, end + 1), match.hits[0]
        if not third.islower() or end in covered or gap_after(words, end - 1) != " ":
            return
        nominate = third == words.keys[end - 1]
        if nominate or (third.isalpha() and self._latin(third, strict=True) and len(third) > 4):
            row = self._gazetteer.taxon(species.row_id)
            match.end = end + 1
            match.scientific = f"{row.scientific_name} {third}"
            match.parent, match.hits = species.row_id, ()
            match.rule, match.score = "subspecies by shape", 0.8

    def _keep_subspecies(self, words: Words, match: TaxonMatch) -> None:
        """Let a subspecies that the tables know only by its species stand for itself."""
        hit = match.hits[0] if match.hits else None
        if hit is None or hit.kind != "subspecies of" or match.end - match.start != 3:
            return
        species = self._gazetteer.taxon(hit.row_id).scientific_name
        keys = words.keys[match.start : match.end]
        if " ".join(keys[:2]) == species.casefold():
            match.scientific, match.parent, match.hits = f"{species} {keys[2]}", hit.row_id, ()
            match.rule = "subspecies of a listed species"

    def _abbreviated(
        self, words: Words, start: int, genera: list[tuple[int, str]]
    ) -> TaxonMatch | None:
        """Expand P. onca from the genera of the document, the nearest before it first."""
        if "." not in gap_after(words, start):
            return None
        initial = words.surface(start, start + 1)
        epithet = words.keys[start + 1]
        fitting = [(at, genus) for at, genus in genera if genus.startswith(initial.title())]
        before = [genus for at, genus in reversed(fitting) if at < start]
        ordered = dict.fromkeys([*before, *(genus for at, genus in fitting if at >= start)])
        for genus in ordered:
            key = f"{genus.casefold()} {epithet}"
            end = start + 2
            if end < len(words.keys) and self._gazetteer.taxon_names(f"{key} {words.keys[end]}"):
                key, end = f"{key} {words.keys[end]}", end + 1
            hits = self._scientific(key)
            if hits:
                return TaxonMatch(start, end, "scientific", "abbreviated genus", 0.9, hits)
        if ordered and self._latin(epithet, strict=len(ordered) > 1):
            genus = next(iter(ordered))
            parent = self._genus_row(genus)
            return TaxonMatch(
                start,
                start + 2,
                "scientific",
                "abbreviated genus",
                0.7,
                scientific=f"{genus} {epithet}",
                parent=parent,
            )
        return None

    def _unlisted(self, words: Words, start: int, known: TaxonMatch | None) -> TaxonMatch | None:
        """Read Genus epithet where the pair is not listed."""
        genus, epithet = words.surface(start, start + 1), words.keys[start + 1]
        end = start + 2
        if genus.isupper() or epithet in context_words("not_epithet", "en"):
            return None
        if epithet in _RANK_MARKS:
            return None
        parent = self._genus_row(genus)
        name = f"{genus} {epithet}"
        if self._in_ncbi(name):
            rule = "name of the NCBI Taxonomy"
            return TaxonMatch(start, end, "scientific", rule, 0.9, scientific=name, parent=parent)
        ordinary = is_ordinary_word(epithet, (self._lang,))
        bracketed = self._fills_brackets(words, start)
        shaped = self._latin(epithet, strict=self._romance)
        if parent is not None and not shaped and not ordinary:
            repaired = self.repair(genus, epithet)
            if repaired:
                return _repaired(start, end, repaired)
        if parent is not None:
            reading = ambiguous_names().of(genus, genus.casefold())
            doubtful = reading is not None and reading.default != "accept"
            if not bracketed and not self._latin(epithet, strict=doubtful or self._romance):
                return None
            if bracketed and not ANY_LATIN.match(epithet):
                return None
        elif not (
            (bracketed and GENUS.match(genus) and ANY_LATIN.match(epithet))
            or is_authored_binomial(words, start)
            or (not self._romance and is_latin_pair(genus, epithet))
            or (self._in_ncbi(genus) and ANY_LATIN.match(epithet) and not ordinary)
        ):
            return None
        repaired = self.repair(genus, epithet)
        if repaired:
            return _repaired(start, end, repaired)
        return TaxonMatch(
            start,
            end,
            "scientific",
            "binomial by shape",
            0.75 if parent is not None else 0.65,
            scientific=name,
            parent=parent,
        )

    def _in_capitals(self, words: Words, start: int, genera: set[str]) -> TaxonMatch | None:
        """Read GENUS EPITHET, as headings have it, of a genus that is listed or in the text."""
        genus = words.keys[start].capitalize()
        parent = self._genus_row(genus)
        if genus not in genera and (parent is None or not LATIN.match(words.keys[start + 1])):
            return None
        if ambiguous_names().of(genus, words.keys[start]) is not None:
            return None
        name = f"{genus} {words.keys[start + 1]}"
        return TaxonMatch(
            start,
            start + 2,
            "scientific",
            "binomial in capitals",
            0.75,
            scientific=name,
            parent=parent,
        )

    def _in_ncbi(self, name: str) -> bool:
        """Tell whether the optional names of the NCBI Taxonomy have a name."""
        return self._gazetteer.ncbi is not None and bool(self._gazetteer.ncbi.taxid(name))

    def bare_genera(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Find by itself the genus, listed nowhere, of a name that the document gives."""
        genera = {
            m.scientific.split(" ")[0]: m
            for m in matches
            if m.scientific and m.parent is None and m.bound is None and not m.rejected
        }
        covered = {i for m in matches for i in range(m.start, m.end)}
        return [
            TaxonMatch(at, at + 1, "scientific", "genus of a name in this text", 0.7, (), genus)
            for at in range(len(words.keys) if genera else 0)
            if at not in covered and (genus := words.surface(at, at + 1)) in genera
        ]

    def repair(self, genus: str, epithet: str, *, similar: float = _SIMILAR) -> tuple[NameHit, ...]:
        """Return the hits of the one listed name that a misspelt name is close to."""
        wanted = f"{genus} {epithet}".casefold()
        keys = [k for k in self._gazetteer.taxon_keys(f"{genus.casefold()} ") if k.count(" ") == 1]
        if not keys:
            keys = [
                key
                for key in self._gazetteer.taxon_keys(genus[:2].casefold())
                if key.endswith(f" {epithet}") and key.count(" ") == 1
            ]
        scored = process.extract(wanted, keys, scorer=fuzz.ratio, limit=4, score_cutoff=similar)
        options: dict[int, float] = {}
        for key, score, _ in scored:
            for hit in self._scientific(key)[:1]:
                options.setdefault(hit.row_id, score)
        ranked = sorted(options.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
            return ()
        epithet_of = next(k for k, _, _ in scored if self._scientific(k)[0].row_id == ranked[0][0])
        if fuzz.ratio(epithet, epithet_of.split(" ")[1]) < similar - _ONE_LETTER:
            return ()
        return self._scientific(epithet_of)

    def is_same(self, written: str, scientific_name: str) -> bool:
        """Tell whether a written name may be a slip, or an older genus, of a given one."""
        if written.count(" ") != scientific_name.count(" "):
            return False
        score = fuzz.ratio(written.casefold(), scientific_name.casefold())
        if score >= _SIMILAR_BESIDE_NAME:
            return True
        mine, other = written.casefold().split(" ")[1:2], scientific_name.casefold().split(" ")[1:2]
        return bool(mine and other) and stem(mine[0]) == stem(other[0])

    def _scientific(self, key: str) -> tuple[NameHit, ...]:
        hits = self._gazetteer.taxon_names(key)
        return tuple(hit for hit in hits if hit.kind in SCIENTIFIC_KINDS)

    def _genus_row(self, genus: str) -> int | None:
        for hit in self._scientific(genus.casefold()):
            if self._gazetteer.taxon(hit.row_id).rank == "genus":
                return hit.row_id
        return None

    def _latin(self, epithet: str, *, strict: bool) -> bool:
        if epithet.endswith("ous"):
            return False
        if LATIN.match(epithet):
            return True
        return not strict and bool(_LATIN_OR_ROMANCE.match(epithet))

    def _fills_brackets(self, words: Words, start: int) -> bool:
        keys = words.keys
        after = keys[start + 2] if start + 2 < len(keys) else ""
        return start > 0 and keys[start - 1] in ("(", "[") and after in (")", "]", ",", ";")


def _repaired(start: int, end: int, hits: tuple[NameHit, ...]) -> TaxonMatch:
    return TaxonMatch(start, end, "scientific", "spelling repaired", 0.8, hits, notes=["repaired"])


def _genera_of(gazetteer: Gazetteer, matches: Iterable[TaxonMatch]) -> list[tuple[int, str]]:
    """List the genera, with their places, that the matches name or belong to."""
    genera: list[tuple[int, str]] = []
    for match in matches:
        if match.rejected:
            continue
        if match.scientific:
            genera.append((match.start, match.scientific.split(" ")[0]))
        for hit in match.hits[:1]:
            row = gazetteer.taxon(hit.row_id)
            if row.rank in ("genus", "species", "subspecies"):
                genera.append((match.start, row.scientific_name.split(" ")[0]))
    return genera
