"""Read plain text: blank lines part paragraphs, the first paragraph may be a title."""

import re

from corpus.building import TextBuilder
from corpus.decoding import decode_text
from corpus.documents import Document, Source

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
_MAX_TITLE = 200


def read_text(data: bytes, source: Source) -> Document:
    """Read plain text; a short first paragraph of one line without a full stop is the title."""
    text = decode_text(data, source.file)
    builder = TextBuilder()
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        paragraph = match.group().rstrip()
        builder.separate("\n\n")
        start = builder.length
        builder.write(paragraph, match.start())
        is_title = number == 0 and _looks_like_title(paragraph)
        builder.add_block(start, "heading" if is_title else "prose", 1 if is_title else 0)
    return Document(source, builder.text(), builder.blocks(), builder.offset_map())


def _looks_like_title(paragraph: str) -> bool:
    return (
        "\n" not in paragraph
        and len(paragraph) <= _MAX_TITLE
        and not paragraph.endswith((".", ";", ","))
    )
