"""Invent names of taxa, places, actors and projects that no list of names holds."""

from collections.abc import Sequence
from random import Random

from extract.records import ACTOR_TYPES, ActorType, Entity
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
_COUNTRIES = (
    ("AU", "Australia", -25.0, 134.0),
    ("BR", "Brazil", -10.0, -52.0),
    ("CN", "China", 36.0, 104.0),
    ("CR", "Costa Rica", 10.0, -84.1),
    ("ES", "Spain", 40.2, -3.6),
    ("IN", "India", 22.9, 79.6),
    ("KE", "Kenya", 0.6, 37.8),
    ("MN", "Mongolia", 46.8, 103.0),
    ("RO", "Romania", 45.8, 25.0),
    ("US", "United States", 39.5, -98.4),
    ("ZA", "South Africa", -29.0, 25.1),
)
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
    """Return real countries, so that questions about countries have answers."""
    return [
        Entity(
            iri=minter.country(code),
            kind="place",
            label=label,
            place_type="country",
            countries=(code,),
            lat=lat,
            lon=lon,
        )
        for code, label, lat, lon in _COUNTRIES
    ]


def invent_places(random: Random, count: int, minter: Minter) -> list[Entity]:
    """Make places with coordinates near the middle of a country."""
    places = []
    for _ in range(count):
        code, _label, lat, lon = random.choice(_COUNTRIES)
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
