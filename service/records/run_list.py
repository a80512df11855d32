"""Read runs back from the graph, newest first."""

from dataclasses import dataclass

from ontology.namespaces import Minter
from service.queries import GraphData

_RUNS = """
SELECT ?run (MIN(?began) AS ?started) (MAX(?end) AS ?ended) (MAX(?seconds) AS ?duration)
       (MAX(?i) AS ?ingested) (MAX(?u) AS ?unchanged) (MAX(?f) AS ?failed) (MAX(?r) AS ?retired)
       (MIN(?software) AS ?version) (MIN(?pipe) AS ?pipeline) (MIN(?voc) AS ?vocabulary)
       (MIN(?gaz) AS ?gazetteer) (GROUP_CONCAT(DISTINCT ?from; SEPARATOR=", ") AS ?sources)
WHERE { GRAPH $graph {
  ?run a eco:Run ; prov:startedAtTime ?began .
  OPTIONAL { ?run prov:endedAtTime ?end }
  OPTIONAL { ?run eco:durationInSeconds ?seconds }
  OPTIONAL { ?run eco:ingestedCount ?i }
  OPTIONAL { ?run eco:unchangedCount ?u }
  OPTIONAL { ?run eco:failedCount ?f }
  OPTIONAL { ?run eco:retiredCount ?r }
  OPTIONAL { ?run <https://schema.org/softwareVersion> ?software }
  OPTIONAL { ?run eco:pipelineVersion ?pipe }
  OPTIONAL { ?run eco:vocabularyVersion ?voc }
  OPTIONAL { ?run eco:gazetteerVersion ?gaz }
  OPTIONAL { ?run eco:readFrom ?from }
} }
GROUP BY ?run ORDER BY DESC(?started) ?run LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Tell when a run was, what it read and how it ended; text as the graph has it."""

    iri: str
    started: str
    ended: str
    """Empty where the run goes on or was killed."""
    duration: str
    ingested: str
    unchanged: str
    failed: str
    retired: str
    version: str
    pipeline: str
    vocabulary: str
    gazetteer: str
    sources: str


def list_runs(data: GraphData, minter: Minter, *, limit: int = 50) -> list[RunRecord]:
    """List the latest runs, newest first."""
    from rdflib import URIRef

    graph = URIRef(minter.service_graph("runs"))
    rows = data.select(_RUNS, graph=graph, limit=limit)
    return [RunRecord(row.pop("run"), **row) for row in rows]
