"""Entities as plain records: names, facts, identifiers elsewhere, what is wider and narrower."""

from urllib.parse import urlencode

from rdflib import URIRef

from service.queries import GraphData
from service.web.context import Labels, current_linker
from service.web.facets import facets_of_kind
from service.web.links import external_name, local_name
from service.web.site import current_site
from service.web.solution_records import Record

_PROPERTIES = "SELECT ?property ?value WHERE { $iri ?property ?value } ORDER BY ?property ?value"
_NARROWER = "SELECT DISTINCT ?narrower WHERE { ?narrower skos:broader $iri } ORDER BY ?narrower"
_LISTINGS = """
SELECT DISTINCT ?appendix ?taxon ?population ?checked WHERE {
  $iri skos:broader* ?taxon . ?listing eco:listedTaxon ?taxon ; eco:appendix ?appendix .
  FILTER NOT EXISTS { ?listing eco:listingStatus "proposed" }
  OPTIONAL { ?listing eco:population ?population }
  OPTIONAL { ?listing eco:sourceStatus ?checked }
}
ORDER BY ?appendix ?taxon ?population ?checked
"""
_NAMES = ("prefLabel", "label", "altLabel", "vernacularName")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_FACTS = {
    "scientificName": "scientific_name",
    "taxonRank": "rank",
    "notation": "notation",
    "definition": "definition",
    "placeType": "place_type",
    "countryCode": "country_code",
    "lat": "latitude",
    "long": "longitude",
    "coordinatePrecision": "precision_km",
    "actorType": "actor_type",
    "numericValue": "value",
    "unit": "unit",
    "sourceStatus": "source_status",
}
_NUMBERS = frozenset(("latitude", "longitude", "precision_km", "value"))


def _listings(data: GraphData, iri: str) -> list[Record]:
    rows = data.select(_LISTINGS, iri=URIRef(iri))
    labels = Labels(row["taxon"] for row in rows)
    return [
        {
            "appendix": row["appendix"],
            "listed_taxon": {"iri": row["taxon"], "label": labels(row["taxon"])},
            "population": row["population"] or None,
            "source_status": row["checked"] or None,
        }
        for row in rows
    ]


def describe_entity(iri: str, kind: str, *, root: str) -> Record:
    """Return the record of one entity; ``root`` begins addresses."""
    data, linker = current_site().data, current_linker()
    names: list[Record] = []
    facts: Record = {}
    matches: list[Record] = []
    broader: list[str] = []
    for prop, term in data.table(_PROPERTIES, iri=URIRef(iri)).rows:
        if prop is None or term is None:
            continue
        name = local_name(prop.value)
        if name in _NAMES:
            names.append({"name": term.value, "language": term.lang or None})
        elif name in _MATCHES:
            matches.append({"relation": name, "iri": term.value, "name": external_name(term.value)})
        elif name == "broader":
            broader.append(term.value)
        elif name in _FACTS and (name != "definition" or term.lang in ("", "en")):
            key = _FACTS[name]
            facts.setdefault(key, float(term.value) if key in _NUMBERS else term.value)
    narrower = [row["narrower"] for row in data.select(_NARROWER, iri=URIRef(iri))]
    labels = Labels([iri, *broader, *narrower])
    key = linker.key(iri)
    record: Record = {
        "key": key,
        "iri": iri,
        "label": labels(iri),
        "names": [n for i, n in enumerate(names) if n not in names[:i]],
        **facts,
        "matches": matches,
        "broader": [{"iri": b, "label": labels(b)} for b in broader],
        "narrower": [{"iri": n, "label": labels(n)} for n in narrower],
        "url": f"{root}{linker.href(iri)}",
        "statements": f"{root}{linker.href(iri, 'json')}",
        "solutions": [
            f"{root}/api/solutions?{urlencode({facet.name: key})}" for facet in facets_of_kind(kind)
        ],
    }
    if kind == "taxon":
        record["listings"] = _listings(data, iri)
    return record
