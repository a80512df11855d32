"""Describe countries and the regions that hold them."""

import math

from ontology.build.turtle import Triples, iri, text, typed
from ontology.gazetteer.tables import iterate_table
from ontology.namespaces import ECO, RDFS, SKOS, WGS84, Minter
from ontology.vocabulary import split_cell


def _decimal(value: float, places: int) -> str:
    """Write a decimal as the graph of a document does, so that the same place merges."""
    digits = f"{value:.{places}f}".rstrip("0")
    return typed(digits + "0" if digits.endswith(".") else digits, "decimal")


def write_countries(triples: Triples, minter: Minter) -> None:
    """Write every country and territory with its code, names and point."""
    for row in iterate_table("countries"):
        subject = minter.country(row["iso2"])
        triples.add_type(subject, "Place", "Country")
        triples.add(subject, str(RDFS.label), text(row["name"]))
        triples.add(subject, str(SKOS.prefLabel), text(row["name"], "en"))
        for lang in ("fr", "es"):
            for name in split_cell(row[f"names_{lang}"])[:1]:
                triples.add(subject, str(SKOS.prefLabel), text(name, lang))
        triples.add(subject, str(ECO.placeType), text("country"))
        triples.add(subject, str(ECO.countryCode), text(row["iso2"]))
        if row["lat"] and row["lon"]:
            _write_point(triples, subject, float(row["lat"]), float(row["lon"]))


def _write_point(triples: Triples, subject: str, latitude: float, longitude: float) -> None:
    triples.add(subject, str(WGS84.lat), _decimal(latitude, 4))
    triples.add(subject, str(WGS84.long), _decimal(longitude, 4))
    lat, lon = math.radians(latitude), math.radians(longitude)
    sphere = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
    for name, value in zip(("unitX", "unitY", "unitZ"), sphere, strict=True):
        triples.add(subject, str(ECO[name]), _decimal(value, 6))


def write_regions(triples: Triples, minter: Minter) -> None:
    """Write the regions of the world with the countries that they take in."""
    for row in iterate_table("regions"):
        codes = row["countries"].split()
        if not codes:
            continue
        subject = minter.place(row["id"])
        triples.add_type(subject, "Place")
        triples.add(subject, str(RDFS.label), text(row["name"]))
        for code in codes:
            triples.add(subject, str(ECO.inCountry), iri(minter.country(code)))
