"""Find quantities: numbers with their unit, what they count, and when."""

import re
from dataclasses import dataclass

from extract.matching.quantity_times import time_near
from extract.matching.quantity_words import GROUP_MARKS, QuantityWords, load_quantity_words

_PLURALS = frozenset(
    ("people", "men", "women", "children", "fish", "sheep", "deer", "staff", "cattle", "larvae")
)
_YEARS = range(1500, 2101)
_LIKELY_YEARS = range(1900, 2101)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|févr|fevr|avr|mai"
    r"|juin|juil|août|sept|déc)\w*\.?"
)
_MOST_NOUN_WORDS = 4
_NOUN_WORD = re.compile(r"[\s\u00a0]*(?P<word>[^\W\d_][\w'’-]*)")
_MILLION = 1e6
_GLUED_M = re.compile(r"m(?![\w²³])")
_BRACKET = re.compile(r"\s*\([^()\n]{1,40}\)")
_MORE = re.compile(r"\s+(?:more|other|additional|further|new)\b", re.IGNORECASE)
_LINK = re.compile(
    r"\s+(?:of(?:\s+the)?|de(?:\s+la|\s+los|\s+las|l)?|d['’]|du|des)\s+|\s+d['’](?=\w)"
)
_BOUND_LENGTH = 24


@dataclass(frozen=True, slots=True)
class QuantityFound:
    """Hold one quantity; offsets are characters of the text."""

    start: int
    end: int
    value: float
    unit: str
    """UCUM code, ISO 4217 code, or 1 for a count."""
    quantity_kind: str
    counted: tuple[int, int] | None
    """Offsets of the noun phrase that is counted or measured."""
    time: str
    """EDTF, empty where the text gives no year nearby."""


def find_quantities(
    text: str, lang: str, *, function_words: frozenset[str] = frozenset()
) -> list[QuantityFound]:
    """List quantities in text order; times are sought within the line or sentence around."""
    words = load_quantity_words(lang)
    found: list[QuantityFound] = []
    resume = 0
    for match in words.number.finditer(text):
        if match.start() < resume:
            continue
        quantity = _read(text, match, words, function_words)
        if quantity is not None:
            found.append(quantity)
            resume = quantity.end
    return found


def _read(
    text: str, match: re.Match[str], words: QuantityWords, function_words: frozenset[str]
) -> QuantityFound | None:
    """Read the quantity around a number; None where the number is a label, date or year."""
    value = _value(match, words)
    if value is None or _is_label(text, match, words):
        return None
    end = match.end()
    unit, kind = "", ""
    symbol = match.group("currency")
    if symbol and symbol.isalpha() and symbol.islower():
        return None
    if symbol:
        unit, kind = words.units[symbol.casefold()]
    measured = words.unit.match(text, end)
    if measured:
        code, measure = words.units[_squeeze(measured.group("unit"))]
        if not symbol or measure == "money":
            unit, kind, end = code, measure, measured.end()
    glued = _GLUED_M.match(text, match.end())
    if glued and not match.group("magnitude"):
        end = glued.end()
        if symbol:
            value *= _MILLION
        else:
            unit, kind = "m", "length"
    if not unit and end < len(text) and (text[end].isalpha() or text[end] in "/:°º-–"):
        return None
    counted = _counted(text, end, words, function_words, measured=bool(unit))
    if not unit:
        if counted is None or _is_year(text, match, value, words):
            return None
        unit, kind, end = "1", "count", counted[1]
    start = _bound_start(text, match.start(), words)
    return QuantityFound(start, end, value, unit, kind, counted, time_near(text, start, end))


def _squeeze(written: str) -> str:
    return " ".join(written.casefold().split())


def _value(match: re.Match[str], words: QuantityWords) -> float | None:
    """Return the value of a written number, magnitudes multiplied in."""
    word = match.group("word")
    if word:
        value = float(words.number_words[word.casefold()])
    else:
        value = parse_number(match.group("digits"), words.decimal)
    magnitude = match.group("magnitude")
    return value * words.magnitudes[magnitude.casefold()] if magnitude else value


def parse_number(written: str, decimal: str) -> float:
    """Read digits with group marks; ``decimal`` is the language's decimal mark."""
    plain = re.sub(f"[{GROUP_MARKS}]", "", written)
    grouping = "," if decimal == "." else "."
    parts = plain.split(grouping)
    if len(parts) > 1 and all(len(part) == len("000") for part in parts[1:-1]):
        tail = parts[-1].split(decimal)[0]
        if len(tail) == len("000"):
            plain = plain.replace(grouping, "")
        elif len(parts) == len(("whole", "fraction")) and decimal not in plain:
            plain = plain.replace(grouping, decimal)
    return float(plain.replace(decimal, "."))


def _is_label(text: str, match: re.Match[str], words: QuantityWords) -> bool:
    """Tell whether a number only numbers something: Target 3, [1], 12/04/2013, 3rd."""
    before = text[max(0, match.start() - 20) : match.start()]
    after = text[match.end() : match.end() + 12]
    if re.match(r"\s*[/:]\s*\d|(?:st|nd|rd|th|er|ère|e|º|ª|°)\b|\s?[-–]\s?\d{1,2}[-–/]\d", after):
        return True
    if re.search(r"[\[#§/]$|\d[-–/.]$", before):
        return True
    previous = re.search(r"([^\W\d_]+)\.?[\s-]*$", before)
    if previous and previous.group(1).casefold() in words.labels:
        return True
    date = re.match(rf"\s+(?:de\s+)?{_MONTH}(?:\s|,|$)", after, re.IGNORECASE)
    dated = re.search(rf"\b{_MONTH}\s*$", before, re.IGNORECASE)
    if (date or dated) and not match.group("magnitude"):
        return True
    opens_line = not before.strip(" ") or before.endswith("\n")
    return opens_line and bool(re.match(r"[.)]\s", after))


def _is_year(text: str, match: re.Match[str], value: float, words: QuantityWords) -> bool:
    """Tell whether a bare number of four digits is a year."""
    written = match.group("digits") or ""
    if len(written) != len("2000") or not written.isdigit() or int(value) not in _YEARS:
        return False
    before = re.search(r"([^\W\d_]+)\s*$", text[max(0, match.start() - 14) : match.start()])
    if int(value) in _LIKELY_YEARS:
        return not words.bound.search(text, max(0, match.start() - _BOUND_LENGTH), match.start())
    return before is not None and before.group(1).casefold() in words.dated


def _bound_start(text: str, start: int, words: QuantityWords) -> int:
    """Take in what bounds the number: more than, about."""
    window = max(0, start - _BOUND_LENGTH)
    bound = words.bound.search(text, window, start)
    return bound.start() if bound else start


def _counted(
    text: str,
    end: int,
    words: QuantityWords,
    function_words: frozenset[str],
    *,
    measured: bool,
) -> tuple[int, int] | None:
    """Return the noun phrase after a number: 2,000 dams; 12 ha of wetland."""
    of = _LINK.match(text, end)
    if measured and of is None:
        return None
    more = _MORE.match(text, end)
    position = of.end() if of else more.end() if more else end
    start: int | None = None
    plural_end: int | None = None
    key = ""
    for _ in range(_MOST_NOUN_WORDS):
        bracket = _BRACKET.match(text, position) if start is not None else None
        word = _NOUN_WORD.match(text, bracket.end() if bracket else position)
        if word is None or word.group("word").casefold() in function_words:
            break
        key = word.group("word").casefold()
        start = word.start("word") if start is None else start
        position = word.end()
        plural = key.endswith("s") or key in _PLURALS
        if plural or measured:
            plural_end = position
        if plural:
            break
    if start is None or plural_end is None or key in words.uncounted:
        return None
    return (start, plural_end)
