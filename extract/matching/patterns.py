"""The pattern language of the lexicons: parsed into slots of symbols.

A pattern is words in order. ``a|b`` are alternatives, ``[a]`` may be missing, ``...`` skips up to
three words (``...5`` up to five), ``A & B`` asks for both in any order with at most three words
between (``&6`` six). A word matches every form of its lemma; ``=word`` that form alone, ``word*``
what begins so, ``@name`` any word of a family or a name marked as one of it. Articles and ``of``
are passed over.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from extract.errors import ExtractError

DEFAULT_GAP = 3
DEFAULT_WINDOW = 3
_WORD = re.compile(r"(=?)([^\W\d_]+)(\*?)|@([a-z_]+)")
_GAP = re.compile(r"(?:\.\.\.|…)(\d*)")
_WINDOW = re.compile(r"&(\d*)")

Intern = Callable[[str, str], Iterable[int]]
"""Give the numbers of the symbols for a word of type ``lemma``, ``form``, ``prefix``, ``mark``."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Ask for one word that carries one of the symbols, after at most ``gap`` other words."""

    symbols: frozenset[int]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold the parts of a pattern, which stand in any order within ``window`` words."""

    parts: tuple[tuple[Slot, ...], ...]
    window: int = DEFAULT_WINDOW


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask for a word near a hit: within ``before`` words of its start, ``after`` of its end.

    None stands for the whole sentence on that side.
    """

    symbols: frozenset[int]
    before: int | None = None
    after: int | None = None


class PatternParser:
    """Turn pattern text into slots, through one table of symbols."""

    def __init__(self, intern: Intern, families: Mapping[str, str], ignored: frozenset[str]):
        self._intern = intern
        self._families = families
        self._ignored = ignored
        self._family_symbols: dict[str, frozenset[int]] = {}
        self._shared: dict[str, frozenset[int]] = {}
        """Sets by their text: many rows ask for the same words."""

    def parse(self, text: str, where: str) -> Pattern:
        """Parse a pattern; raise ExtractError with the row's place where it is not one."""
        parts: list[tuple[Slot, ...]] = []
        window = DEFAULT_WINDOW
        slots: list[Slot] = []
        gap = 0
        for item in text.split():
            if match := _WINDOW.fullmatch(item):
                parts.append(self._part(slots, gap, text, where))
                slots, gap = [], 0
                window = int(match[1] or DEFAULT_WINDOW)
            elif match := _GAP.fullmatch(item):
                gap = int(match[1] or DEFAULT_GAP)
            elif item not in self._ignored:
                optional = item.startswith("[") and item.endswith("]")
                words = item[1:-1] if optional else item
                slots.append(Slot(self.words(words, where), optional, gap if slots else 0))
                gap = 0
        parts.append(self._part(slots, gap, text, where))
        return Pattern(tuple(parts), window)

    @staticmethod
    def _part(slots: list[Slot], gap: int, text: str, where: str) -> tuple[Slot, ...]:
        if gap or all(slot.optional for slot in slots):
            raise ExtractError(
                f"{where}: pattern {text!r} has a part without a word that must stand; "
                "begin and end each part with one"
            )
        return tuple(slots)

    def words(self, text: str, where: str) -> frozenset[int]:
        """Parse alternatives into the set of their symbols."""
        if text in self._shared:
            return self._shared[text]
        symbols: set[int] = set()
        for word in text.split("|"):
            match = _WORD.fullmatch(word)
            if match is None:
                raise ExtractError(
                    f"{where}: {word!r} is no word of a pattern; write a word, =form, prefix* or "
                    "@family, alternatives parted by |"
                )
            exact, body, star, family = match.groups()
            if family:
                symbols |= self._family(family, where)
            else:
                kind = "prefix" if star else "form" if exact else "lemma"
                symbols.update(self._intern(kind, body))
        return self._shared.setdefault(text, frozenset(symbols))

    def _family(self, name: str, where: str) -> frozenset[int]:
        if name not in self._families:
            raise ExtractError(
                f"{where}: there is no word family @{name} in this language; "
                "add its row to families.csv"
            )
        if name not in self._family_symbols:
            words = self.words(self._families[name], where)
            self._family_symbols[name] = words.union(self._intern("mark", name))
        return self._family_symbols[name]

    def conditions(self, text: str, where: str) -> tuple[Condition, ...]:
        """Parse conditions parted by ``;``: ``words``, ``4:words``, ``-2:words``, ``+1:words``."""
        found = []
        for item in filter(None, (part.strip() for part in text.split(";"))):
            reach, colon, words = item.rpartition(":")
            if colon and not re.fullmatch(r"[+-]?\d+", reach):
                raise ExtractError(f"{where}: {reach!r} is no distance; write 4:, -4: or +4:")
            if not colon:
                found.append(Condition(self.words(words, where)))
            else:
                size = abs(int(reach))
                before = 0 if reach.startswith("+") else size
                after = 0 if reach.startswith("-") else size
                found.append(Condition(self.words(words, where), before, after))
        return tuple(found)
