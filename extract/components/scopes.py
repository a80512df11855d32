"""Cut a Doc into the sentences that statements are read from, with what stands in each."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from corpus.documents import BlockType
from extract.components.blocks import block_at
from extract.components.mentions import Draft, case_study_of, drafts_of, text_of
from extract.matching.anchors import AnchorIndex, Sentence
from ontology.phrases import LANGUAGES, PhraseRow, load_phrases

STATING: frozenset[BlockType] = frozenset({"title", "heading", "prose", "list_item", "quote"})
"""Blocks that facts are read from; captions, credits and tables only name things."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Mark a wording of a cue table."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Scope:
    """Hold one sentence: its bounds, its block and the drafts and cues inside, in text order."""

    number: int
    start: int
    end: int
    block: BlockType
    drafts: list[Draft] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[int, int]:
        return self.start, self.end

    def cued(self, *names: str) -> list[Cue]:
        """List the cues of some names."""
        return [cue for cue in self.cues if cue.name in names]


def read_scopes(doc: Doc) -> list[Scope]:
    """List the sentences that facts are read from, each with the linked drafts inside it."""
    case_study = case_study_of(doc)
    scopes: list[Scope] = []
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        block = block_at(case_study.blocks, start)
        if end > start and block is not None and block.type in STATING:
            scopes.append(Scope(len(scopes), start, end, block.type))
    starts = [scope.start for scope in scopes]
    for draft in drafts_of(doc):
        place = bisect_right(starts, draft.start) - 1
        if draft.entity is not None and place >= 0 and draft.start < scopes[place].end:
            scopes[place].drafts.append(draft)
    return scopes


class CueFinder:
    """Find the wordings of one packaged cue table, in the language of the text."""

    def __init__(self, table: str) -> None:
        self._table = table

    def mark(self, doc: Doc, scopes: list[Scope]) -> None:
        """Add to each scope the cues that stand in it."""
        lang = case_study_of(doc).lang[:2]
        index = _cue_index(self._table, lang if lang in LANGUAGES else "en")
        for scope in scopes:
            sentence: Sentence = index.read_sentence(text_of(doc), scope.start, scope.end)
            scope.cues += [Cue(hit.row.cue, hit.start, hit.end) for hit in index.find(sentence)]


@cache
def _cue_index(table: str, lang: str) -> AnchorIndex[PhraseRow]:
    """Build the index of one table and language, once a process."""
    index: AnchorIndex[PhraseRow] = AnchorIndex(lang, {})
    index.add_rows((r, r.pattern, r.where) for r in load_phrases(table) if r.lang == lang)
    return index
