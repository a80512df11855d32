"""Structured data that pages carry for search engines: schema.org, as Bioschemas profiles it."""

from collections.abc import Mapping, Sequence
from typing import Any

from ontology.namespaces import CC_BY
from service.records.dataset import DATASET_DESCRIPTION, DATASET_TITLE
from service.web.solution_records import Record

_CONTEXT = {"@vocab": "https://schema.org/", "dct": "http://purl.org/dc/terms/"}
_TAXON_PROFILE = "https://bioschemas.org/profiles/Taxon/1.0-RELEASE"
_DATASET_PROFILE = "https://bioschemas.org/profiles/Dataset/1.0-RELEASE"


def _conforms(profile: str) -> Record:
    return {"@id": profile, "@type": "CreativeWork"}


def _without_empty(record: Mapping[str, Any]) -> Record:
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def _place(place: Mapping[str, Any]) -> Record:
    geo = None
    if "latitude" in place:
        geo = {
            "@type": "GeoCoordinates",
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        }
    kind = "Country" if place.get("type") == "country" else "Place"
    return _without_empty({"@type": kind, "@id": place["iri"], "name": place["label"], "geo": geo})


def mark_up_solution(record: Mapping[str, Any]) -> Record:
    """Describe a solution as a CreativeWork, with its species, places and concepts."""
    terms = [*record["threats"], *record["interventions"], *record["targets"]]
    about = [
        {"@type": "Taxon", "@id": item["iri"], "name": item["label"]} for item in record["species"]
    ]
    about += [{"@type": "DefinedTerm", "@id": item["iri"], "name": item["label"]} for item in terms]
    languages = sorted({text["language"] for text in record["texts"] if text["language"]})
    sources = {text["source"]["iri"]: text["source"] for text in record["texts"] if text["source"]}
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "CreativeWork",
            "@id": record["iri"],
            "name": record["title"],
            "url": record["url"],
            "sameAs": record["pages"],
            "inLanguage": languages,
            "dateModified": record["modified"],
            "about": about,
            "spatialCoverage": [_place(place) for place in record["places"]],
            "isBasedOn": [
                _without_empty({"@type": "CreativeWork", "@id": iri, "name": source["title"]})
                for iri, source in sorted(sources.items())
            ],
        }
    )


def _names(record: Mapping[str, Any]) -> list[str]:
    return sorted({n["name"] for n in record["names"]} - {record["label"]})


def _same_as(record: Mapping[str, Any]) -> list[str]:
    return [m["iri"] for m in record["matches"] if m["relation"] == "exactMatch"]


def mark_up_entity(record: Mapping[str, Any], kind: str) -> Record:
    """Describe an entity: taxa by the Bioschemas profile, other kinds by their schema.org type."""
    described: Record = {
        "@context": _CONTEXT,
        "@id": record["iri"],
        "name": record["label"],
        "alternateName": _names(record),
        "url": record["url"],
        "sameAs": _same_as(record),
    }
    if kind == "taxon":
        name = record.get("scientific_name") or record["label"]
        described |= {
            "@type": "Taxon",
            "dct:conformsTo": _conforms(_TAXON_PROFILE),
            "name": name,
            "scientificName": {"@type": "TaxonName", "name": name},
            "taxonRank": record.get("rank"),
            "alternateName": sorted({record["label"], *_names(record)} - {name}),
            "parentTaxon": [
                {"@type": "Taxon", "@id": item["iri"], "name": item["label"]}
                for item in record["broader"][:1]
            ],
        }
    elif kind == "place":
        place = _place({**record, "type": record.get("place_type")})
        described = {**described, **place}
    elif kind == "actor":
        described["@type"] = "Organization"
    else:
        described |= {"@type": "DefinedTerm", "termCode": record.get("notation")}
    return _without_empty(described)


def mark_up_dataset(
    *,
    iri: str,
    url: str,
    version: str,
    modified: str | None,
    downloads: Sequence[tuple[str, str]],
) -> Record:
    """Describe the dataset by the Bioschemas profile; ``downloads`` are addresses with types."""
    return _without_empty(
        {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "dct:conformsTo": _conforms(_DATASET_PROFILE),
            "@id": iri,
            "identifier": iri,
            "url": url,
            "name": DATASET_TITLE,
            "description": DATASET_DESCRIPTION,
            "keywords": [
                "conservation",
                "migratory species",
                "Convention on Migratory Species",
                "Kunming-Montreal Global Biodiversity Framework",
            ],
            "license": str(CC_BY),
            "version": version,
            "dateModified": modified,
            "distribution": [
                {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}
                for address, media_type in downloads
            ],
        }
    )
