"""Doc fixtures for tests of statements: texts with their mentions marked in them."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.documents import Block, CaseStudy, Source
from extract.components.blocks import Blocks
from extract.components.mentions import (
    Draft,
    add_draft,
    add_entity,
    add_statement,
    entities_of,
    prepare_doc,
    statements_of,
)
from extract.records import AssertionStatus, Entity, Predicate, Statement
from ontology.namespaces import Minter

MINTER = Minter()
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")

MakeDoc = Callable[..., Doc]
Triples = set[tuple[str, str, str]]


def make_entity(kind: str, key: str, detail: str, label: str) -> Entity:
    """Describe an entity by its short name in a test."""
    if kind == "species":
        return Entity(
            MINTER.taxon(key), "species", label, scientific_name=key, rank=detail or "species"
        )
    if kind == "place":
        return Entity(MINTER.place(key), "place", label, place_type=detail or "region")
    if kind == "actor":
        actor: Any = detail or "ngo"
        return Entity(MINTER.actor(key), "actor", label, actor_type=actor, named=label[0].isupper())
    name: Any = kind
    return Entity(MINTER.concept(kind, key), name, label, notation=key)


@cache
def _blank(lang: str) -> Language:
    return spacy.blank(lang)


@pytest.fixture
def make_doc() -> MakeDoc:
    """Return a function that makes a Doc of a text with ``[surface|kind:key/detail]`` marks.

    Paragraphs are parted by blank lines; the first is the title where the text has several.
    """

    def make(
        marked: str,
        *,
        lang: str = "en",
        said: tuple[tuple[Predicate, str], ...] = (),
        assertion: AssertionStatus = "affirmed",
    ) -> Doc:
        drafts = []
        text, position = "", 0
        for match in _MARK.finditer(marked):
            text += marked[position : match.start()]
            kind, _, rest = match[2].partition(":")
            key, _, detail = rest.partition("/")
            drafts.append((len(text), match[1], kind, make_entity(kind, key, detail, match[1])))
            text += match[1]
            position = match.end()
        text += marked[position:]
        blocks, start = [], 0
        paragraphs = text.split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            title = number == 0 and len(paragraphs) > 1
            kind_of_block: Any = "title" if title else "prose"
            if paragraph.startswith("Photo:"):
                kind_of_block = "caption"
            blocks.append(Block(start, start + len(paragraph), kind_of_block))
            start += len(paragraph) + 2
        source = Source("case.md", "", "text/markdown")
        study = CaseStudy("case", text[: blocks[0].end], lang, text, tuple(blocks), (), source)
        doc = Blocks()(prepare_doc(_blank(lang).make_doc(text), study, MINTER))
        for offset, surface, kind, entity in drafts:
            known = add_entity(doc, entity)
            end = offset + len(surface)
            name: Any = kind
            add_draft(
                doc,
                Draft(name, offset, end, surface, 0.9, "t", entity=known, assertion=assertion),
            )
        for predicate, what in said:
            kind, _, rest = what.partition(":")
            key, _, detail = rest.partition("/")
            entity = add_entity(doc, make_entity(kind, key, detail, key))
            evidence = tuple(
                (s.start_char, s.end_char)
                for s in doc.sents
                if any(
                    s.start_char <= o < s.end_char and e.iri == entity.iri for o, _, _, e in drafts
                )
            )
            add_statement(
                doc,
                Statement(MINTER.case_study("case"), predicate, entity.iri, 0.8, evidence=evidence),
            )
        return doc

    return make


@pytest.fixture
def triples() -> Callable[..., Triples]:
    """Return a function that lists the statements of a Doc by the keys of their ends."""

    def read(doc: Doc, *predicates: str) -> Triples:
        entities = entities_of(doc)

        def name(iri: str) -> str:
            entity = entities.get(iri)
            return (entity.notation if entity else None) or iri.rpartition("/")[2]

        return {
            (name(s.subject), s.predicate, name(s.object))
            for s in statements_of(doc)
            if not predicates or s.predicate in predicates
        }

    return read
