"""Names that a document itself ties to a taxon: COMMON (SCIENTIFIC), and what follows from it."""

from collections.abc import Iterator

from extract.matching.binomials import Binomials
from extract.matching.bracket_forms import bracket_forms
from extract.matching.taxon_match import TaxonMatch
from extract.matching.taxon_words import context_words, is_ordinary_word
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.plurals import singular_keys

_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_LONGEST_LEARNT = 3
_QUOTES = frozenset('"“”«»‘')


class Bindings:
    """Hold what names mean in one document, by folded key."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._binomials = Binomials(gazetteer, lang)
        self.names: dict[str, TaxonMatch] = {}
        """Name as the document writes it, folded, to the match that says what it means."""
        self.short_forms: dict[str, TaxonMatch] = {}
        """Short form as written, to the match of its long form."""

    def bind(self, words: Words, matches: list[TaxonMatch]) -> list[TaxonMatch]:
        """Tie common to scientific names in place; return names learnt from brackets."""
        self._take_short_forms(words, matches)
        starts = {match.start: match for match in matches}
        ends = {match.end: match for match in matches}
        learnt: list[TaxonMatch] = []
        for match in matches:
            if match.name_kind != "scientific" or match.rejected:
                continue
            partner = self._partner(words, match, starts, ends)
            if partner is not None:
                self._tie(words, partner, match)
            elif match.end - match.start > 1 and words.keys[match.start - 1] in _OPEN:
                name = self._learn(words, match, ends)
                if name is not None:
                    learnt.append(name)
        return learnt

    def _take_short_forms(self, words: Words, matches: list[TaxonMatch]) -> None:
        """Note the short form that brackets give a common name, as in starfish (COTS)."""
        ends = {match.end: match for match in matches if match.stands}
        for form in bracket_forms(words):
            match = ends.get(form.long[1])
            if match is not None and match.start == form.long[0]:
                self.short_forms.setdefault(words.surface(*form.short), match)

    def _partner(
        self,
        words: Words,
        match: TaxonMatch,
        starts: dict[int, TaxonMatch],
        ends: dict[int, TaxonMatch],
    ) -> TaxonMatch | None:
        """Return the common name that stands beside a scientific one as its equal."""
        keys = words.keys
        before = keys[match.start - 1] if match.start else ""
        after = keys[match.end] if match.end < len(keys) else ""
        if before in _OPEN:
            partner = ends.get(match.start - 1)
        elif after in _OPEN and match.end + 1 in starts:
            partner = starts[match.end + 1]
        elif match.start in ends:
            partner = ends[match.start]
            gap = words.text[words.ends[match.start - 1] : words.starts[match.start]]
            if gap.strip() or partner.rejected:
                partner = None
        elif before == ",":
            partner = ends.get(match.start - 1)
            if partner is not None and not self._agree(partner, match):
                partner = None
        else:
            partner = None
        return partner if partner is not None and partner.name_kind == "vernacular" else None

    def _agree(self, common: TaxonMatch, scientific: TaxonMatch) -> bool:
        """Tell whether the gazetteer allows both names for one taxon."""
        rows = set(scientific.rows())
        wider = {row.row_id for r in rows for row in self._gazetteer.taxon_lineage(r)}
        return bool((rows | wider) & set(common.rows()))

    def _tie(self, words: Words, common: TaxonMatch, scientific: TaxonMatch) -> None:
        if not scientific.hits or "repaired" in scientific.notes:
            self._mend(words, common, scientific)
        if self._is_wider(scientific, common):
            common.rejected = common.weak = scientific.weak = ""
            return
        if not common.stands:
            self._lengthen(words, common)
        common.rejected = common.weak = scientific.weak = ""
        wider = self._is_wider(common, scientific)
        if scientific.rows():
            common.bound = scientific.rows()[0]
        else:
            common.scientific, common.parent = scientific.scientific, scientific.parent
        if not wider:
            key = " ".join(words.keys[common.start : common.end])
            for form in (key, *singular_keys(key)):
                self.names.setdefault(form, common)

    def _lengthen(self, words: Words, common: TaxonMatch) -> None:
        """Take the word before a doubtful name of one word into it: sickle bush."""
        before = common.start - 1
        if common.end - common.start > 1 or before < 0 or not words.keys[before].isalpha():
            return
        gap = words.text[words.ends[before] : words.starts[common.start]]
        roles = ("noun_before", "verb_before", "link_word", "plain_modifier")
        key = words.keys[before]
        if gap in (" ", "-", "\n") and not any(key in context_words(r, "en") for r in roles):
            common.start, common.hits = before, ()

    def _is_wider(self, one: TaxonMatch, other: TaxonMatch) -> bool:
        """Tell whether a name by itself means a taxon that holds the one of another name."""
        rows = other.rows()[:1] or (() if other.parent is None else (other.parent,))
        wider = {row.row_id for row_id in rows for row in self._gazetteer.taxon_lineage(row_id)}
        if other.parent is not None:
            wider.add(other.parent)
        return bool(one.hits) and one.hits[0].row_id in wider

    def _mend(self, words: Words, common: TaxonMatch, scientific: TaxonMatch) -> None:
        """Take the common name's taxon where the scientific name is another form or slip of it."""
        written = words.surface(scientific.start, scientific.end)
        for row_id in common.rows()[:3]:
            if self._binomials.is_same(written, self._gazetteer.taxon(row_id).scientific_name):
                scientific.bound, scientific.scientific = row_id, ""
                scientific.rule, scientific.score = "taken for the common name's", 0.85
                return

    def _learn(
        self, words: Words, match: TaxonMatch, ends: dict[int, TaxonMatch]
    ) -> TaxonMatch | None:
        """Return the unknown common name before SCIENTIFIC in brackets."""
        end = match.start - 1
        general = context_words("not_a_name", "en")
        quoted = _quoted_before(words, end)
        if quoted is not None:
            return self._learnt(words, match, *quoted)
        while end > 0 and words.keys[end - 1] in general:
            end -= 1
        start = end
        while start > 0 and end - start < _LONGEST_LEARNT and start not in ends:
            if not self._may_belong(words, start - 1, end):
                break
            start -= 1
        if start == end or not any(len(key) > 3 for key in words.keys[start:end]):
            return None
        if self._gazetteer.place_names(" ".join(words.keys[start:end])):
            return None
        before = ends.get(start)
        author = before is not None and before.name_kind == "scientific"
        if author or (start > 0 and len(words.keys[start - 1]) == 1):
            return None
        return self._learnt(words, match, start, end)

    def learn(self, words: Words, match: TaxonMatch, start: int, end: int) -> TaxonMatch:
        """Return the use of a name that the document gives for the taxon of a match."""
        name = TaxonMatch(
            start,
            end,
            "vernacular",
            "called so in this text",
            0.75,
            hits=match.hits,
            bound=match.rows()[0],
        )
        self.names.setdefault(" ".join(words.keys[start:end]), name)
        return name

    def _learnt(self, words: Words, match: TaxonMatch, start: int, end: int) -> TaxonMatch:
        match.weak = ""
        name = TaxonMatch(
            start,
            end,
            "vernacular",
            "name in front of a scientific name",
            0.75,
            bound=match.rows()[0] if match.rows() else None,
            scientific=match.scientific,
            parent=match.parent,
        )
        key = " ".join(words.keys[start:end])
        for form in (key, *singular_keys(key)):
            self.names.setdefault(form, name)
        return name

    def _may_belong(self, words: Words, position: int, end: int) -> bool:
        """Tell whether a word may be part of the name that ends before token ``end``."""
        key, surface = words.keys[position], words.surface(position, position + 1)
        if not key.isalpha() or len(key) < 2:
            return False
        if any(key in context_words(r, "en") for r in ("noun_before", "verb_before", "link_word")):
            return False
        if position + 1 == end:
            return surface[0].isupper() or not is_ordinary_word(surface.casefold())
        last_capital = words.text[words.starts[end - 1]].isupper()
        return (
            surface[0].isupper()
            and last_capital
            and key not in context_words("plain_modifier", self._lang)
        )

    def later(self, words: Words, covered: set[int]) -> Iterator[TaxonMatch]:
        """Yield further uses of the learnt and tied names."""
        if self.short_forms:
            yield from self._short_uses(words, covered)
        if not self.names:
            return
        longest = max(key.count(" ") for key in self.names) + 1
        position = 0
        while position < len(words.keys):
            for length in range(longest, 0, -1):
                end = position + length
                if end > len(words.keys) or any(i in covered for i in range(position, end)):
                    continue
                key = " ".join(words.keys[position:end])
                model = self.names.get(key) or next(
                    (self.names[k] for k in singular_keys(key) if k in self.names), None
                )
                if model is not None:
                    yield _use(model, position, end, "name tied in this text", 0.8)
                    position = end - 1
                    break
            position += 1

    def _short_uses(self, words: Words, covered: set[int]) -> Iterator[TaxonMatch]:
        for position in range(len(words.keys)):
            if position not in covered:
                model = self.short_forms.get(words.surface(position, position + 1))
                if model is not None:
                    yield _use(model, position, position + 1, "short form in this text", 0.85)


def _use(model: TaxonMatch, start: int, end: int, rule: str, score: float) -> TaxonMatch:
    """Return a further use of a name whose meaning another match says."""
    return TaxonMatch(
        start,
        end,
        "vernacular",
        rule,
        score,
        hits=model.hits,
        bound=model.bound,
        scientific=model.scientific,
        parent=model.parent,
    )


def _quoted_before(words: Words, end: int) -> tuple[int, int] | None:
    """Return the tokens of a short quotation that ends at a token."""
    if end < 2 or words.keys[end - 1] not in _QUOTES:
        return None
    last = end - 1
    for start in range(last - 1, max(-1, last - _LONGEST_LEARNT - 2), -1):
        if words.keys[start] in _QUOTES:
            return (start + 1, last) if start + 1 < last else None
    return None
