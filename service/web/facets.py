"""Facets of solutions: what can be chosen, by how many, and the pattern that a choice becomes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rdflib import URIRef

from ontology.namespaces import Minter
from service.queries import GraphData, Value, iris, is_valid_iri

Bindings = dict[str, Value | Sequence[URIRef]]


@dataclass(frozen=True, slots=True)
class Facet:
    """Describe one facet: its parameter, its heading, the kind of its values and its pattern."""

    name: str
    title: str
    kind: str
    path: str
    """Property path from ``?solution``, or from ``?listing`` where it has listings between."""
    tree: bool = False
    """Whether a choice takes in what is narrower."""
    listed: bool = False
    """Whether the values are appendices that a taxon of the solution is listed in."""

    indexed: bool = True
    """Whether the index of the kind counts by it."""

    def pattern(self, value: str, number: int = 0, *, narrower: bool = False) -> str:
        """Write the facet as a graph pattern that ends in a variable or parameter."""
        if self.listed:
            suffix = f"_{self.name}{number}"
            return _LISTED % {
                "path": self.path,
                "taxon": f"?taxon{suffix}",
                "listed": f"?listed{suffix}",
                "listing": f"?listing{suffix}",
                "value": value,
                "values": value if value.startswith("?") else "",
            }
        return f"?solution {self.path}{'/skos:broader*' if narrower else ''} {value} ."


_LISTED = (
    "{ SELECT DISTINCT %(taxon)s %(values)s WHERE { "
    "%(listing)s eco:listedTaxon %(listed)s ; eco:appendix %(value)s . "
    'FILTER NOT EXISTS { %(listing)s eco:listingStatus "proposed" } '
    "%(taxon)s skos:broader* %(listed)s } } ?solution %(path)s %(taxon)s ."
)
_TAXA = "(eco:focalTaxon|eco:mentionsTaxon)"
_PLACES = "(eco:takesPlaceIn|eco:takesPlaceInCountry)"
_ACTORS = (
    "(eco:implementedBy|eco:hasPartner|eco:fundedBy|eco:hasContributor|eco:hasBeneficiary"
    "|eco:hasTargetGroup)"
)
FACETS: tuple[Facet, ...] = (
    Facet("country", "Country", "place", "eco:takesPlaceInCountry", indexed=False),
    Facet("threat", "Threat", "threat", "eco:addressesThreat", tree=True),
    Facet("intervention", "Intervention", "intervention", "eco:usesIntervention", tree=True),
    Facet("target", "KMGBF target", "kmgbf", "eco:contributesToTarget", tree=True),
    Facet("taxon", "Species or group", "taxon", _TAXA, tree=True),
    Facet("cms", "CMS listing", "cms", _TAXA, listed=True),
    Facet("instrument", "CMS instrument", "cms", "eco:relevantToInstrument"),
    Facet("stress", "Stress", "stress", "eco:addressesStress", tree=True),
    Facet("place", "Place", "place", _PLACES),
    Facet("actor", "Actor", "actor", _ACTORS),
    Facet("source", "Source", "document", "eco:describedIn/dcterms:source"),
)

FACETS_BY_NAME = {facet.name: facet for facet in FACETS}


def facets_of_kind(kind: str) -> tuple[Facet, ...]:
    """Return the facets that the index of a kind counts by."""
    return tuple(facet for facet in FACETS if facet.kind == kind and facet.indexed)


_FEW = 500
_PORTION = 1000
"""Solutions that one query is handed by name."""
_COUNTED = 99
"""Number of the pattern that counts; those of choices come before."""
_COUNTS = """
SELECT ?value (COUNT(DISTINCT ?solution) AS ?solutions) WHERE {
  ?solution a eco:Solution .
  %(chosen)s
  %(counted)s
}
GROUP BY ?value
ORDER BY DESC(?solutions) ?value
"""
_LIST = """
SELECT ?solution (MIN(STR(?label)) AS ?title) WHERE {
  ?solution a eco:Solution ; rdfs:label ?label .
  %(chosen)s
}
GROUP BY ?solution
ORDER BY LCASE(MIN(STR(?label))) ?solution
"""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """Count the solutions that have one value."""

    iri: str
    solutions: int


_SINCE = """{ SELECT DISTINCT ?solution WHERE {
  ?run a eco:Run ; prov:startedAtTime ?started ; prov:generated ?graph .
  FILTER(?started >= STRDT($since, xsd:dateTime)) GRAPH ?graph { ?solution a eco:Solution } } }"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold what is chosen: keys by facet name, words to be found, and a time.

    ``since`` is a time as xsd:dateTime writes it: solutions that a run took in or changed since.
    """

    keys: Mapping[str, tuple[str, ...]]
    words: str = ""
    since: str = ""

    def with_key(self, name: str, key: str) -> "Choice":
        kept = self.keys.get(name, ())
        return replace(self, keys={**self.keys, name: (*(k for k in kept if k != key), key)})

    def without_key(self, name: str, key: str) -> "Choice":
        kept = tuple(k for k in self.keys.get(name, ()) if k != key)
        return replace(self, keys={**self.keys, name: kept})

    def parameters(self) -> dict[str, list[str] | str]:
        """Return the choice as parameters of an address."""
        parameters: dict[str, list[str] | str] = {n: list(k) for n, k in self.keys.items() if k}
        if self.words:
            parameters["q"] = self.words
        if self.since:
            parameters["since"] = self.since
        return parameters


def read_choice(arguments: Mapping[str, list[str]]) -> Choice:
    """Read a choice from parameters; unknown names, impossible keys and times are left out."""
    keys = {
        facet.name: tuple(
            dict.fromkeys(k for k in arguments.get(facet.name, ()) if k and is_valid_iri("x:" + k))
        )
        for facet in FACETS
    }
    words = " ".join(" ".join(arguments.get("q", ())).split())[:200]
    since = read_time("".join(arguments.get("since", ())[:1]))
    return Choice({name: values for name, values in keys.items() if values}, words, since)


def read_time(text: str) -> str:
    """Write a date or time by ISO 8601 as an xsd:dateTime in UTC; empty where it is none."""
    # A plus sign that an address did not escape arrives as a space.
    for form in (text.strip(), text.strip().replace(" ", "+")):
        try:
            moment = datetime.fromisoformat(form)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError):
            continue
    return ""


def _patterns(data: GraphData, choice: Choice, minter: Minter) -> Iterator[tuple[str, Bindings]]:
    """Write a choice as graph patterns over ``?solution`` that no solution fits twice.

    Words are looked up in the text index; what bears them is handed over in portions.
    """
    if not choice.words or data.search is None:
        yield _pattern(choice, minter)
        return
    worded = iris(data.search.find(choice.words, "solution"))
    for start in range(0, len(worded), _PORTION):
        yield _pattern(choice, minter, worded[start : start + _PORTION])


def _pattern(
    choice: Choice, minter: Minter, worded: Sequence[URIRef] | None = None
) -> tuple[str, Bindings]:
    """Write a choice as one graph pattern; ``worded`` are the solutions that bear its words.

    Without them the words have to stand in the title.
    """
    lines: list[str] = []
    bindings: Bindings = {}
    if worded is not None:
        lines.append("VALUES ?solution { $worded }")
        bindings["worded"] = worded
    for facet in FACETS:
        for number, key in enumerate(choice.keys.get(facet.name, ())):
            name = f"{facet.name}{number}"
            bindings[name] = URIRef(minter.concept(facet.kind, key))
            lines.append(facet.pattern(f"${name}", number, narrower=facet.tree))
    for number, word in enumerate(() if worded is not None else choice.words.split()):
        bindings[f"word{number}"] = word
        lines.append(
            "FILTER EXISTS { ?solution rdfs:label ?words "
            f"FILTER(CONTAINS(LCASE(STR(?words)), LCASE($word{number}))) }}"
        )
    if choice.since:
        bindings["since"] = choice.since
        lines.append(_SINCE)
    return "\n  ".join(lines), bindings


def count_facet(
    data: GraphData,
    facet: Facet,
    choice: Choice,
    minter: Minter,
    *,
    narrower: bool = False,
    found: Sequence[str] = (),
) -> list[FacetCount]:
    """Count the solutions of a choice by the values of a facet, most first.

    With ``narrower`` a wider value counts the solutions of what is narrower too. ``found`` may name
    the solutions of the choice, which is quicker than to choose them again where they are few.
    """
    patterns = _patterns(data, choice, minter)
    if choice.parameters() and 0 < len(found) <= _FEW:
        patterns = iter([("VALUES ?solution { $found }", {"found": iris(found)})])
    counted = facet.pattern("?value", _COUNTED, narrower=narrower and facet.tree)
    counts: Counter[str] = Counter()
    for chosen, bindings in patterns:
        for row in data.select(_COUNTS % {"chosen": chosen, "counted": counted}, **bindings):
            if row["value"]:
                counts[row["value"]] += int(row["solutions"])
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetCount(value, solutions) for value, solutions in ordered]


def list_solutions(data: GraphData, choice: Choice, minter: Minter) -> list[tuple[str, str]]:
    """List the IRI and title of the solutions of a choice by title."""
    portions = [
        data.select(_LIST % {"chosen": chosen}, **bindings)
        for chosen, bindings in _patterns(data, choice, minter)
    ]
    found = [(row["solution"], row["title"]) for rows in portions for row in rows]
    if len(portions) > 1:
        found.sort(key=lambda solution: (solution[1].lower(), solution[0]))
    return [(solution, title) for solution, title in found if solution]
