"""Set sentence bounds: at closing punctuation, and always between blocks."""

import csv
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc, Token

from corpus.documents import Block
from extract.components.mentions import case_study_of

_CLOSERS = frozenset(".!?…。！？")
_START, _INSIDE = 1, -1
_TRAILERS = frozenset("\"'”’»)]}")


@Language.factory("blocks", assigns=["token.is_sent_start"])
def make_blocks(nlp: Language, name: str) -> "Blocks":
    """Make the component that finds sentences."""
    return Blocks()


class Blocks:
    """Mark the first token of each sentence."""

    def __call__(self, doc: Doc) -> Doc:
        starts = {block.start for block in case_study_of(doc).blocks}
        closed = True
        marks: list[int] = []
        for token in doc:
            if token.is_space:
                marks.append(_INSIDE)
                closed = closed or token.idx in starts
                continue
            trailing = closed and token.i > 0 and token.text in _TRAILERS
            new = closed and not trailing and not token.text[0].islower()
            opens = token.i == 0 or token.idx in starts or new
            marks.append(_START if opens else _INSIDE)
            closed = trailing or _closes(doc, token)
        # All at once: setting one token looks at every other.
        values: Any = numpy.array(marks, dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], values)


def _closes(doc: Doc, token: Token) -> bool:
    """Tell whether a sentence may end after a token."""
    text = token.text
    if text[-1] not in _CLOSERS or text.strip(".!?…"):
        return False
    if text != "." or token.i == 0:
        return True
    glued = not token.whitespace_ and _next_is_glued(doc, token)
    return not glued and doc[token.i - 1].lower_ not in _abbreviations()


def _next_is_glued(doc: Doc, token: Token) -> bool:
    """Tell whether the next token follows without white space and starts in lower case."""
    following = token.i + 1
    return following < len(doc) and doc[following].text[0].islower()


def block_at(blocks: tuple[Block, ...], offset: int) -> Block | None:
    """Return the block that holds an offset of the text."""
    position = bisect_right(blocks, offset, key=lambda block: block.start) - 1
    if position >= 0 and offset < blocks[position].end:
        return blocks[position]
    return None


@cache
def _abbreviations() -> frozenset[str]:
    """Read the words after which a full stop ends no sentence."""
    table = files("ontology").joinpath("lexicons/sentence_abbreviations.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return frozenset(row["abbreviation"] for row in rows)
