"""Tell blocks apart by their structure: titles, headings, credits, captions, calls to action."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.documents import Block, Document, Link

_CREDIT_MARK = re.compile(
    r"(?:©|\(c\)\s|(?:photos?|photographs?|images?|pictures?|fotos?|fotografías?|crédits?|créditos?|"
    r"credits?)(?:\s+(?:credits?|by|par|por|de))?\s*[:©])",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", "…", ";", ":", ".”", '."', ".)")
_MAX_HEADING_WORDS = 12
_MAX_CAPTION_WORDS = 40
_MAX_CALL_WORDS = 6
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|\S+@\S+\.\w+")


def split_lines(document: Document) -> Iterator[Block]:
    """Yield the blocks of a document, prose cut where a line break ends a thought.

    A break ends one after closing punctuation, or after a line much shorter than the longest
    before a line that starts anew; breaks of hard-wrapped text do not.
    """
    for block in document.blocks:
        if block.type != "prose":
            yield block
            continue
        start = block.start
        for end in _thought_ends(document.text[block.start : block.end]):
            yield replace(block, start=start, end=block.start + end)
            start = block.start + end + 1
        yield replace(block, start=start)


def _thought_ends(paragraph: str) -> Iterator[int]:
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    position = 0
    for line, following in pairwise(lines):
        position += len(line)
        new_start = not following[:1].islower()
        closed = line.rstrip().endswith(_SENTENCE_END)
        if line.strip() and new_start and (closed or len(line) < 0.6 * width):
            yield position
        position += 1


def is_heading_line(text: str) -> bool:
    """Tell whether a paragraph reads like a heading: one short line, open end, capital start."""
    return (
        "\n" not in text
        and len(text.split()) <= _MAX_HEADING_WORDS
        and (text.endswith(":") or not text.endswith(_SENTENCE_END))
        and not text[:1].islower()
        and text[:1].isalnum()
    )


def links_within(links: tuple[Link, ...], block: Block) -> tuple[Link, ...]:
    """Return the links that begin in a block; links are in order of the text."""
    first = bisect_left(links, block.start, key=lambda link: link.start)
    return links[first : bisect_left(links, block.end, key=lambda link: link.start)]


def is_credit(text: str, links: tuple[Link, ...], block: Block) -> bool:
    """Tell whether a block only names who gave the text or the picture."""
    if _CREDIT_MARK.match(text):
        return is_credit_line(text)
    within = links_within(links, block)
    whole = [link for link in within if (link.start, link.end) == (block.start, block.end)]
    return bool(whole) and not _ADDRESS.search(text)


def is_credit_line(text: str) -> bool:
    """Tell whether a line begins like the credit of a picture and is short."""
    return bool(_CREDIT_MARK.match(text)) and len(text.split()) <= _MAX_CAPTION_WORDS


def is_caption(text: str) -> bool:
    """Tell whether a block after a credit or picture is short enough to be its caption."""
    return "\n" not in text and len(text.split()) <= _MAX_CAPTION_WORDS


def call_to_action(text: str, links: tuple[Link, ...]) -> tuple[str, ...]:
    """Return the addresses of a block that holds links to addresses and hardly a word beside."""
    addresses = [link for link in links if not link.url.startswith("#")]
    if not addresses:
        return ()
    rest = _ADDRESS.sub(" ", text)
    return tuple(link.url for link in addresses) if len(rest.split()) <= _MAX_CALL_WORDS else ()


def type_blocks(
    document: Document, blocks: list[Block], first: int = 0, *, marked: bool = False
) -> list[Block]:
    """Type the prose blocks of one case study as heading, credit, caption or prose.

    Where the source has marked headings and captions itself, only credits are looked for.
    """
    typed: list[Block] = []
    for number, block in enumerate(blocks):
        text = document.text[block.start : block.end]
        previous = typed[-1].type if typed else None
        following = blocks[number + 1].type if number + 1 < len(blocks) else None
        if block.type != "prose" or number < first:
            typed.append(block)
        elif is_credit(text, document.links, block):
            typed.append(replace(block, type="credit"))
        elif marked:
            typed.append(block)
        elif previous in ("credit", "caption") and is_caption(text):
            typed.append(replace(block, type="caption"))
        elif following in ("prose", "list_item") and is_heading_line(text):
            typed.append(replace(block, type="heading", level=6))
        else:
            typed.append(block)
    return typed
