"""Settle which organisation, group or project a mention names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.reconcile.exact_matches import exact_matches
from extract.records import ActorType, Candidate, Entity
from ontology.gazetteer.folding import fold
from ontology.gazetteer.rows import NameHit, OrganisationRow
from ontology.namespaces import Minter, slugify

_MOST_CANDIDATES = 5
_COUNTRY_BOUND: frozenset[ActorType] = frozenset(("government",))


@dataclass(frozen=True, slots=True)
class ActorNamed:
    """Hold what a text says of one actor before it is linked."""

    name: str
    type: ActorType
    rows: tuple[int, ...] = ()
    alternates: tuple[str, ...] = ()
    named: bool = True
    country: str = ""


@dataclass(frozen=True, slots=True)
class ActorLink:
    """Tie an actor to its entity; the candidates are offered where several rows share a name."""

    entity: Entity
    candidates: tuple[Candidate, ...]


class ActorLinker:
    """Link actors of one text; one name, one entity."""

    def __init__(
        self,
        minter: Minter,
        names: Callable[[str], tuple[NameHit, ...]],
        row: Callable[[int], OrganisationRow],
        countries: Sequence[str],
    ) -> None:
        """Take the countries of the text, likeliest first."""
        self._minter = minter
        self._names = names
        self._row = row
        self._countries = tuple(countries)

    def link(self, actor: ActorNamed) -> ActorLink:
        """Return the entity of an actor."""
        if not actor.named:
            return ActorLink(self._group(actor), ())
        rows = [self._row(number) for number in self._rows_of(actor)]
        chosen = self._choose(rows, actor)
        candidates = tuple(
            Candidate(
                iri=self._minter.actor(row.key),
                label=_label(row),
                score=0.95 if row == chosen else 0.5,
                match=row == chosen,
            )
            for row in rows[:_MOST_CANDIDATES]
        )
        if chosen is None:
            return ActorLink(self._unlisted(actor), candidates)
        return ActorLink(self._listed(chosen, actor), candidates)

    def project(self, actor: ActorNamed) -> Entity:
        """Return the entity of a project."""
        return Entity(
            iri=self._minter.project(slugify(actor.name)),
            kind="project",
            label=actor.name,
            alt_labels=_others(actor.alternates, actor.name),
        )

    def _rows_of(self, actor: ActorNamed) -> tuple[int, ...]:
        if actor.rows:
            return actor.rows
        hits = self._names(fold(actor.name))
        return tuple(dict.fromkeys(hit.row_id for hit in hits if hit.kind != "acronym"))

    def _choose(self, rows: Sequence[OrganisationRow], actor: ActorNamed) -> OrganisationRow | None:
        """Choose the only row, else the only one of a country of the text."""
        here = [row for row in rows if row.country in self._countries]
        if len(rows) == 1:
            row = rows[0]
            elsewhere = row.country and self._countries and row.country not in self._countries
            return None if elsewhere and _is_common(row, actor) else row
        if len(here) == 1:
            return here[0]
        worldwide = [row for row in rows if not row.country]
        return worldwide[0] if len(worldwide) == 1 and not here else None

    def _listed(self, row: OrganisationRow, actor: ActorNamed) -> Entity:
        return Entity(
            iri=self._minter.actor(row.key),
            kind="actor",
            label=row.name,
            actor_type=_actor_type(row.type, actor.type),
            named=True,
            countries=(row.country,) if row.country else (),
            exact_match=exact_matches(row),
            alt_labels=_others((row.acronym, actor.name, *actor.alternates), row.name),
        )

    def _unlisted(self, actor: ActorNamed) -> Entity:
        """Mint an entity from name and, for a body that every state has, its country."""
        country = actor.country
        if not country and actor.type in _COUNTRY_BOUND and self._countries:
            country = self._countries[0]
        key = slugify(actor.name) + (f"-{country.lower()}" if country else "")
        return Entity(
            iri=self._minter.actor(key),
            kind="actor",
            label=actor.name,
            actor_type=actor.type,
            named=True,
            countries=(country,) if country else (),
            alt_labels=_others(actor.alternates, actor.name),
        )

    def _group(self, actor: ActorNamed) -> Entity:
        """Mint the class of a group: the same words are the same node in every text."""
        return Entity(
            iri=self._minter.actor(f"group-{slugify(actor.name)}"),
            kind="actor",
            label=actor.name,
            actor_type=actor.type,
            named=False,
        )


def describe_organisation(row: OrganisationRow, minter: Minter) -> Entity:
    """Describe an organisation of the gazetteer by what its row holds."""
    return Entity(
        iri=minter.actor(row.key),
        kind="actor",
        label=row.name,
        actor_type=_actor_type(row.type, "other"),
        named=True,
        countries=(row.country,) if row.country else (),
        exact_match=exact_matches(row),
        alt_labels=_others((row.acronym,), row.name),
    )


def _is_common(row: OrganisationRow, actor: ActorNamed) -> bool:
    """Tell whether a name may also be that of a body in another country."""
    return (row.type == "government" and fold(actor.name) != fold(row.name)) or (
        actor.name.isupper() and fold(actor.name) == fold(row.acronym)
    )


def _label(row: OrganisationRow) -> str:
    return f"{row.name} ({row.country})" if row.country else row.name


def _others(names: Sequence[str], label: str) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name and name != label}))


def _actor_type(listed: str, read: ActorType) -> ActorType:
    """Take the type of the list where it is one of ours."""
    types: dict[str, ActorType] = {
        "igo": "igo",
        "government": "government",
        "ngo": "ngo",
        "research": "research",
        "private": "private",
        "community": "community",
        "fund": "fund",
        "network": "network",
    }
    return types.get(listed, read)
