"""Tell the CMS Appendices of a taxon from the listings of it and of the taxa that hold it."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.gazetteer.folding import fold
from ontology.gazetteer.rows import TaxonRow
from ontology.gazetteer.tables import iterate_table, read_table

_LISTED_ABOVE = ("genus", "family", "order")
_EXCEPT = re.compile(r"\b(?:except|excluding|other than)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """State one entry of an Appendix."""

    appendix: str
    rank: str
    population: str
    in_force: bool


@cache
def _listings() -> dict[str, tuple[Listing, ...]]:
    """Read the Appendices, by scientific name as listed and as accepted."""
    path = files("ontology").joinpath("vocabularies/cms_appendices.csv")
    found: dict[str, list[Listing]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        listing = Listing(
            row["appendix"],
            row["rank"],
            row["population"],
            row["listing_status"].startswith("in-force"),
        )
        listed = row["name_as_listed"].removesuffix(" spp.").replace(" (s.l.)", "")
        for name in dict.fromkeys(name for name in (row["taxon"], listed) if name):
            found.setdefault(name, []).append(listing)
    return {name: tuple(dict.fromkeys(listings)) for name, listings in found.items()}


@cache
def _areas() -> tuple[tuple[str, frozenset[str]], ...]:
    """List names of countries and regions with their countries, the longest name first."""
    areas: dict[str, set[str]] = {}
    for row in iterate_table("countries"):
        for name in (row["name"], *row["adjectives"].split("|"), *row["alt_names"].split("|")):
            if len(name) > 3:
                areas.setdefault(fold(name), set()).add(row["iso2"])
    for row in read_table("regions"):
        for name in (row["name"], *row["adjectives"].split("|"), *row["alt_names"].split("|")):
            if len(name) > 3:
                areas.setdefault(fold(name), set()).update(row["countries"].split())
    ordered = sorted(areas.items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple((name, frozenset(countries)) for name, countries in ordered)


@cache
def _countries_in(scope: str) -> frozenset[str]:
    """Return the countries that the words of a scope name."""
    text = f" {fold(scope)} "
    found: set[str] = set()
    for name, countries in _areas():
        if f" {name} " in text:
            found |= countries
            text = text.replace(f" {name} ", " ")
    return frozenset(found)


def _covers(listing: Listing, countries: frozenset[str]) -> bool:
    """Tell whether a listing holds for the populations of some countries."""
    if not listing.population:
        return True
    named = _countries_in(listing.population)
    if not countries or not named:
        return False
    if _EXCEPT.search(listing.population):
        return not countries & named
    return countries <= named


def appendices(
    row: TaxonRow, lineage: Sequence[TaxonRow], countries: frozenset[str]
) -> tuple[str, ...]:
    """Return the Appendices that list a taxon or a taxon that holds it.

    A listing of some populations counts only where all ``countries`` lie in its range.
    """
    if row.rank not in ("species", "subspecies", "genus", "family"):
        return ()
    listings = _listings()
    found: set[str] = set()
    for taxon in (row, *lineage):
        for listing in listings.get(taxon.scientific_name, ()):
            own = taxon is row or listing.rank in _LISTED_ABOVE or taxon.rank == "species"
            if listing.in_force and own and _covers(listing, countries):
                found.add(listing.appendix)
    return tuple(sorted(found))
