"""Turn the choices of the linker into entities; places that no table knows get their own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.reconcile.place_entities import Area, PlaceEntities
from extract.reconcile.place_kinds import is_wide, size_of
from extract.reconcile.places import Choice, PlaceContext, PlaceMention
from extract.records import Entity
from ontology.gazetteer.rows import PlaceRow

_DOMINANT = 0.55
_NEAR_CHARACTERS = 600
_SENTENCE_CHARACTERS = 200
_LONGEST_NAME = 200
_SENTENCE_END = re.compile(r"[.!?]\s|\n\n")
_TELLING = 0.7
_NAMESAKE_MARGIN_KM = 40.0
_NEAR_MARGIN_KM = 100.0
_LOCAL_SIZE = 4
_NAMED_AFTER_TOWNS = frozenset(("site", "road", "settlement", "admin2", "sea"))
_NEIGHBOURS = frozenset(("settlement", "admin2"))
_UNKNOWN_TYPE = "site"
_CERTAIN = 0.7


@dataclass(frozen=True, slots=True)
class Resolution:
    """Hold what a mention stands for: its entity first, then the wider ones; none if unlinked."""

    entities: tuple[Entity, ...]
    countries: tuple[str, ...]
    ranked: tuple[tuple[PlaceRow, float], ...] = ()
    minted: bool = False
    wide: bool = False


def resolve_places(
    text: str,
    mentions: Sequence[PlaceMention],
    choices: Sequence[Choice],
    context: PlaceContext,
    entities: PlaceEntities,
) -> list[Resolution]:
    """Return a resolution for each mention; short forms take that of the name they stand for."""
    resolver = _Resolver(text, mentions, choices, context, entities)
    return [resolver.resolve(number) for number in range(len(mentions))]


class _Resolver:
    def __init__(
        self,
        text: str,
        mentions: Sequence[PlaceMention],
        choices: Sequence[Choice],
        context: PlaceContext,
        entities: PlaceEntities,
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.choices = choices
        self.context = context
        self.entities = entities
        self.number_of = {(m.start, m.end): n for n, m in enumerate(mentions)}
        self.known: dict[int, Resolution] = {}
        self.by_name: dict[str, list[int]] = {}
        for number, mention in enumerate(mentions):
            self.by_name.setdefault(mention.core.casefold(), []).append(number)
        self.order = sorted(range(len(mentions)), key=lambda number: mentions[number].start)
        self.starts = [mentions[number].start for number in self.order]
        self.weights = context.weights() or self._local_countries()

    def resolve(self, number: int) -> Resolution:
        if number not in self.known:
            self.known[number] = self._resolve(number)
        return self.known[number]

    def _resolve(self, number: int) -> Resolution:
        mention = self.mentions[number]
        source = self.number_of.get(mention.refers) if mention.refers else None
        if source is not None and source != number and not self.mentions[source].refers:
            return self.resolve(source)
        choice = self.choices[number]
        if choice.row is None:
            return self._mint(number, choice)
        found = self.entities.of_row(choice.row)
        if choice.row.lat is None:
            found = self._placed(number, choice.row, found)
        if mention.direction:
            found = self.entities.part(found[0], mention.direction, choice.row) + found[1:]
        return Resolution(found, found[0].countries, choice.ranked, wide=is_wide(choice.row))

    def _placed(self, number: int, row: PlaceRow, found: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Give a row without a point that of what the text sets around it."""
        area = self._area(number, row.countries)
        if area.lat is None:
            return found
        first = found[0]
        placed = Entity(
            iri=first.iri,
            kind=first.kind,
            label=first.label,
            place_type=first.place_type,
            countries=first.countries,
            lat=area.lat,
            lon=area.lon,
            precision_km=area.radius_km,
            exact_match=first.exact_match,
            broader=first.broader,
        )
        return (placed, *found[1:])

    def _container(self, number: int) -> tuple[PlaceRow | None, Entity | None]:
        """Return the row and entity in which the text sets a mention, or any of its name."""
        for candidate in self._same_name(number):
            container = self.context.containers.get(candidate)
            row = self.choices[container].row if container is not None else None
            if row is not None and not is_wide(row):
                return row, self.entities.of_row(row)[0]
        return None, None

    def _countries(self, number: int) -> tuple[str, ...]:
        """Return the one country in which an unknown place must lie, none where unclear."""
        container, _ = self._container(number)
        if container is not None and container.countries:
            return container.countries if len(container.countries) <= 2 else ()
        for same in self._same_name(number):
            together = self._sentence_countries(same)
            if len(together) == 1:
                return tuple(together)
        weights = self.weights
        namesake = self._namesake(number, tuple(weights))
        if namesake is not None:
            return namesake.countries
        total = sum(weights.values())
        if total:
            code, weight = max(sorted(weights.items()), key=lambda item: item[1])
            if weight >= _DOMINANT * total:
                return (code,)
        return ()

    def _same_name(self, number: int) -> list[int]:
        """Return a mention and then the others of its name."""
        same = self.by_name[self.mentions[number].core.casefold()]
        return [number, *(n for n in same if n != number)]

    def _near(self, number: int, characters: int) -> list[tuple[int, PlaceRow]]:
        """Return the linked mentions that start within so many characters, in order of number.

        Only these are looked at, so that a long text costs no more a mention than a short one.
        """
        here = self.mentions[number].start
        window = self.order[
            bisect_left(self.starts, here - characters) : bisect_right(
                self.starts, here + characters
            )
        ]
        return [
            (other, row)
            for other in sorted(window)
            if other != number and (row := self.choices[other].row) is not None
        ]

    def _nearest_country(self, number: int) -> tuple[str, ...]:
        """Return the country of the nearest linked place of the work: a guess, and no evidence."""
        here = self.mentions[number].start
        near = [
            (abs(self.mentions[other].start - here), row.countries)
            for other, row in self._near(number, _NEAR_CHARACTERS)
            if len(row.countries) == 1 and self.mentions[other].weight >= _TELLING
        ]
        return min(near, default=(0, ()))[1]

    def _sentence_countries(self, number: int) -> set[str]:
        """Return the countries of the places that stand shortly before or after in a sentence."""
        mention = self.mentions[number]
        found: set[str] = set()
        for other, row in self._near(number, _SENTENCE_CHARACTERS + _LONGEST_NAME):
            if len(row.countries) != 1:
                continue
            first, last = sorted((mention, self.mentions[other]), key=lambda m: m.start)
            gap = self.text[first.end : last.start]
            near = len(gap) < _SENTENCE_CHARACTERS and not _SENTENCE_END.search(gap)
            if near and self.mentions[other].weight >= _TELLING:
                found.update(row.countries)
        return found

    def _local_countries(self) -> Mapping[str, float]:
        """Count the countries of the linked places where the text names no country."""
        weights: dict[str, float] = {}
        for choice in self.choices:
            if choice.row is not None and len(choice.row.countries) == 1:
                code = choice.row.countries[0]
                weights[code] = weights.get(code, 0) + 1
        return weights

    def _area(self, number: int, countries: tuple[str, ...]) -> Area:
        """Return the narrowest area that the text gives: container, neighbour, country."""
        container, _ = self._container(number)
        if container is not None and size_of(container) <= _LOCAL_SIZE:
            return self.entities.area(container)
        namesake = self._namesake(number, countries)
        if namesake is not None:
            area = self.entities.area(namesake)
            return Area(area.lat, area.lon, (area.radius_km or 0.0) + _NAMESAKE_MARGIN_KM)
        neighbour = self._neighbour(number, countries)
        if neighbour is not None:
            area = self.entities.area(neighbour)
            return Area(area.lat, area.lon, (area.radius_km or 0.0) + _NEAR_MARGIN_KM)
        province = self._province(countries) or container
        if province is not None:
            return self.entities.area(province)
        if len(countries) == 1 and countries[0] in self.entities.countries:
            return self.entities.area(self.entities.countries[countries[0]])
        return Area()

    def _namesake(self, number: int, countries: tuple[str, ...]) -> PlaceRow | None:
        """Return the town or district after which a site is named: Bangkok airport."""
        mention = self.mentions[number]
        if not mention.kinds or not set(mention.kinds) <= _NAMED_AFTER_TOWNS:
            return None
        rows = [self.entities.gazetteer.place(row) for row in mention.name_rows]
        towns = [r for r in rows if r.kind in _NEIGHBOURS and set(r.countries) & set(countries)]
        return min(towns, key=lambda r: (r.rank is None, r.rank or 0, r.key), default=None)

    def _province(self, countries: tuple[str, ...]) -> PlaceRow | None:
        """Return the one province of a country that the text names, none where it names more."""
        named = {
            choice.row.row_id: choice.row
            for choice in self.choices
            if choice.row is not None
            and choice.row.kind == "admin1"
            and set(choice.row.countries) & set(countries)
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def _neighbour(self, number: int, countries: tuple[str, ...]) -> PlaceRow | None:
        """Return the nearest known local place of the same country in the text."""
        here = self.mentions[number].start
        best: tuple[int, int] | None = None
        for other, row in self._near(number, _NEAR_CHARACTERS):
            if row.lat is None or is_wide(row):
                continue
            if row.kind not in _NEIGHBOURS or not set(row.countries) & set(countries):
                continue
            gap = abs(self.mentions[other].start - here)
            if best is None or (size_of(row), gap) < best[:2]:
                best = (size_of(row), gap)
                found = row
        return found if best is not None else None

    def _mint(self, number: int, choice: Choice) -> Resolution:
        mention = self.mentions[number]
        certain = self._countries(number)
        countries = certain or self._nearest_country(number)
        if not countries and mention.score < _CERTAIN:
            return Resolution((), (), choice.ranked)
        if choice.ranked and (mention.rows or not mention.kinds):
            return Resolution((), (), choice.ranked)
        _, container = self._container(number)
        found = self.entities.minted(
            _label(mention),
            mention.kinds[0] if mention.kinds else _UNKNOWN_TYPE,
            countries,
            self._area(number, countries),
            container,
        )
        if mention.direction:
            found = self.entities.part(found[0], mention.direction, None) + found[1:]
        return Resolution(found, certain, choice.ranked, minted=True)


def _label(mention: PlaceMention) -> str:
    """Return a name that stands alone: the type word of a list is set beside each name."""
    settled = bool(_NAMED_AFTER_TOWNS & set(mention.kinds))
    if mention.listed and mention.name and mention.type_word and not settled:
        if mention.type_first:
            return f"{mention.type_word} {mention.name}"
        return f"{mention.name} {mention.type_word}"
    return mention.core
