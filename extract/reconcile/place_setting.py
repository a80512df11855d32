"""Decide in which countries a solution takes place, from clues of unequal weight."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_STRONG = 0.7
_SHARE = 0.4
_LEAST = 0.9
_WEAK_LEAST = 0.4
_WEAK_MARGIN = 1.4
_MAX_SHARED = 3
_MOST_UNNAMED = 2.0


@dataclass(frozen=True, slots=True)
class Clue:
    """Hold one run of the text that speaks for one country or, shared, for several."""

    countries: tuple[str, ...]
    weight: float
    start: int
    end: int
    stated: bool
    """The country itself is named."""
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold a country in which the solution takes place."""

    country: str
    score: float
    stated: bool
    rule: str
    clues: tuple[Clue, ...]


def decide_countries(clues: Iterable[Clue]) -> tuple[Setting, ...]:
    """Return the countries that the clues speak for, sorted.

    A country counts where something strong speaks for it and it is not far behind the first.
    Places shared by a few countries decide only where nothing else does, then weak clues
    (institutions, adjectives) where one country clearly leads.
    """
    by_country: dict[str, list[Clue]] = defaultdict(list)
    shared: list[Clue] = []
    for clue in clues:
        if len(clue.countries) == 1:
            by_country[clue.countries[0]].append(clue)
        elif 1 < len(clue.countries) <= _MAX_SHARED and clue.weight >= _STRONG:
            shared.append(clue)
    totals = {code: _total(found) for code, found in by_country.items()}
    most = max(totals.values(), default=0.0)
    named = {
        code
        for code, found in by_country.items()
        if any(c.weight >= _STRONG for c in found) and totals[code] >= max(_LEAST, _SHARE * most)
    }
    if named:
        return _settings(named, by_country, totals)
    if shared:
        together: dict[str, list[Clue]] = defaultdict(list)
        for clue in shared:
            for code in clue.countries:
                together[code].append(clue)
        sums = {code: sum(c.weight for c in found) / 2 for code, found in together.items()}
        top = max(sums.values())
        return _settings({c for c, s in sums.items() if s >= 0.6 * top}, together, sums)
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    if ranked and ranked[0][1] >= _WEAK_LEAST:
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if ranked[0][1] >= _WEAK_MARGIN * second:
            return _settings({ranked[0][0]}, by_country, totals)
    return ()


def _total(clues: list[Clue]) -> float:
    """Add up clues; many places in a country do not outweigh another country that is named."""
    named = sum(c.weight for c in clues if c.stated)
    return named + min(_MOST_UNNAMED, sum(c.weight for c in clues if not c.stated))


def _settings(
    codes: set[str], clues: dict[str, list[Clue]], totals: dict[str, float]
) -> tuple[Setting, ...]:
    settings = []
    for code in sorted(codes):
        ordered = sorted(clues[code], key=lambda c: (-c.weight, c.start))
        stated = any(c.stated and c.weight >= _STRONG for c in ordered)
        score = 0.55 + (0.1 if stated else 0.0) + 0.3 * min(1.0, totals[code] / 4)
        settings.append(Setting(code, round(score, 4), stated, ordered[0].rule, tuple(ordered)))
    return tuple(settings)
