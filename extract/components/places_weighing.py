"""Weigh each place of a Doc by the words around it: is the work there, or only a donor?"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from extract.components.blocks import block_at
from extract.components.mentions import Draft, case_study_of, drafts_of
from extract.matching.place_cues import SettingCues
from ontology.gazetteer.folding import Words, split_words

INSTITUTION = 0.45
_LOCAL = 1.2
_TITLE = 2.0
_PLAIN = 1.0
_CAPTION = 0.7
_NAMESAKE = 0.2
"""Honolulu rose: the place only helps to name an organism."""
_UNPLACED = frozenset(("credit",))
_LINKS = frozenset(("and", "or", "y", "e", "et", "the", "&", "with", "la", "le", "de", "du", "del"))
_LONGEST_MARK = 3
"""Characters of a comma, bracket or dash and the spaces about it."""
_LONGEST_LINK = 12


class PlaceWeigher:
    """Read the surroundings of the places of one Doc."""

    def __init__(self, doc: Doc, drafts: Sequence[Draft], cues: SettingCues) -> None:
        self.cues = cues
        self.case_study = case_study_of(doc)
        self.text = self.case_study.text
        self.words: Words = split_words(self.text)
        self.sentences = sorted(
            bisect_left(self.words.starts, sent.start_char) for sent in doc.sents
        )
        self.actor_at_end: dict[int, Draft] = {}
        for actor in drafts_of(doc, "actor"):
            self.actor_at_end.setdefault(actor.end, actor)
        self._organisms = {
            d.start - 1 for d in drafts_of(doc, "species", rejected=True) if d.text[0].islower()
        }
        self._heads = self._find_heads(drafts)

    def weigh(self, draft: Draft, *, country: bool) -> tuple[float, str]:
        """Return how much a place says of where the work is, with the reason."""
        block = block_at(self.case_study.blocks, draft.start)
        if block is not None and block.type in _UNPLACED:
            return 0.0, "credit"
        start = bisect_right(self.words.ends, draft.start)
        end = bisect_left(self.words.starts, draft.end)
        head = self._heads.get(draft.start, start)
        cue = self.cues.read(self.words, self._first(start), end, head)
        if cue is not None:
            return cue.weight, cue.kind
        if not country and draft.end in self._organisms:
            return _NAMESAKE, "name of an organism"
        if draft.end <= len(self.case_study.title):
            return _TITLE, "title"
        if self._affiliation(draft):
            return INSTITUTION, "affiliation"
        if block is not None and block.type == "caption":
            return _CAPTION, "caption"
        return (_PLAIN, "country") if country else (_LOCAL, "place")

    def _affiliation(self, draft: Draft) -> bool:
        """Tell whether a place only follows the name of an institution: CONICET, Argentina."""
        for end in range(draft.start - _LONGEST_MARK, draft.start):
            actor = self.actor_at_end.get(end)
            if actor is not None and self.text[end : draft.start].strip() in (",", "(", "-", "–"):
                return actor.features.get("named") is not False
        return False

    def _first(self, token: int) -> int:
        at = bisect_right(self.sentences, token) - 1
        return self.sentences[at] if at >= 0 else 0

    def _find_heads(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """Note for each item of a list of places the token where the list starts."""
        heads: dict[int, int] = {}
        for before, draft in zip([None, *drafts], drafts, strict=False):
            head = bisect_right(self.words.ends, draft.start)
            if before is not None:
                gap = self.text[before.end : draft.start]
                words = gap.replace(",", " ").split()
                if (words or "," in gap) and len(gap) < _LONGEST_LINK:
                    joined = all(word in _LINKS for word in words)
                    head = heads[before.start] if joined else head
            heads[draft.start] = head
        return heads
