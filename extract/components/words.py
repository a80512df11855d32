"""The folded words of a Doc, split once for all components."""

from collections.abc import Callable

from spacy.tokens import Doc

from extract.components.blocks import block_at
from extract.components.mentions import case_study_of, text_of
from extract.matching.common_words import load_common_words
from ontology.gazetteer.folding import Words, split_words

_KEY = "ecoduct.words"


def words_of(doc: Doc) -> Words:
    """Return the folded words of a document's text."""
    words = doc.user_data.get(_KEY)
    if words is None:
        common = load_common_words(doc.lang_)
        words = doc.user_data[_KEY] = split_words(text_of(doc), is_broken=common.are_halves)
    result: Words = words
    return result


def in_title(doc: Doc) -> Callable[[int], bool]:
    """Return a test whether an offset lies in a title or heading, where capitals mean little."""
    blocks = case_study_of(doc).blocks

    def is_title(offset: int) -> bool:
        block = block_at(blocks, offset)
        return block is not None and block.type in ("title", "heading")

    return is_title
