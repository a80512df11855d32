"""The databases whose identifiers the gazetteer may hold: their forms and their IRIs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rdflib import Namespace

from ontology.namespaces import (
    AMPHIBIAWEB,
    AVIBASE,
    COL,
    EBIRD,
    GBIF_SPECIES,
    GEONAMES,
    ISO_COUNTRY,
    ITIS,
    MDD,
    NCBITAXON,
    PROTECTED_PLANET,
    RED_LIST,
    ROR,
    SPECIES_PLUS,
    WIKIDATA,
    WORMS,
)

_NUMBER = r"[1-9]\d*"
_WIKIDATA_PAGES = ("https://www.wikidata.org/wiki/", "https://www.wikidata.org/entity/")


@dataclass(frozen=True, slots=True)
class Database:
    """Describe one database: its short name, the form of its identifiers, their IRIs."""

    key: str
    name: str
    kinds: tuple[str, ...]
    """Kinds of rows that bear its identifiers: taxon, place, organisation."""
    pattern: str
    example: str
    space: Namespace | None = None
    """Where its IRIs begin; None where an identifier by itself has no address."""
    ending: str = ""
    """What follows the identifier in an IRI."""
    addressed: str = ""
    """Form of the identifiers that have an IRI; empty where all have."""
    aliases: tuple[str, ...] = ()
    other_spaces: tuple[str, ...] = field(default=())
    """Other ways in which people write the address."""

    def matches(self, identifier: str) -> bool:
        """Tell whether an identifier is written as this database writes them."""
        return re.fullmatch(self.pattern, identifier) is not None

    def iri(self, identifier: str) -> str:
        """Return the IRI of an identifier, empty where there is none or it is malformed."""
        form = self.addressed or self.pattern
        if self.space is None or not re.fullmatch(form, identifier):
            return ""
        return f"{self.space}{identifier}{self.ending}"

    def clean(self, text: str) -> str:
        """Reduce an identifier, a CURIE or an address of this database to the identifier."""
        value = text.strip()
        for space in (str(self.space), *self.other_spaces) if self.space else ():
            for start in (space, space.replace("https:", "http:", 1)):
                value = value.removeprefix(start)
        prefix, colon, rest = value.partition(":")
        if colon and prefix.casefold() in (self.key, *self.aliases):
            value = rest
        return value.strip().strip("/")


DATABASES: tuple[Database, ...] = (
    Database("amphibiaweb", "AmphibiaWeb", ("taxon",), _NUMBER, "5082", AMPHIBIAWEB),
    Database("avibase", "Avibase", ("taxon",), r"[0-9A-F]{8,16}", "B3F5E5E2", AVIBASE),
    Database("col", "Catalogue of Life", ("taxon",), r"[0-9A-Z]+", "4CGXP", COL),
    Database("ebird", "eBird", ("taxon",), r"[a-z0-9-]+", "emchum1", EBIRD),
    Database("gbif", "GBIF", ("taxon",), _NUMBER, "5219426", GBIF_SPECIES),
    Database("geonames", "GeoNames", ("place",), _NUMBER, "192950", GEONAMES, "/"),
    Database(
        "iso",
        "ISO 3166",
        ("place",),
        r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?",
        "CR",
        ISO_COUNTRY,
        addressed=r"[A-Z]{2}",
        aliases=("iso2", "iso3166"),
    ),
    Database("iso3", "ISO 3166 alpha-3", ("place",), r"[A-Z]{3}", "CRI"),
    Database("itis", "ITIS", ("taxon",), _NUMBER, "180593", ITIS, aliases=("tsn",)),
    Database(
        "iucn",
        "IUCN Red List",
        ("taxon",),
        _NUMBER,
        "22687170",
        RED_LIST,
        aliases=("iucn_redlist_id", "redlist"),
    ),
    Database("m49", "UN M49", ("place",), r"\d{3}", "188"),
    Database("mdd", "Mammal Diversity Database", ("taxon",), _NUMBER, "1006021", MDD),
    Database(
        "ncbi",
        "NCBI Taxonomy",
        ("taxon",),
        _NUMBER,
        "9690",
        NCBITAXON,
        aliases=("ncbitaxon", "taxid", "txid"),
    ),
    Database("reptile_database", "Reptile Database", ("taxon",), _NUMBER, "11256"),
    Database("ror", "ROR", ("organisation",), r"0[a-z0-9]{6}\d{2}", "034t30j35", ROR),
    Database(
        "speciesplus",
        "Species+",
        ("taxon",),
        _NUMBER,
        "6385",
        SPECIES_PLUS,
        aliases=("speciesplus_cites_id", "speciesplus_cms_id"),
        other_spaces=("https://speciesplus.net/species#/taxon_concepts/",),
    ),
    Database(
        "wdpa", "World Database on Protected Areas", ("place",), _NUMBER, "916", PROTECTED_PLANET
    ),
    Database("whs", "World Heritage List", ("place",), _NUMBER, "573"),
    Database(
        "wikidata",
        "Wikidata",
        ("taxon", "place", "organisation"),
        r"Q[1-9]\d*",
        "Q35694",
        WIKIDATA,
        aliases=("wd", "qid"),
        other_spaces=_WIKIDATA_PAGES,
    ),
    Database("wikipedia_en", "English Wikipedia", ("taxon",), r"\S.*", "Jaguar"),
    Database("worms", "WoRMS", ("taxon",), _NUMBER, "137094", WORMS, aliases=("aphiaid",)),
)
"""Sorted by key. What ``gazetteer add --ids`` brings of other databases needs no row here."""


@cache
def _by_name() -> Mapping[str, Database]:
    return {name: database for database in DATABASES for name in (database.key, *database.aliases)}


def find_database(name: str) -> Database | None:
    """Return the database of a short name or one of its aliases."""
    return _by_name().get(name.strip().casefold())


def database_key(name: str) -> str:
    """Return the short name that an alias stands for; unknown names stand for themselves."""
    database = find_database(name)
    return name if database is None else database.key


def identifier_iri(name: str, identifier: str) -> str:
    """Return the IRI of an identifier; one that is an address stands for itself."""
    if identifier.startswith(("http://", "https://", "urn:")):
        return identifier
    database = find_database(name)
    return "" if database is None else database.iri(identifier)
