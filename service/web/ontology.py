"""The ontology: its terms as a page, the schema as Turtle."""

from importlib.resources import files

from flask import Blueprint, Response, abort, render_template

from ontology.namespaces import ECO
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER
from service.web.linked_data import choose_offer
from service.web.links import local_name
from service.web.site import current_site

blueprint = Blueprint("ontology", __name__)

_TERMS = """
SELECT ?term ?type ?label ?comment ?domain ?range WHERE {
  VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:NamedIndividual }
  ?term a ?type .
  FILTER(STRSTARTS(STR(?term), $namespace))
  OPTIONAL { ?term rdfs:label ?label FILTER(LANGMATCHES(LANG(?label), "en")) }
  OPTIONAL {
    ?term rdfs:comment|skos:definition ?comment FILTER(LANGMATCHES(LANG(?comment), "en"))
  }
  OPTIONAL { ?term rdfs:domain ?domain FILTER(ISIRI(?domain)) }
  OPTIONAL { ?term rdfs:range ?range FILTER(ISIRI(?range)) }
}
ORDER BY ?term ?label ?comment
"""
_HEADINGS = {
    "Class": "Classes",
    "ObjectProperty": "Properties between things",
    "DatatypeProperty": "Properties with values",
    "NamedIndividual": "Individuals",
}


def _schema() -> Response:
    source = files("ontology").joinpath("schema.ttl")
    if not source.is_file():
        abort(404)
    return Response(source.read_bytes(), content_type="text/turtle; charset=utf-8")


@blueprint.get("/ontology")
def show_ontology() -> Response:
    """Show every term under its anchor; Turtle for those who ask for it."""
    offer = choose_offer("", (HTML_OFFER, GRAPH_OFFERS[0]))
    if offer is not HTML_OFFER:
        response = _schema()
    else:
        rows = current_site().data.select(_TERMS, namespace=str(ECO))
        sections: dict[str, dict[str, dict[str, str]]] = {name: {} for name in _HEADINGS}
        for row in rows:
            sections[local_name(row["type"])].setdefault(row["term"], row)
        html = render_template(
            "ontology.html",
            sections=[(_HEADINGS[n], list(t.values())) for n, t in sections.items() if t],
            namespace=str(ECO),
        )
        response = Response(html, content_type=HTML_OFFER.label)
    response.vary.add("Accept")
    return response


@blueprint.get("/ontology.ttl")
def download_schema() -> Response:
    """Give the schema as it was written."""
    return _schema()
