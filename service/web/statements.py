"""Statements with the sentences they rest on, as pages and downloads show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from service.queries import GraphData, Row, iris
from service.web.links import local_name

_STATEMENTS = """
SELECT ?assertion ?subject ?predicate ?object ?confidence ?status ?basis ?rule ?caseStudy
       ?counted WHERE {
  %(pattern)s
  ?assertion eco:assertedSubject ?subject ; eco:assertedPredicate ?predicate ;
    eco:assertedObject ?object ; eco:confidence ?confidence ; eco:assertionStatus ?status ;
    eco:basis ?basis ; eco:assertedIn ?caseStudy .
  OPTIONAL { ?assertion eco:rule ?rule }
  BIND(EXISTS { ?subject ?predicate ?object } AS ?counted)
}
ORDER BY DESC(?counted) ?predicate DESC(?confidence) ?subject ?object ?assertion
LIMIT $limit OFFSET $offset
"""
_EVIDENCE = """
SELECT ?assertion ?start ?end ?exact WHERE {
  VALUES ?assertion { $assertions }
  ?assertion prov:wasDerivedFrom ?evidence .
  ?evidence oa:hasTarget ?target .
  ?target oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?target oa:hasSelector ?quote . ?quote oa:exact ?exact }
}
ORDER BY ?assertion ?start ?end
"""
_RIGHTS = """
SELECT ?caseStudy ?right WHERE {
  VALUES ?caseStudy { $cases } ?caseStudy eco:displayRight ?right
}
"""
OF_CASE_STUDIES = "VALUES ?caseStudy { $cases } ?assertion eco:assertedIn ?caseStudy ."
ABOUT_OBJECT = """
  { SELECT DISTINCT ?object WHERE {
      { BIND($entity AS ?object) } UNION { ?object skos:broader+ $entity } } }
  ?assertion eco:assertedObject ?object .
"""
OF_OBJECTS = "VALUES ?object { $objects } ?assertion eco:assertedObject ?object ."
OF_SUBJECT = "VALUES ?subject { $entity } ?assertion eco:assertedSubject ?subject ."
ONE = "VALUES ?assertion { $assertion }"
_BATCH = 200
_ASSERTED = """
SELECT DISTINCT ?object WHERE {
  { BIND($entity AS ?object) } UNION { ?object skos:broader+ $entity }
  FILTER EXISTS { ?assertion eco:assertedObject ?object }
}
LIMIT $limit
"""
_MOST_OBJECTS = 500
"""Objects up to which statements are looked up by each: beyond, all statements are read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Quote one sentence; the quote is empty where rights do not let it be shown."""

    case_study: str
    start: int
    end: int
    quote: str

    @property
    def anchor(self) -> str:
        return f"s{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one assertion; ``counted`` tells whether the direct triple stands too."""

    iri: str
    subject: str
    predicate: str
    object: str
    confidence: float
    status: str
    basis: str
    rule: str
    case_study: str
    counted: bool
    sentences: tuple[Sentence, ...]

    @property
    def anchor(self) -> str:
        return f"a-{local_name(self.iri)}"


def find_rights(data: GraphData, case_studies: Iterable[str]) -> dict[str, str]:
    """Return what may be shown of each case study; what says nothing gives snippets."""
    wanted = iris(case_studies)
    rights = dict.fromkeys(map(str, wanted), "snippets")
    for row in data.select(_RIGHTS, cases=wanted) if wanted else ():
        rights[row["caseStudy"]] = row["right"]
    return rights


def _find_evidence(data: GraphData, assertions: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    valid = iris(assertions)
    for start in range(0, len(valid), _BATCH):
        for row in data.select(_EVIDENCE, assertions=valid[start : start + _BATCH]):
            found.setdefault(row["assertion"], []).append(row)
    return found


def find_statements(
    data: GraphData,
    pattern: str,
    *,
    limit: int = 2000,
    offset: int = 0,
    **bindings: URIRef | Sequence[URIRef],
) -> list[Statement]:
    """Return the statements that a graph pattern binds, those that count as facts first."""
    text = _STATEMENTS % {"pattern": pattern}
    rows = data.select(text, limit=limit, offset=offset, **bindings)
    evidence = _find_evidence(data, [row["assertion"] for row in rows])
    rights = find_rights(data, [row["caseStudy"] for row in rows])
    statements: dict[str, Statement] = {}
    for row in rows:
        quotable = rights[row["caseStudy"]] != "none"
        sentences = tuple(
            Sentence(
                row["caseStudy"],
                int(item["start"]),
                int(item["end"]),
                item["exact"] if quotable else "",
            )
            for item in evidence.get(row["assertion"], ())
        )
        statements[row["assertion"]] = Statement(
            iri=row["assertion"],
            subject=row["subject"],
            predicate=row["predicate"],
            object=row["object"],
            confidence=float(row["confidence"]),
            status=local_name(row["status"]),
            basis=local_name(row["basis"]),
            rule=row["rule"],
            case_study=row["caseStudy"],
            counted=row["counted"] == "true",
            sentences=sentences,
        )
    return list(statements.values())


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold a pattern that binds statements, and what is to be filled in."""

    text: str
    bindings: dict[str, URIRef | Sequence[URIRef]]


def pattern_about(data: GraphData, iri: str) -> Pattern | None:
    """Return what binds the statements about an entity or what is narrower; None without any."""
    rows = data.select(_ASSERTED, entity=URIRef(iri), limit=_MOST_OBJECTS + 1)
    if len(rows) > _MOST_OBJECTS:
        return Pattern(ABOUT_OBJECT, {"entity": URIRef(iri)})
    objects = iris(row["object"] for row in rows)
    return Pattern(OF_OBJECTS, {"objects": objects}) if objects else None


def without_repeats(statements: Iterable[Statement]) -> list[Statement]:
    """Leave out that a text mentions a taxon where it states that the taxon is its focus."""
    statements = list(statements)
    focal = {(s.subject, s.object) for s in statements if local_name(s.predicate) == "focalTaxon"}
    return [
        s
        for s in statements
        if local_name(s.predicate) != "mentionsTaxon" or (s.subject, s.object) not in focal
    ]
