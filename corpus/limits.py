"""How large a file of each type may be."""

from corpus.decoding import MAX_BYTES
from corpus.readers import BINARY

MAX_BINARY_BYTES = 100_000_000
"""Largest PDF or Word document that is read; most of such a file are pictures."""


def most_bytes(media_type: str) -> int:
    """Return the limit for a type."""
    return MAX_BINARY_BYTES if media_type in BINARY else MAX_BYTES
