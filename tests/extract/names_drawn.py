"""Draw names from the gazetteer, misspell them, and invent names that nothing bears."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

from extract.reconcile.catalogue import TYPE_OF_KIND, Catalogue
from extract.reconcile.ranked import ReconcileType
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import NameHit, PlaceRow
from ontology.namespaces import Minter

SHARES = {"taxon": 0.5, "place": 0.35, "organisation": 0.15}
MAIN = ("scientific", "name")
_SHORTEST = 5
_STARTS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "kl", "m", "n", "qu", "r", "st", "v", "zh")
_MIDDLES = ("a", "ai", "e", "ea", "i", "o", "ou", "u", "y")
_ENDS = ("", "l", "n", "nd", "r", "rk", "s", "th", "x")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a name of a row as it is sent, and what is sent with it."""

    type: ReconcileType
    name: str
    sent: str
    country: str | None = None
    how: str = ""


def misspell(name: str, rng: random.Random) -> str:
    """Drop, double, replace or swap one letter so that the folded name changes."""
    while True:
        at = rng.randrange(len(name))
        if not name[at].isalpha():
            continue
        letter = rng.choice(string.ascii_lowercase)
        after = name[at + 1 : at + 2]
        changed = rng.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + after + name[at] + name[at + 2 :] if after.isalpha() else name,
            )
        )
        if fold(changed) != fold(name):
            return changed


class Drawer:
    """Draw names, a third as they are, a third misspelt, a third other names of the row."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._catalogue = Catalogue(gazetteer, minter)
        self._keys = {
            kind: [key for key in sorted(gazetteer.block_of(kind)("")) if key[-1] != " "]
            for kind in SHARES
        }

    def draw(self, count: int, seed: int, kinds: tuple[str, ...] = tuple(SHARES)) -> list[Drawn]:
        """Return names of some kinds in the shares of SHARES."""
        rng = random.Random(seed)
        weights = [SHARES[kind] for kind in kinds]
        return [self._one(rng, rng.choices(kinds, weights)[0], n % 3) for n in range(count)]

    def _one(self, rng: random.Random, kind: str, third: int) -> Drawn:
        wanted: tuple[Callable[[NameHit], bool], ...] = (
            lambda hit: hit.kind in MAIN,
            lambda hit: len(fold(hit.name)) >= _SHORTEST,
            lambda hit: hit.kind not in MAIN,
        )
        while True:
            hits = self._gazetteer.names_of(kind)(rng.choice(self._keys[kind]))
            hits = tuple(hit for hit in hits if hit.kind != "adjective")
            hit = rng.choice(hits) if hits else None
            if hit is None or not wanted[third](hit):
                continue
            row = self._gazetteer.row(kind, hit.row_id)
            country = None
            if isinstance(row, PlaceRow):
                if not row.countries:
                    continue
                country = rng.choice(row.countries)
            sent = misspell(hit.name, rng) if third == 1 else hit.name
            how = ("as it is", "misspelt", "another name")[third]
            return Drawn(TYPE_OF_KIND[kind], hit.name, sent, country, how)

    def bearers(self, drawn: Drawn) -> set[str]:
        """Return the IRIs of all rows of the type and country that bear the name."""
        kind = next(kind for kind, type in TYPE_OF_KIND.items() if type == drawn.type)
        found = set()
        for hit in self._gazetteer.names_of(kind)(fold(drawn.name)):
            row = self._gazetteer.row(kind, hit.row_id)
            there = not isinstance(row, PlaceRow) or drawn.country in (None, *row.countries)
            if there and hit.kind != "adjective":
                found.add(self._catalogue.of_row(kind, hit.row_id).iri)
        return found

    def invent(self, count: int, seed: int) -> list[Drawn]:
        """Return made-up species, places and organisations that no row is called."""
        rng = random.Random(seed)
        invented: list[Drawn] = []
        while len(invented) < count:
            kind = ("taxon", "place", "organisation")[len(invented) % 3]
            name = _invented_name(rng, kind)
            if not self._gazetteer.names_of(kind)(fold(name)):
                country = rng.choice(("KE", "BR", "DE", "IN", "US")) if kind == "place" else None
                invented.append(Drawn(TYPE_OF_KIND[kind], name, name, country))
        return invented


def invented_word(rng: random.Random, syllables: int) -> str:
    """Return a word of syllables that can be spoken."""
    return "".join(
        rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS) for _ in range(syllables)
    )


def _invented_name(rng: random.Random, kind: str) -> str:
    word = invented_word(rng, rng.choice((2, 3)))
    if kind == "taxon":
        if rng.random() < 0.5:
            return f"{word.capitalize()}us {invented_word(rng, 2)}ensis"
        return f"{word} {rng.choice(('frog', 'warbler', 'bat', 'carp', 'orchid'))}"
    if kind == "place":
        return rng.choice(("Lake {}", "{} National Park", "{} River", "{}")).format(
            word.capitalize()
        )
    return rng.choice(("{} Trust", "Friends of {}", "Ministry of {}", "{} Foundation")).format(
        word.capitalize()
    )
