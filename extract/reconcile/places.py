"""Link names of places: to the gazetteer where one place fits, else to a place of their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from extract.matching.place_scan import PlaceLookup
from extract.reconcile.place_kinds import (
    is_wide,
    kinds_agree,
    place_type_of,
    standing,
)
from extract.reconcile.place_scores import (
    Surroundings,
    is_great,
    is_inside,
    is_same_place,
    is_small,
    order_of,
    prominence,
)
from ontology.gazetteer.folding import fold
from ontology.gazetteer.rows import NameHit, PlaceRow

LINK_THRESHOLD = 0.5
_LOCAL = frozenset(("settlement", "admin2"))
_ABROAD_GREAT = 0.08
_REPAIRABLE = 6
_ABROAD = 0.3
"""Malus of a place in none of the countries that the text speaks of."""
_ONLY = 0.3
"""Bonus of the only place that bears a name with a type word."""
_UNTYPED = 0.1
_TIED = 0.02
_LEAST_SHARE = 0.2
_SETTLED_WEIGHT = 0.5
_KNOWN_RANK = 7
_KNOWN = 0.26
"""Bonus of the only feature of a name, where the map shows it at a middle scale."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Hold what the recogniser knows of one mention, in order of the text."""

    start: int
    end: int
    text: str
    core: str
    """The text without the direction before it."""
    name: str = ""
    """The bare name, its type word left out."""
    rows: tuple[int, ...] = ()
    name_rows: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    """What the type word beside it says."""
    type_word: str = ""
    direction: str = ""
    refers: tuple[int, int] | None = None
    """Bounds of the earlier mention that this short form stands for."""
    typed: bool = False
    listed: bool = False
    """It shares its type word with other names of a list."""
    type_first: bool = False
    score: float = 0.0
    weight: float = 1.0
    """What the words around it leave of it as a place of the work."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold the ranked rows of a mention; ``row`` is None where none fits well enough."""

    row: PlaceRow | None
    ranked: tuple[tuple[PlaceRow, float], ...] = ()


@dataclass(slots=True)
class PlaceContext:
    """Hold what a document says of where it is."""

    countries: Mapping[str, float] = field(default_factory=dict)
    """Weights of the countries that adjectives name."""
    votes: Mapping[int, tuple[str, float]] = field(default_factory=dict)
    """What a mention that can only be in one country says for it, by the mention's number."""
    containers: dict[int, int] = field(default_factory=dict)
    """Number of the mention in which each mention is said to lie."""

    def weights(self, without: Collection[int] = ()) -> dict[str, float]:
        """Return the weights of countries, some mentions left out."""
        weights = dict(self.countries)
        for number, (country, weight) in self.votes.items():
            if number not in without:
                weights[country] = weights.get(country, 0.0) + weight
        return weights


class PlaceLinker:
    """Rank the rows of each mention in the light of the others."""

    def __init__(self, gazetteer: PlaceLookup) -> None:
        self.gazetteer = gazetteer

    def link(self, mentions: Sequence[PlaceMention], context: PlaceContext) -> list[Choice]:
        """Return a choice for each mention: countries first, then the names of one meaning."""
        options = _repair([self.rows(mention) for mention in mentions], mentions)
        settled: dict[int, PlaceRow] = {}
        for number, rows in enumerate(options):
            country = next((row for row in rows if row.kind == "country"), None)
            if country is not None and len({row.row_id for row in rows}) == 1:
                settled[number] = country
        choices: dict[tuple[str, tuple[str, ...]], Choice] = {}
        order = sorted(range(len(mentions)), key=lambda n: (len(options[n]) or 99, n))
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for number in order:
            key = fold(mentions[number].core), mentions[number].kinds
            groups.setdefault(key, []).append(number)
        for key, numbers in groups.items():
            rows = options[numbers[0]]
            containers = [
                settled[context.containers[n]]
                for n in numbers
                if context.containers.get(n) in settled
            ]
            others = {n: row for n, row in settled.items() if n not in numbers}
            weights = context.weights(numbers)
            for number, row in others.items():
                if number not in context.votes and len(row.countries) == 1:
                    code = row.countries[0]
                    weights[code] = weights.get(code, 0.0) + _SETTLED_WEIGHT
            distinct = tuple({row.row_id: row for row in others.values()}.values())
            surroundings = Surroundings(weights, distinct, tuple(containers))
            ranked = self._rank(mentions[numbers[0]], rows, surroundings)
            choice = self._choose(ranked)
            choices[key] = choice
            if choice.row is not None:
                settled.update((n, choice.row) for n in numbers)
        return [choices[fold(m.core), m.kinds] for m in mentions]

    def rows(self, mention: PlaceMention) -> tuple[PlaceRow, ...]:
        """Return the rows that a mention may mean, by its text and by name and type word."""
        found = dict.fromkeys(mention.rows)
        if not found and mention.type_word and mention.name:
            for name in (
                f"{mention.name} {mention.type_word}",
                f"{mention.type_word} {mention.name}",
            ):
                found.update((hit.row_id, None) for hit in self._names(name))
        if not found:
            found.update((hit.row_id, None) for hit in self._names(mention.core))
        rows = [self.gazetteer.place(row) for row in found]
        if not rows and mention.kinds:
            bare = [self.gazetteer.place(row) for row in mention.name_rows] or [
                self.gazetteer.place(hit.row_id) for hit in self._names(mention.name)
            ]
            rows = [row for row in bare if place_type_of(row.kind) in mention.kinds] or [
                row for row in bare if kinds_agree(row.kind, mention.kinds)
            ]
        elif (
            mention.kinds
            and all(row.kind != "country" for row in rows)
            and any(kinds_agree(row.kind, mention.kinds) for row in rows)
        ):
            rows = [row for row in rows if kinds_agree(row.kind, mention.kinds)]
        if not mention.kinds or mention.rows:
            rows = _without_namesakes(rows)
        return tuple(dict.fromkeys(rows))

    def _whole_names(self, mention: PlaceMention) -> bool:
        """Tell whether a table has the name together with its type word."""
        word, name = mention.type_word, mention.name
        forms = (mention.core, f"{name} {word}", f"{word} {name}")
        return any(self._names(form) for form in forms)

    def _names(self, name: str) -> list[NameHit]:
        return [hit for hit in self.gazetteer.place_names(fold(name)) if hit.kind != "adjective"]

    def _rank(
        self, mention: PlaceMention, rows: tuple[PlaceRow, ...], surroundings: "Surroundings"
    ) -> tuple[tuple[PlaceRow, float], ...]:
        whole = mention.typed and (bool(mention.rows) or self._whole_names(mention))
        telling = whole or any(row.kind == "admin1" for row in rows)
        alone = telling and len({row.countries for row in rows}) == 1
        bonus = _ONLY if alone else 0.0
        if rows and not mention.typed and all(row.needs_type_word for row in rows):
            bonus += _UNTYPED
            if len(rows) == 1 and rows[0].rank is not None and rows[0].rank <= _KNOWN_RANK:
                bonus += _KNOWN
        ranked = [(row, self._score(mention, row, surroundings) + bonus) for row in rows]
        ranked.sort(key=lambda item: (-round(item[1], 3), item[0].lat is None, order_of(item[0])))
        return tuple(ranked)

    def _score(self, mention: PlaceMention, row: PlaceRow, surroundings: "Surroundings") -> float:
        score = 0.55 + prominence(row)
        if row.needs_type_word and not mention.typed:
            score -= _UNTYPED
        if mention.kinds and not mention.rows:
            score += 0.15 if kinds_agree(row.kind, mention.kinds) else -0.25
        if row.kind == "country":
            return score
        if surroundings.containers:
            inside = any(is_inside(row, container) for container in surroundings.containers)
            return score + (0.3 if inside else -0.3)
        total = sum(surroundings.weights.values())
        if not (row.countries and total):
            return score
        share = sum(surroundings.weights.get(code, 0.0) for code in row.countries) / total
        if share and not (share < _LEAST_SHARE and is_small(row)):
            score += 0.15 + 0.15 * min(share, 1.0)
            if row.kind in _LOCAL:
                score += surroundings.closeness(row)
        elif not is_wide(row):
            if is_great(row) and not mention.kinds:
                return score - _ABROAD_GREAT + max(0.0, surroundings.nearness(row))
            score -= _ABROAD - surroundings.nearness(row)
        return score

    def _choose(self, ranked: tuple[tuple[PlaceRow, float], ...]) -> Choice:
        if not ranked or ranked[0][1] < LINK_THRESHOLD:
            return Choice(None, ranked)
        score = ranked[0][1]
        level = [row for row, other in ranked if score - other < _TIED]
        best = min(level, key=standing)
        if any(
            standing(best) >= standing(row) and row is not best and not is_same_place(best, row)
            for row in level
        ):
            return Choice(None, ranked)
        return Choice(best, ranked)


def _repair(
    options: list[tuple[PlaceRow, ...]], mentions: Sequence[PlaceMention]
) -> list[tuple[PlaceRow, ...]]:
    """Give a name that no table knows the rows of one in the text that a slip of the pen parts."""
    known = {m.core: rows for m, rows in zip(mentions, options, strict=True) if rows}
    repaired = list(options)
    for number, mention in enumerate(mentions):
        if options[number] or mention.kinds or len(mention.core) < _REPAIRABLE:
            continue
        for core in sorted(known):
            if OSA.distance(mention.core, core, score_cutoff=1) <= 1:
                repaired[number] = known[core]
                break
    return repaired


def _without_namesakes(rows: list[PlaceRow]) -> list[PlaceRow]:
    """Keep of the rows of a country's bare name the country, and provinces of other countries."""
    countries = {code for row in rows if row.kind == "country" for code in row.countries}
    if not countries:
        return rows
    return [
        row
        for row in rows
        if row.kind == "country" or (row.kind == "admin1" and countries.isdisjoint(row.countries))
    ]
