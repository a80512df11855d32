"""Kinds of things that can be found, and the words by which the index chooses among them."""

from typing import Literal

Role = Literal["label", "name", "code", "text"]

KINDS: tuple[str, ...] = (
    "actor",
    "actor-type",
    "cms",
    "intervention",
    "kmgbf",
    "place",
    "project",
    "sdg",
    "solution",
    "stress",
    "taxon",
    "threat",
    "threat-cmp4",
)
"""Kinds of things that can be found: the first part of their IRI's path under the base."""


def facet_words(kind: str, language: str, role: str) -> str:
    """Write kind, language and role as words that are like no others."""
    return f"{kind_word(kind)} {language_word(language)} role{role}"


def kind_word(kind: str) -> str:
    return f"kind{kind.replace('-', '')}"


def language_word(language: str) -> str:
    """Write a language tag by its first part; no language is ``langnone``."""
    return f"lang{language.partition('-')[0].lower() or 'none'}"
