"""Describe the endpoint in the words of SPARQL 1.1 Service Description."""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS

from ontology.namespaces import PREFIXES, SD

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS = (
    "JSON-LD",
    "N-Quads",
    "N-Triples",
    "RDF_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_JSON",
    "SPARQL_Results_TSV",
    "SPARQL_Results_XML",
    "TriG",
    "Turtle",
)
_INPUT_FORMATS = ("JSON-LD", "N-Triples", "RDF_XML", "Turtle")
_MERGED = "RDF merge of all published named graphs; a triple counts once, however many hold it."
_OWN = "The store's own default graph; named graphs are not part of it."
_WRITERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
DESCRIPTION_TYPES = tuple(_WRITERS)


def describe_service(
    endpoint: str,
    update_endpoint: str,
    media_type: str,
    *,
    default_graph: str,
    federated: bool = False,
) -> bytes:
    """Write the description of the endpoint at an address, and of the one that takes updates."""
    graph = Graph(bind_namespaces="none")
    graph.bind("sd", SD)
    graph.bind("rdfs", PREFIXES["rdfs"])
    service, dataset, default = (
        URIRef(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph")
    )
    update = URIRef(f"{update_endpoint}#service")
    for subject, address, label, language in (
        (service, endpoint, "Ecoduct SPARQL endpoint", SD.SPARQL11Query),
        (update, update_endpoint, "Ecoduct SPARQL endpoint for updates", SD.SPARQL11Update),
    ):
        graph.add((subject, RDF.type, SD.Service))
        graph.add((subject, RDFS.label, Literal(label, "en")))
        graph.add((subject, SD.endpoint, URIRef(address)))
        graph.add((subject, SD.supportedLanguage, language))
        graph.add((subject, SD.feature, SD.EmptyGraphs))
        if default_graph == "merged":
            graph.add((subject, SD.feature, SD.UnionDefaultGraph))
        graph.add((subject, SD.defaultDataset, dataset))
    if federated:
        graph.add((service, SD.feature, SD.BasicFederatedQuery))
    for name in _RESULT_FORMATS:
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    for name in _INPUT_FORMATS:
        graph.add((update, SD.inputFormat, _FORMATS[name]))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    comment = _MERGED if default_graph == "merged" else _OWN
    graph.add((default, RDFS.comment, Literal(comment, "en")))
    return graph.serialize(format=_WRITERS[media_type], encoding="utf-8")
