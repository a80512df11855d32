"""Solutions as plain records: what the JSON interface, GeoJSON and feeds give of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.queries import GraphData, Row, iris
from service.web.context import Labels, current_linker
from service.web.solutions import make_cards

Record = dict[str, Any]

_BATCH = 500
_PLACES = """
SELECT DISTINCT ?solution ?place ?type ?lat ?long ?precision ?code WHERE {
  VALUES ?solution { $solutions }
  ?solution eco:takesPlaceIn|eco:takesPlaceInCountry ?place .
  OPTIONAL { ?place eco:placeType ?type }
  OPTIONAL { ?place wgs84:lat ?lat ; wgs84:long ?long }
  OPTIONAL { ?place eco:coordinatePrecision ?precision }
  OPTIONAL { ?place eco:countryCode ?code }
}
ORDER BY ?solution ?place ?type
"""
_TEXTS = """
SELECT DISTINCT ?solution ?caseStudy ?title ?lang ?right ?document ?documentTitle ?page WHERE {
  VALUES ?solution { $solutions }
  ?solution eco:describedIn ?caseStudy .
  OPTIONAL { ?solution foaf:page ?page }
  OPTIONAL { ?caseStudy dcterms:title ?title }
  OPTIONAL { ?caseStudy dcterms:language ?lang }
  OPTIONAL { ?caseStudy eco:displayRight ?right }
  OPTIONAL {
    ?caseStudy dcterms:source ?document . OPTIONAL { ?document dcterms:title ?documentTitle }
  }
}
ORDER BY ?solution ?caseStudy ?page ?document
"""
_TIMES = """
SELECT ?solution (MIN(?started) AS ?first) (MAX(?started) AS ?last) WHERE {
  VALUES ?solution { $solutions }
  GRAPH ?graph { ?solution a eco:Solution }
  ?run a eco:Run ; prov:startedAtTime ?started ; prov:generated ?graph .
}
GROUP BY ?solution
"""


def _rows(data: GraphData, query: str, solutions: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for start in range(0, len(solutions), _BATCH):
        for row in data.select(query, solutions=iris(solutions[start : start + _BATCH])):
            found.setdefault(row["solution"], []).append(row)
    return found


def find_times(data: GraphData, solutions: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return when a run first took in each solution, and when one last changed it."""
    rows = _rows(data, _TIMES, solutions)
    return {iri: (found[0]["first"], found[0]["last"]) for iri, found in rows.items()}


def _place(row: Row, label: str) -> Record:
    record: Record = {"iri": row["place"], "label": label, "type": row["type"] or None}
    if row["code"]:
        record["country_code"] = row["code"]
    if row["lat"] and row["long"]:
        record["latitude"] = float(row["lat"])
        record["longitude"] = float(row["long"])
    if row["precision"]:
        record["precision_km"] = float(row["precision"])
    return record


def _texts(rows: Sequence[Row]) -> list[Record]:
    return [
        {
            "iri": row["caseStudy"],
            "title": row["title"],
            "language": row["lang"] or None,
            "display": row["right"] or "snippets",
            "source": {"iri": row["document"], "title": row["documentTitle"] or None}
            if row["document"]
            else None,
        }
        for row in {row["caseStudy"]: row for row in reversed(rows)}.values()
    ][::-1]


def make_records(
    data: GraphData, solutions: Sequence[tuple[str, str]], *, root: str = ""
) -> list[Record]:
    """Return a record for each (IRI, title), in the same order; ``root`` begins addresses."""
    linker = current_linker()
    wanted = [iri for iri, _ in solutions]
    places = _rows(data, _PLACES, wanted)
    texts = _rows(data, _TEXTS, wanted)
    times = find_times(data, wanted)
    labels = Labels(row["place"] for rows in places.values() for row in rows)
    records = []
    for card in make_cards(data, list(solutions)):
        first, last = times.get(card.iri, ("", ""))
        of_places = {row["place"]: row for row in reversed(places.get(card.iri, []))}
        records.append(
            {
                "id": linker.key(card.iri),
                "iri": card.iri,
                "title": card.title,
                "url": f"{root}{linker.href(card.iri)}",
                "pages": sorted({r["page"] for r in texts.get(card.iri, ()) if r["page"]}),
                **{
                    name: [
                        {"iri": d.iri, "label": d.label, "inferred": d.inferred} for d in details
                    ]
                    for name, details in card.details.items()
                },
                "places": [_place(of_places[iri], labels(iri)) for iri in sorted(of_places)],
                "texts": _texts(texts.get(card.iri, ())),
                "added": first or None,
                "modified": last or None,
            }
        )
    return records


def make_feature(record: Mapping[str, Any]) -> Record:
    """Turn a record into a GeoJSON feature (RFC 7946) at its places, else its countries."""
    located = [place for place in record["places"] if "latitude" in place]
    nearer = [place for place in located if place["type"] != "country"] or located
    points = [[place["longitude"], place["latitude"]] for place in nearer]
    properties = {
        name: "; ".join(item["label"] for item in record[name])
        for name in ("countries", "species", "threats", "interventions", "targets")
    }
    return {
        "type": "Feature",
        "id": record["iri"],
        "geometry": {"type": "MultiPoint", "coordinates": points} if points else None,
        "properties": {
            "title": record["title"],
            "url": record["url"],
            "places": "; ".join(place["label"] for place in nearer),
            "modified": record["modified"],
            **properties,
        },
    }
