"""Sentence bounds."""

import pytest
import spacy

from corpus.documents import Block, CaseStudy, Source
from extract.components.blocks import Blocks, block_at
from extract.components.mentions import prepare_doc, sentence_bounds
from ontology.namespaces import Minter

SOURCE = Source("x.md", "", "text/markdown")


def _sentences(text: str, blocks: tuple[Block, ...] = ()) -> list[str]:
    study = CaseStudy("x", "x", "en", text, blocks, (), SOURCE)
    doc = Blocks()(prepare_doc(spacy.blank("en").make_doc(text), study, Minter()))
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left! Three?", ["One came.", "Two left!", "Three?"]),
        ("Seen with “care.” Then gone.", ["Seen with “care.”", "Then gone."]),
        (
            "It holds P. onca and Felis sp. in St. Kilda.",
            ["It holds P. onca and Felis sp. in St. Kilda."],
        ),
        ("About 2.5 km away, i.e. near. no capital", ["About 2.5 km away, i.e. near. no capital"]),
        ("Lines\nthat wrap. Next\nline.", ["Lines\nthat wrap.", "Next\nline."]),
    ],
)
def test_blocks_cuts_at_closing_punctuation(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


def test_blocks_always_cuts_between_blocks() -> None:
    text = "A heading\n\nprose in lower case"
    blocks = (Block(0, 9, "heading"), Block(11, 30, "prose"))
    assert _sentences(text, blocks) == ["A heading", "prose in lower case"]


def test_blocks_finds_the_block_of_an_offset() -> None:
    blocks = (Block(0, 9, "heading"), Block(11, 30, "prose"))
    assert [block_at(blocks, n) for n in (0, 8, 10, 11, 29, 30)] == [
        blocks[0],
        blocks[0],
        None,
        blocks[1],
        blocks[1],
        None,
    ]


def test_blocks_gives_bounds_of_the_sentences_that_a_run_touches() -> None:
    text = "First one. Second one. Third."
    study = CaseStudy("x", "x", "en", text, (), (), SOURCE)
    doc = Blocks()(prepare_doc(spacy.blank("en").make_doc(text), study, Minter()))
    assert [text[slice(*sentence_bounds(doc, *run))] for run in ((2, 3), (6, 14))] == [
        "First one.",
        "First one. Second one.",
    ]
