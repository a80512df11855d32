"""Frozen records of what was read: sources, documents, blocks and case studies."""

from dataclasses import dataclass
from typing import Literal, get_args

Display = Literal["full", "snippets", "none"]
BlockType = Literal["title", "heading", "prose", "list_item", "table", "caption", "credit", "quote"]
BLOCK_TYPES: tuple[BlockType, ...] = get_args(BlockType)

DeclaredField = Literal[
    "country",  # ISO 3166 alpha-2 code or name
    "region",
    "location",  # free text
    "coordinates",  # "LONGITUDE LATITUDE" in decimal degrees
    "wdpa",  # number in the World Database on Protected Areas
    "scale",
    "ecosystem",
    "theme",
    "challenge",
    "approach",
    "category",
    "phase",
    "keyword",  # a term whose vocabulary the source does not tell
    "sdg",  # number of the goal, "15", or of its target, "15.5"
    "aichi_target",  # number
    "gbf_target",  # number
    "beneficiary",
    "species",
    "threat",
    "intervention",
    "contributor",
    "organisation",
    "published",  # ISO 8601 date
    "updated",  # ISO 8601 date
    "licence",
]
DECLARED_FIELDS: tuple[DeclaredField, ...] = get_args(DeclaredField)


@dataclass(frozen=True, slots=True)
class Source:
    """Say where a text came from and what may be shown of it."""

    file: str
    checksum: str
    """SHA-256 of the bytes of the source, as ``sha256:HEX``."""
    media_type: str
    display: Display = "snippets"
    title: str = ""
    symbol: str = ""
    creator: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Mark one run of a text, ``start`` inclusive and ``end`` exclusive, with its type."""

    start: int
    end: int
    type: BlockType
    level: int = 0
    """Heading level, 0 where the block is no heading."""


@dataclass(frozen=True, slots=True)
class Break:
    """Tie an offset in the text to the offset in the source where copying resumes."""

    text: int
    source: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Tie a run of the text to the address that the source links it to."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one source as plain text with typed blocks and the links that were in it."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    offset_map: tuple[Break, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """Hold one case study: title, blank line, paragraphs, and all offsets in that text."""

    id: str
    title: str
    lang: str
    """BCP 47 tag; ``und`` where it could not be told."""
    text: str
    blocks: tuple[Block, ...]
    offset_map: tuple[Break, ...]
    source: Source
    url: str = ""
    """Address of the solution's own page, normalised; empty where the text gives none."""
    contributors: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    """What the source's own fields say: a name of DECLARED_FIELDS and a value as it stands there,
    one pair for each value, in order of the source."""
