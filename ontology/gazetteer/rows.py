"""Rows of the gazetteer as the rest of the project sees them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameHit:
    """Tie one written name to a row; hits of a key come in the order of their likelihood."""

    row_id: int
    name: str
    lang: str
    source: str
    priority: int
    """0 is best; a checklist or hand-made name comes before a mined one."""
    kind: str
    """Taxa: scientific, synonym, subspecies of, vernacular, group, domestic, crop, role (a word
    for a use or role that is no taxon), head (last word that only one genus or family has).
    Places: name, alternate, adjective, short (a protected area without its
    type word). Organisations: name, alternate, acronym."""


@dataclass(frozen=True, slots=True)
class TaxonRow:
    """Describe a taxon, or a group word that has none (``rank`` is then ``group``)."""

    row_id: int
    key: str
    scientific_name: str
    rank: str
    kingdom: str
    """animal, plant, fungus or empty."""
    class_name: str
    order: str
    family: str
    parent: int | None
    """Row of the next wider taxon that is known."""
    ncbi: str
    wikidata: str
    gbif: str
    identifiers: tuple[tuple[str, str], ...]
    """Further databases with their numbers."""
    name_en: str
    name_fr: str
    name_es: str

    @property
    def label(self) -> str:
        """Return the preferred English name, else the scientific one."""
        return self.name_en or self.scientific_name


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Describe a place; ``kind`` is the word of its source table."""

    row_id: int
    key: str
    name: str
    kind: str
    """country, admin1, admin2, protected_area, or the feature word: river, lake, mountains …"""
    table: str
    """The table that the row stands in."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes."""
    lat: float | None
    lon: float | None
    bbox: tuple[float, float, float, float] | None
    """West, south, east, north."""
    precision: str
    """What the coordinate is, in the words of the table."""
    parent: int | None
    code: str
    """ISO 3166-2 code, or alpha-2 code of a country."""
    designation: str
    wikidata: str
    geonames: str
    rank: int | None
    """Natural Earth's scale rank, 0 the most important."""
    needs_type_word: bool
    bordering: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    """Further databases with their numbers."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """Describe an organisation; ``type`` is an actor type."""

    row_id: int
    key: str
    name: str
    acronym: str
    type: str
    iati_code: str
    ror_type: str
    country: str
    wikidata: str
    ror: str
    url: str
    identifiers: tuple[tuple[str, str], ...] = ()
    """Further databases with their numbers."""
