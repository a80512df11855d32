"""Decide on names of taxa that need support from what stands around them."""

from bisect import bisect_right
from collections import Counter, defaultdict

from extract.matching.species_names import BESIDE_CAPITAL, CAPITAL
from extract.matching.taxon_match import TaxonMatch
from extract.matching.taxon_words import context_words
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.plurals import singular_words
from ontology.gazetteer.rows import TaxonRow

_SENTENCE_ENDS = frozenset({".", "!", "?", "¶"})
_JOINTS = frozenset({",", "and", "or", "y", "et", "e", "o", "ou"})
_VERB = "often verb"


class Support:
    """Settle the weak matches of documents in one language."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang

    def settle(self, words: Words, matches: list[TaxonMatch]) -> None:
        """Let weak matches stand that their surroundings support; reject the others."""
        weak = [m for m in matches if m.weak and not m.rejected]
        if not weak:
            return
        breaks = [i for i, key in enumerate(words.keys) if key in _SENTENCE_ENDS]
        strong = [m for m in matches if m.stands]
        classes = Counter(
            (row.class_name, row.scientific_name)
            for m in strong
            if (row := _row(self._gazetteer, m))
        )
        distinct = Counter(name for name, _ in classes if name)
        by_sentence: dict[int, list[TaxonRow]] = defaultdict(list)
        for match in strong:
            row = _row(self._gazetteer, match)
            if row is not None and row.rank not in ("kingdom", "phylum"):
                by_sentence[bisect_right(breaks, match.start)].append(row)
        small = _forms_in_small_letters(words, matches)
        standing = {m.end: m for m in matches if not m.rejected}
        starting = {m.start: m for m in matches if not m.rejected}
        for match in weak:
            row = _row(self._gazetteer, match)
            near = by_sentence[bisect_right(breaks, match.start)]
            noun = match.weak != _VERB
            in_small_letters = words.keys[match.start] in small
            if match.weak == BESIDE_CAPITAL and not in_small_letters:
                match.rejected = match.weak
                continue
            supported = (
                self._has_cue(words, match)
                or (match.weak in (CAPITAL, BESIDE_CAPITAL) and in_small_letters)
                or _in_list(words, match, standing, starting)
                or (row is not None and noun and any(_kin(row, other) for other in near))
                or (row is not None and noun and distinct[row.class_name] >= 2)
                or (
                    match.name_kind == "scientific"
                    and row is not None
                    and self._holds_another(row, strong)
                )
            )
            if not supported:
                match.rejected = match.weak
            else:
                match.weak = ""
                match.score = min(match.score, 0.75)

    def _holds_another(self, row: TaxonRow, strong: list[TaxonMatch]) -> bool:
        """Tell whether the document names another taxon inside this one."""
        for match in strong:
            for row_id in match.rows()[:1]:
                if any(r.row_id == row.row_id for r in self._gazetteer.taxon_lineage(row_id)):
                    return True
        return False

    def _has_cue(self, words: Words, match: TaxonMatch) -> bool:
        keys = words.keys
        one = keys[match.start - 1] if match.start else ""
        two = f"{keys[match.start - 2]} {one}" if match.start > 1 else ""
        after = keys[match.end] if match.end < len(keys) else ""
        before_cues = context_words("cue_before", self._lang)
        return (
            one in before_cues
            or two in before_cues
            or after in context_words("cue_after", self._lang)
        )


def _forms_in_small_letters(words: Words, matches: list[TaxonMatch]) -> frozenset[str]:
    """Return the names of one word that stand in small letters, in singular and plural."""
    found: set[str] = set()
    for match in matches:
        if match.end - match.start == 1 and match.stands:
            key = words.keys[match.start]
            if words.text[words.starts[match.start]].islower():
                found.update((key, f"{key}s", *singular_words(key)))
    return frozenset(found)


def _class_of(row: TaxonRow) -> str:
    return row.scientific_name if row.rank == "class" else row.class_name


def _kin(row: TaxonRow, other: TaxonRow) -> bool:
    if _class_of(row) and _class_of(other):
        return _class_of(row) == _class_of(other)
    return bool(row.kingdom) and row.kingdom == other.kingdom


def _in_list(
    words: Words,
    match: TaxonMatch,
    ending: dict[int, TaxonMatch],
    starting: dict[int, TaxonMatch],
) -> bool:
    """Tell whether a match stands in a list with names of taxa that stand."""
    keys = words.keys
    before = match.start - 1
    while before > 0 and keys[before] in _JOINTS:
        neighbour = ending.get(before)
        if neighbour is not None and neighbour.stands:
            return True
        before -= 1
    after = match.end
    while after < len(keys) and keys[after] in _JOINTS:
        neighbour = starting.get(after + 1)
        if neighbour is not None and neighbour.stands:
            return True
        after += 1
    return False


def _row(gazetteer: Gazetteer, match: TaxonMatch) -> TaxonRow | None:
    rows = match.rows()
    return gazetteer.taxon(rows[0]) if rows else None
