"""Words that make a place of a name (National Park, Río), and words that never belong to one."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.gazetteer.folding import fold, fold_word
from ontology.gazetteer.tables import iterate_table

_SMALL = frozenset(("d", "da", "das", "de", "del", "des", "do", "dos", "du", "la", "las", "of"))


@dataclass(frozen=True, slots=True)
class PlaceType:
    """Describe one reading of a type word."""

    word: str
    lang: str
    kind: str
    before: bool
    """It may stand before the name: Lake X, Río X."""
    after: bool
    connectors: frozenset[str]
    lower: bool
    """It still makes a place where it is written in lower case: Nong Khai province."""
    direct: bool
    """It may stand before the name without a connector: Lake X, but Gulf of X."""
    strength: str
    """strong; weak (also ends plain phrases); support (counts only with other evidence)."""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class PlaceTypes:
    """Index type words by their first key, longest phrase first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], tuple[PlaceType, ...]], ...]]

    def match(self, keys: tuple[str, ...], at: int) -> tuple[int, tuple[PlaceType, ...]] | None:
        """Return the end of the longest type phrase that starts at a token, with its readings."""
        for phrase, readings in self.by_first.get(keys[at], ()):
            if keys[at : at + len(phrase)] == phrase:
                return at + len(phrase), readings
        return None

    def kinds(self, phrase: str) -> frozenset[str]:
        """Return the kinds that a whole phrase can mean, none where it is no type phrase."""
        keys = tuple(fold(phrase).split(" "))
        found = self.match(keys, 0)
        return (
            frozenset(t.kind for t in found[1]) if found and found[0] == len(keys) else frozenset()
        )


def _plural_word(word: str, lang: str) -> str:
    """Form the plural of a word as the language forms most of its plurals."""
    if word.endswith(("s", "x", "z")):
        return word
    if lang == "en":
        if word.endswith("y") and word[-2:-1] not in "aeiou":
            return word[:-1] + "ies"
        return word + ("es" if word.endswith(("sh", "ch")) else "s")
    if lang == "fr":
        return word[:-2] + "aux" if word.endswith("al") else word + "s"
    if lang == "pt" and word.endswith("al"):
        return word[:-2] + "ais"
    if lang == "pt" and word.endswith("ao"):
        return word[:-2] + "oes"
    return word + ("s" if word[-1] in "aeiou" else "es")


def _plural(phrase: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Form the plural of a phrase: the last word in English, each word before 'of' elsewhere."""
    if lang == "en":
        head = phrase.index("of") if "of" in phrase else len(phrase)
        return (*phrase[: head - 1], _plural_word(phrase[head - 1], lang), *phrase[head:])
    stop = next((i for i, word in enumerate(phrase) if word in _SMALL), len(phrase))
    return tuple(_plural_word(w, lang) if i < stop else w for i, w in enumerate(phrase))


def index_types(rows: Iterable[Mapping[str, str]]) -> PlaceTypes:
    """Index the rows of a type-word table, plurals added."""
    found: dict[tuple[str, ...], list[PlaceType]] = defaultdict(list)
    plurals: dict[tuple[str, ...], list[PlaceType]] = defaultdict(list)
    for row in rows:
        phrase = tuple(fold(row["word"]).split(" "))
        for plural in (False, True):
            place_type = PlaceType(
                word=row["word"],
                lang=row["lang"],
                kind=row["kind"],
                before=row["position"] in ("before", "both"),
                after=row["position"] in ("after", "both"),
                connectors=frozenset(
                    fold_word(c.strip("'’")) for c in row["connectors"].split("|")
                ),
                lower=row["lower"] == "yes",
                direct=row["direct"] == "yes",
                strength=row["strength"],
                plural=plural,
            )
            target = plurals if plural else found
            target[_plural(phrase, row["lang"]) if plural else phrase].append(place_type)
    for phrase, readings in plurals.items():
        known = found.get(phrase, [])
        leading = {t.lang for t in known if t.before}
        found[phrase] = known + [
            t for t in readings if not known or (t.before and t.lang not in leading)
        ]
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[PlaceType, ...]]]] = defaultdict(list)
    for phrase, readings in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first[phrase[0]].append((phrase, tuple(readings)))
    return PlaceTypes({first: tuple(phrases) for first, phrases in by_first.items()})


@cache
def load_place_types() -> PlaceTypes:
    """Load the type words of the gazetteer."""
    return index_types(iterate_table("place_type_words"))


@cache
def load_place_words(role: str, lang: str = "") -> frozenset[str]:
    """Load the folded words of one role (function, generic, direction …), of one language or all.

    A language without words of its own takes the English ones.
    """
    text = (files("ontology") / "lexicons" / "place_words.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["role"] == role]
    own = [row for row in rows if row["lang"] == lang] or [r for r in rows if r["lang"] == "en"]
    return frozenset(fold(row["word"]) for row in (own if lang else rows))
