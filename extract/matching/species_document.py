"""Read all names of taxa in one document, each in the light of the others."""

from collections import defaultdict
from collections.abc import Callable

from extract.matching.binomials import Binomials
from extract.matching.local_names import find_local_names
from extract.matching.species_names import PROPER_NAME, SpeciesNames
from extract.matching.taxon_bindings import Bindings
from extract.matching.taxon_match import TaxonMatch
from extract.matching.taxon_merging import covered_tokens, merge_matches, replace_matches
from extract.matching.taxon_support import Support
from extract.matching.taxon_words import ambiguous_names, context_words
from extract.matching.virus_names import find_viruses, is_virus
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.plurals import singular_words
from ontology.gazetteer.rows import TaxonRow

_BROAD = frozenset({"class", "phylum", "kingdom", "subphylum", "superorder", "group", "clade"})
_LONGEST_MODIFIER = 3
_MOST_IN_LIST = 6
_AS_WELL_AS = ("as", "well", "as")


class SpeciesReader:
    """Find the taxa of documents in one language."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._names = SpeciesNames(gazetteer, lang)
        self._binomials = Binomials(gazetteer, lang)
        self._support = Support(gazetteer, lang)

    def read(self, words: Words, in_title: Callable[[int], bool]) -> list[TaxonMatch]:
        """Return all matches in text order, rejected ones with their reason."""
        matches = self._names.find(words, in_title)
        matches = self._binomials.find(words, matches)
        matches = merge_matches(matches, self._binomials.bare_genera(words, matches))
        names = self._gazetteer.ncbi
        if names is not None:
            matches = merge_matches(matches, find_viruses(words, names))
        matches = self._join_compounds(words, matches)
        self._restore_genera(words, matches)
        bindings = Bindings(self._gazetteer, self._lang)
        matches = merge_matches(matches, bindings.bind(words, matches))
        for match in matches:
            key = " ".join(words.keys[match.start : match.end])
            model = bindings.names.get(key)
            if model is not None and match.bound is None and match.name_kind == "vernacular":
                match.bound, match.scientific = model.bound, model.scientific
                match.parent, match.weak, match.rejected = model.parent, "", ""
            model = bindings.short_forms.get(words.surface(match.start, match.end))
            if model is not None and match.rejected:
                match.hits, match.bound, match.rejected = model.hits, model.bound, ""
        matches = merge_matches(matches, self._local_names(words, matches, bindings))
        matches = merge_matches(matches, list(bindings.later(words, covered_tokens(matches))))
        matches = merge_matches(matches, self._coordinated(words, matches))
        matches = self._bind_heads(words, matches)
        self._support.settle(words, matches)
        return matches

    def _row(self, match: TaxonMatch) -> TaxonRow | None:
        rows = match.rows()
        return self._gazetteer.taxon(rows[0]) if rows else None

    def _restore_genera(self, words: Words, matches: list[TaxonMatch]) -> None:
        """Accept before a capital the name of a taxon that its rank or the document vouches for."""
        ranks = context_words("rank_word", self._lang)
        genera = {
            words.keys[m.start]
            for m in matches
            if not m.rejected and m.name_kind == "scientific" and m.end - m.start > 1
        }
        for match in matches:
            if match.name_kind != "scientific" or match.end - match.start > 1:
                continue
            ranked = match.start > 0 and words.keys[match.start - 1] in ranks
            known = words.keys[match.start] in genera
            if ranked or (match.rejected == PROPER_NAME and known):
                match.rejected = match.weak = ""
                genera.add(words.keys[match.start])

    def _local_names(
        self, words: Words, matches: list[TaxonMatch], bindings: Bindings
    ) -> list[TaxonMatch]:
        """Find the names that the text itself gives as those of a taxon among the local people."""
        ends = {m.end: at for at, m in enumerate(matches) if m.stands and m.rows()}
        covered = covered_tokens([m for m in matches if m.stands])
        found: list[TaxonMatch] = []
        for name in find_local_names(words, ends, (self._lang, "en")):
            tokens = range(name.start, name.end)
            if any(at in covered for at in tokens):
                continue
            if name.of is None:
                rule = "in a list of local names"
                found.append(TaxonMatch(name.start, name.end, "vernacular", rule, 0.6))
            else:
                found.append(bindings.learn(words, matches[name.of], name.start, name.end))
            covered.update(tokens)
        return found

    def _join_compounds(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Find names written as two words that the gazetteer writes as one."""
        heads = context_words("compound_head", self._lang)
        if not heads:
            return matches
        single = {m.start: m for m in matches if m.end - m.start == 1}
        covered = covered_tokens(matches)
        added = []
        for second, key in enumerate(words.keys):
            first = second - 1
            if key not in heads or second == 0 or (second in covered and second not in single):
                continue
            if first in covered or not words.keys[first].isalpha() or len(words.keys[first]) < 3:
                continue
            hits = self._names.hits(words.keys[first] + key)
            hits = tuple(hit for hit in hits if hit.lang != "la")
            if hits:
                added.append(TaxonMatch(first, second + 1, "vernacular", "compound", 0.85, hits))
        return replace_matches(matches, added)

    def _coordinated(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Read "green" as green turtle in "green and hawksbill turtles"."""
        links = context_words("link_word", self._lang)
        standing = {m.end: m.start for m in matches if not m.rejected}
        covered = covered_tokens([m for m in matches if not m.rejected])
        added: list[TaxonMatch] = []
        for match in matches:
            if match.rejected or match.name_kind != "vernacular" or match.end - match.start < 2:
                continue
            if self._lang == "en":
                added += self._before(words, match, links, covered, standing)
            else:
                added += self._after(words, match, links, covered)
        return added

    def _before(
        self,
        words: Words,
        match: TaxonMatch,
        links: frozenset[str],
        covered: set[int],
        standing: dict[int, int],
    ) -> list[TaxonMatch]:
        head = words.keys[match.end - 1]
        heads = (head, *singular_words(head))
        end = match.start - 1
        found: list[TaxonMatch] = []
        if end > 0 and words.keys[end] in context_words("determiner", "en"):
            end -= 1
        listed = False
        for _ in range(_MOST_IN_LIST):
            parting = words.keys[end] if end > 0 else ""
            if parting not in links and (parting != "," or not listed):
                if words.keys[max(end - 2, 0) : end + 1] != _AS_WELL_AS:
                    break
                end -= 2
            listed = True
            if end > 0 and parting in links and words.keys[end - 1] == ",":
                end -= 1
            if end in standing:
                end = standing[end] - 1
                continue
            option = self._modifier(words, end, heads, covered)
            if option is None:
                break
            found.append(option)
            end = option.start - 1
        return found

    def _modifier(
        self, words: Words, end: int, heads: tuple[str, ...], covered: set[int]
    ) -> TaxonMatch | None:
        for length in range(_LONGEST_MODIFIER, 0, -1):
            start = end - length
            if start < 0 or any(i in covered for i in range(start, end)):
                continue
            for head in heads:
                key = " ".join([*words.keys[start:end], head])
                hits = tuple(h for h in self._names.hits(key) if h.lang != "la")
                if hits:
                    return TaxonMatch(start, end, "vernacular", "coordination", 0.8, hits)
        return None

    def _after(
        self, words: Words, match: TaxonMatch, links: frozenset[str], covered: set[int]
    ) -> list[TaxonMatch]:
        start = match.end + 1
        if start >= len(words.keys) or words.keys[match.end] not in links or start in covered:
            return []
        head = words.keys[match.start]
        for noun in (head, *singular_words(head)):
            for adjective in (words.keys[start], *singular_words(words.keys[start])):
                hits = tuple(h for h in self._names.hits(f"{noun} {adjective}") if h.lang != "la")
                if hits:
                    return [TaxonMatch(start, start + 1, "vernacular", "coordination", 0.8, hits)]
        return []

    def _bind_heads(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Tie the last word alone to the one taxon whose longer name the document uses."""
        heads: dict[str, dict[int | str, TaxonMatch]] = defaultdict(dict)
        for match in matches:
            if not match.stands or match.name_kind != "vernacular" or match.rule == "coordination":
                continue
            if match.end - match.start < 2 or self._is_broad(match):
                continue
            last = words.keys[match.end - 1]
            if "of" in words.keys[match.start : match.end] or is_virus(last):
                continue
            target = match.rows()[0] if match.rows() else match.scientific
            heads[next(iter(singular_words(last)), last)].setdefault(target, match)
        single = {head: next(iter(m.values())) for head, m in heads.items() if len(m) == 1}
        if not single:
            return matches
        apart: set[str] = set()
        for match in matches:
            if match.end - match.start == 1 and match.name_kind == "vernacular":
                key = words.keys[match.start]
                head = key if key in single else next(iter(singular_words(key)), key)
                model = single.get(head)
                if model is None or match.bound is not None:
                    continue
                if self._is_another(match, model) and (match.start < model.start or head in apart):
                    apart.add(head)
                    continue
                self._bind_head(match, model)
        return merge_matches(matches, self._bare_heads(words, matches, single))

    def _is_another(self, match: TaxonMatch, model: TaxonMatch) -> bool:
        """Tell whether the last word by itself is the usual name of one other species."""
        row = self._row(match)
        if row is None or not match.hits or match.hits[0].priority > 0:
            return False
        return row.rank == "species" and row.row_id not in model.rows()

    def _bind_head(self, match: TaxonMatch, model: TaxonMatch) -> None:
        row = self._row(match)
        if self._is_broad(match):
            return
        model_rows = model.rows()
        wider = {r.row_id for m in model_rows[:1] for r in self._gazetteer.taxon_lineage(m)}
        if row is not None and row.row_id in wider and match.start < model.start:
            return
        if match.rejected and not match.rejected.startswith("usually"):
            return
        if match.rejected and match.start < model.start:
            return
        match.bound = model_rows[0] if model_rows else None
        match.scientific, match.parent = model.scientific, model.parent
        match.weak = match.rejected = ""
        match.rule = "last word of a name in this text"
        match.score = min(match.score, 0.8)

    def _bare_heads(
        self, words: Words, matches: list[TaxonMatch], single: dict[str, TaxonMatch]
    ) -> list[TaxonMatch]:
        covered = covered_tokens(matches)
        initials = {head[0] for head in single}
        found = []
        for position, key in enumerate(words.keys):
            if key[0] not in initials or position in covered:
                continue
            head = (
                key if key in single else next((s for s in singular_words(key) if s in single), "")
            )
            model = single.get(head)
            if model is None or position < model.start:
                continue
            reading = ambiguous_names().of(words.surface(position, position + 1), head)
            if reading is not None and reading.default == "reject":
                continue
            found.append(
                TaxonMatch(
                    position,
                    position + 1,
                    "vernacular",
                    "last word of a name in this text",
                    0.7,
                    bound=model.rows()[0] if model.rows() else None,
                    scientific=model.scientific,
                    parent=model.parent,
                )
            )
        return found

    def _is_broad(self, match: TaxonMatch) -> bool:
        row = self._row(match)
        return row is not None and row.rank in _BROAD
