"""Invent names of taxa, places, actors and projects that no list of names holds."""

from collections.abc import Sequence
from random import Random

from extract.records import ACTOR_TYPES, ActorType, Entity
from ontology.gazetteer.tables import iterate_table
from ontology.namespaces import Minter, slugify

_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "t",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "ae", "ia", "ou")
_CODAS = ("", "l", "m", "n", "r", "s", "x")
_COUNTRIES = ("AU", "BR", "CN", "CR", "ES", "IN", "KE", "MN", "RO", "US", "ZA")
_TYPES: tuple[ActorType, ...] = tuple(t for t in ACTOR_TYPES if t not in ("person", "other"))
_PLACE_TYPES = ("protected_area", "river", "mountains", "lake", "region")


def invent_word(random: Random, syllables: int) -> str:
    """Make a pronounceable word that means nothing."""
    return "".join(
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
        for _ in range(syllables)
    )


def invent_taxa(random: Random, count: int, minter: Minter) -> tuple[list[Entity], list[Entity]]:
    """Make species, and the genera, families and one class above them."""
    top = _taxon(minter, f"{invent_word(random, 2).capitalize()}alia", "class", ())
    wider = [top]
    species: list[Entity] = []
    while len(species) < count:
        family = _taxon(minter, f"{invent_word(random, 2).capitalize()}idae", "family", (top.iri,))
        wider.append(family)
        for _ in range(random.randint(1, 4)):
            name = invent_word(random, 2).capitalize()
            genus = _taxon(minter, name, "genus", (family.iri,))
            wider.append(genus)
            for _ in range(random.randint(1, 4)):
                binomial = f"{name} {invent_word(random, 3)}"
                label = f"{invent_word(random, 1)}-{invent_word(random, 2)}"
                species.append(_taxon(minter, binomial, "species", (genus.iri,), label))
    return species[:count], wider


def _taxon(
    minter: Minter, name: str, rank: str, broader: Sequence[str], label: str | None = None
) -> Entity:
    return Entity(
        iri=minter.taxon(f"generated-{slugify(name)}"),
        kind="species",
        label=label or name,
        scientific_name=name,
        rank=rank,
        broader=tuple(broader),
    )


def invent_countries(minter: Minter) -> list[Entity]:
    """Return real countries with their real points, for the vocabularies describe them too."""
    return [
        Entity(
            iri=minter.country(row["iso2"]),
            kind="place",
            label=row["name"],
            place_type="country",
            countries=(row["iso2"],),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for row in iterate_table("countries")
        if row["iso2"] in _COUNTRIES
    ]


def invent_places(
    random: Random, count: int, countries: Sequence[Entity], minter: Minter
) -> list[Entity]:
    """Make places with coordinates near the middle of a country."""
    points = [(c.countries[0], c.lat or 0.0, c.lon or 0.0) for c in countries]
    places = []
    for _ in range(count):
        code, lat, lon = random.choice(points)
        label = invent_word(random, 3).capitalize()
        places.append(
            Entity(
                iri=minter.place(f"generated-{slugify(label)}-{code.lower()}"),
                kind="place",
                label=label,
                place_type=random.choice(_PLACE_TYPES),
                countries=(code,),
                lat=round(lat + random.uniform(-3, 3), 4),
                lon=round(lon + random.uniform(-3, 3), 4),
                precision_km=float(random.randint(1, 50)),
                broader=(minter.country(code),),
            )
        )
    return places


def invent_actors(random: Random, count: int, minter: Minter) -> list[Entity]:
    """Make named actors of every type."""
    actors = []
    for _ in range(count):
        label = f"{invent_word(random, 2).capitalize()} {invent_word(random, 3).capitalize()}"
        actors.append(
            Entity(
                iri=minter.actor(f"generated-{slugify(label)}"),
                kind="actor",
                label=label,
                actor_type=random.choice(_TYPES),
                named=True,
            )
        )
    return actors
