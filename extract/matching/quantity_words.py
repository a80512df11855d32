"""Load the words by which a language writes numbers, units and bounds."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

GROUP_MARKS = " \u00a0\u202f'"
_DIGITS = rf"\d{{1,3}}(?:[.,{GROUP_MARKS}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Hold the patterns of one language."""

    number: re.Pattern[str]
    unit: re.Pattern[str]
    units: Mapping[str, tuple[str, str]]
    """Unit or currency word, in small letters, to code and kind."""
    magnitudes: Mapping[str, float]
    number_words: Mapping[str, int]
    bound: re.Pattern[str]
    labels: frozenset[str]
    dated: frozenset[str]
    """Words before a year."""
    uncounted: frozenset[str]
    """Nouns whose number is of no interest: times, ways."""
    decimal: str


def _alternation(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or r"(?!)"


@cache
def load_quantity_words(lang: str) -> QuantityWords:
    """Load the patterns of a language; those of English serve others."""
    table = files("ontology").joinpath("lexicons/quantity_words.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    spoken = lang if any(row["lang"] == lang for row in rows) else "en"
    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["lang"] in ("", spoken) or (
            row["lang"] == "en" and row["kind"] in ("unit", "label", "dated")
        ):
            kinds[row["kind"]].append(row)
    units = {
        row["word"].casefold(): (row["code"], row["quantity_kind"])
        for kind in ("currency", "currency_word", "unit")
        for row in kinds[kind]
    }
    magnitudes = {row["word"].casefold(): float(row["value"]) for row in kinds["magnitude"]}
    number_words = {row["word"].casefold(): int(row["value"]) for row in kinds["number_word"]}
    currency = _alternation(row["word"] for row in kinds["currency"])
    magnitude = _alternation(magnitudes)
    number = re.compile(
        rf"(?<![\w.,])(?:(?P<currency>{currency})\s?)?"
        rf"(?:(?P<digits>{_DIGITS})|(?P<word>\b(?:{_alternation(number_words)})\b))"
        rf"(?:[\s-]?(?P<magnitude>{magnitude})\b)?",
        re.IGNORECASE,
    )
    measure_words = [row["word"] for k in ("unit", "currency", "currency_word") for row in kinds[k]]
    unit = re.compile(
        rf"[\s\u00a0-]?(?:(?:of|de|d)\s+)?(?P<unit>{_alternation(measure_words)})(?!\w)",
        re.IGNORECASE,
    )
    bound = re.compile(
        rf"\b(?:{_alternation(row['word'] for row in kinds['bound'])})\s+$", re.IGNORECASE
    )
    return QuantityWords(
        number,
        unit,
        units,
        magnitudes,
        number_words,
        bound,
        frozenset(row["word"] for row in kinds["label"]),
        frozenset(row["word"] for row in kinds["dated"]),
        frozenset(row["word"] for row in kinds["uncounted"]),
        "." if spoken == "en" else ",",
    )
