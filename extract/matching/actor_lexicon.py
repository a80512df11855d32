"""Words that tell actors: type words, remits, generic groups, cues of a role."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from extract.errors import ExtractError
from extract.records import ACTOR_TYPES, PREDICATES
from ontology.gazetteer.folding import fold
from ontology.gazetteer.tables import iterate_table

Item = TypeVar("Item")
Keys = tuple[str, ...]
Index = Mapping[str, tuple[tuple[Keys, Item], ...]]
Side = Literal["before", "after"]

_ORDINARY = "also an ordinary word"


@dataclass(frozen=True, slots=True)
class TypeWord:
    """Describe one word that makes an organisation or a project of a name."""

    word: str
    lang: str
    type: str
    """An actor type, or ``project``."""
    before: bool
    """It may stand before the name: Ministry of X, Fundación X."""
    after: bool


@dataclass(frozen=True, slots=True)
class GenericGroup:
    """Describe one phrase for a group of people or bodies without a name."""

    phrase: str
    lemma: str
    lang: str
    type: str
    plural: bool
    ordinary: bool
    """It is an ordinary word too and needs a role nearby."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Tie a phrase to the role of the actor that stands before or after it."""

    side: Side
    role: str
    """A predicate; empty where the phrase only tells that an actor stands there."""
    phrase: str
    strong: bool
    """A name beside it is an actor even where no list holds the name."""


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """Hold every word list that the actor rules use, keyed by folded words."""

    type_words: Index[TypeWord]
    groups: Index[GenericGroup]
    cues: Index[Cue]
    families: Mapping[str, frozenset[str]]
    """Family to its folded words and phrases, of all languages."""
    function_words: frozenset[str]
    other_acronyms: frozenset[str]
    """Acronyms, as written, that name no organisation."""
    demonyms: Mapping[str, str]
    """Folded adjective of one country to its ISO code."""


def longest(index: Index[Item], keys: Keys, at: int) -> tuple[int, tuple[Item, ...]] | None:
    """Return the end of the longest phrase that starts at a token, with its readings."""
    for phrase, _ in index.get(keys[at], ()):
        if keys[at : at + len(phrase)] == phrase:
            return at + len(phrase), tuple(i for p, i in index[keys[at]] if p == phrase)
    return None


def _index(items: Iterable[tuple[str, Item]]) -> Index[Item]:
    """Index phrases by their first word, the longest first."""
    by_first: dict[str, list[tuple[Keys, Item]]] = defaultdict(list)
    for phrase, item in items:
        keys = tuple(fold(phrase).split(" "))
        by_first[keys[0]].append((keys, item))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in by_first.items()
    }


def _lexicon_rows(name: str) -> Iterable[tuple[int, dict[str, str]]]:
    table = files("ontology").joinpath(f"lexicons/{name}.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return enumerate(rows, start=2)


def _type_words() -> Iterable[tuple[str, TypeWord]]:
    for row in iterate_table("org_type_words"):
        word, position = row["word"], row["position"]
        if word.endswith(")"):
            word = word[: word.index(" (")]
        yield (
            word,
            TypeWord(
                word=word,
                lang=row["lang"],
                type=row["type"],
                before=position in ("before", "both"),
                after=position in ("after", "both"),
            ),
        )


def _groups() -> Iterable[tuple[str, GenericGroup]]:
    for row in iterate_table("generic_actors"):
        yield (
            row["phrase"],
            GenericGroup(
                phrase=row["phrase"],
                lemma=row["lemma"],
                lang=row["lang"],
                type=row["type"],
                plural=row["number"] == "plural"
                or (row["lang"] in ("es", "fr") and row["phrase"].endswith(("s", "x"))),
                ordinary=row["note"].startswith(_ORDINARY),
            ),
        )


def _cues() -> Iterable[tuple[str, Cue]]:
    for number, row in _lexicon_rows("actor_cues"):
        role = row["role"]
        if role and role not in PREDICATES:
            raise ExtractError(f"actor_cues.csv line {number}: {role!r} is no predicate")
        if row["side"] not in ("before", "after") or row["strength"] not in ("strong", "weak"):
            raise ExtractError(
                f"actor_cues.csv line {number}: side must be before or after, strength strong or "
                f"weak; there is {row['side']!r}, {row['strength']!r}"
            )
        side: Side = "before" if row["side"] == "before" else "after"
        yield row["cue"], Cue(side, role, row["cue"], row["strength"] == "strong")


def _families() -> Mapping[str, frozenset[str]]:
    families: dict[str, set[str]] = defaultdict(set)
    for number, row in _lexicon_rows("actor_words"):
        if not row["word"] or not row["family"]:
            raise ExtractError(f"actor_words.csv line {number}: family and word must be filled")
        families[row["family"]].add(fold(row["word"]))
    return {family: frozenset(words) for family, words in families.items()}


def _demonyms() -> Mapping[str, str]:
    """Map adjectives that belong to exactly one country."""
    countries: dict[str, set[str]] = defaultdict(set)
    for row in iterate_table("countries"):
        for adjective in row["adjectives"].split("|"):
            if adjective:
                countries[fold(adjective)].add(row["iso2"])
    return {word: codes.pop() for word, codes in countries.items() if len(codes) == 1}


def _other_acronyms() -> frozenset[str]:
    return frozenset(
        row["acronym"]
        for row in iterate_table("acronyms")
        if "organisation" not in row["what"] and row["what"] != "generic actor"
    )


@cache
def load_actor_lexicon() -> ActorLexicon:
    """Load the word lists of the actor rules, once a process."""
    families = _families()
    types = set(ACTOR_TYPES) | {"project"}
    type_words = tuple(_type_words())
    wrong = sorted({t.type for _, t in type_words} - types)
    if wrong:
        raise ExtractError(f"org_type_words.csv: unknown types {', '.join(wrong)}")
    return ActorLexicon(
        type_words=_index(type_words),
        groups=_index(_groups()),
        cues=_index(_cues()),
        families=families,
        function_words=families["function"],
        other_acronyms=_other_acronyms(),
        demonyms=_demonyms(),
    )
