"""The vocabularies: each concept scheme as a tree with codes, labels and sources, and as data."""

from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from rdflib import URIRef
from werkzeug.wrappers import Response as AnyResponse

from ontology.namespaces import DCTERMS, ECO, OWL, RDFS, SKOS
from ontology.vocabulary import scheme_table
from service.queries import GraphData, fill_query
from service.sparql.negotiation import HTML_OFFER, Offer
from service.store.protocol import QueryRequest
from service.web.browse import natural_key
from service.web.context import Labels
from service.web.dataset import OFFERS
from service.web.downloads import rows_response
from service.web.linked_data import choose_offer
from service.web.links import local_name
from service.web.site import current_site

blueprint = Blueprint("vocabularies", __name__)

_SCHEMES = """
SELECT ?scheme ?title ?description ?version (COUNT(DISTINCT ?concept) AS ?concepts)
WHERE {
  ?scheme a skos:ConceptScheme .
  ?concept skos:inScheme ?scheme .
  OPTIONAL { ?scheme rdfs:label ?title }
  OPTIONAL { ?scheme dcterms:description ?description }
  OPTIONAL { ?scheme owl:versionInfo ?version }
}
GROUP BY ?scheme ?title ?description ?version ORDER BY ?title ?scheme
"""
_CONCEPTS = """
SELECT ?concept ?property ?value WHERE {
  { BIND($scheme AS ?concept) ?concept ?property ?value }
  UNION { ?concept skos:inScheme $scheme ; ?property ?value }
  UNION {
    VALUES ?property { skos:exactMatch skos:closeMatch }
    ?concept skos:inScheme $scheme . ?value ?property ?concept .
  }
}
"""
"""Exact and close matches hold both ways, whichever end states them."""
_GRAPH = """
CONSTRUCT { ?concept ?property ?value } WHERE {
  { BIND($scheme AS ?concept) ?concept ?property ?value }
  UNION { ?concept skos:inScheme $scheme ; ?property ?value }
}
"""
_TEXTS = {
    str(SKOS.definition): "definition",
    str(SKOS.notation): "notation",
    str(SKOS.editorialNote): "note",
    str(DCTERMS.source): "source",
    str(DCTERMS.description): "description",
    str(DCTERMS.license): "licence",
    str(OWL.versionInfo): "version",
    str(ECO.schemeVersion): "version",
    str(ECO.sourceStatus): "checked",
    str(ECO.conceptKind): "kind",
}
_MATCHES = frozenset(
    str(SKOS[name])
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
COLUMNS = (
    "iri",
    "notation",
    "label_en",
    "label_fr",
    "label_es",
    "broader",
    "kind",
    "status",
    "replaced_by",
    "definition",
    "source",
    "version",
    "source_status",
)


@dataclass(slots=True)
class ConceptView:
    """Gather what is said of one concept, or of the scheme itself."""

    iri: str
    labels: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    broader: str = ""
    deprecated: bool = False
    replaced_by: list[str] = field(default_factory=list)
    matches: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0

    @property
    def label(self) -> str:
        return self.labels.get("en") or next(iter(self.labels.values()), local_name(self.iri))

    @property
    def status(self) -> str:
        return "deprecated" if self.deprecated else "valid"

    def take(self, prop: str, value: str, lang: str) -> None:
        """Take in one triple; the first text in the order of the alphabet stands."""
        if prop == str(SKOS.prefLabel):
            self.labels[lang] = value
        elif prop == str(RDFS.label):
            self.labels.setdefault("en", value)
        elif prop in _TEXTS:
            name = _TEXTS[prop]
            self.texts[name] = min(value, self.texts.get(name, value))
        elif prop == str(SKOS.broader):
            self.broader = min(value, self.broader or value)
        elif prop == str(OWL.deprecated):
            self.deprecated = value == "true"
        elif prop == str(DCTERMS.isReplacedBy):
            self.replaced_by = sorted([*self.replaced_by, value])
        elif prop in _MATCHES:
            self.matches = sorted({*self.matches, (local_name(prop), value)})


def read_scheme(data: GraphData, scheme: str) -> tuple[ConceptView, list[ConceptView]]:
    """Return a scheme and its concepts as a tree written out: what is wider stands first."""
    views: dict[str, ConceptView] = {scheme: ConceptView(scheme)}
    for concept, prop, value in data.table(_CONCEPTS, scheme=URIRef(scheme)).rows:
        if concept and prop and value:
            view = views.setdefault(concept.value, ConceptView(concept.value))
            view.take(prop.value, value.value, value.lang)
    head = views.pop(scheme)
    paths = {iri: _path(iri, views) for iri in views}
    for iri, view in views.items():
        view.depth = len(paths[iri]) - 1
    return head, sorted(
        views.values(),
        key=lambda v: [(natural_key(local_name(i)), i) for i in paths[v.iri]],
    )


def _path(iri: str, views: dict[str, ConceptView]) -> list[str]:
    path = [iri]
    while (up := views[path[0]].broader) in views and up not in path:
        path.insert(0, up)
    return path


def _row(view: ConceptView) -> dict[str, object]:
    return {
        "iri": view.iri,
        **{f"label_{lang}": view.labels.get(lang, "") for lang in ("en", "fr", "es")},
        "broader": view.broader,
        "status": view.status,
        "replaced_by": " ".join(view.replaced_by),
        "source_status": view.texts.get("checked", ""),
        **{
            name: view.texts.get(name, "")
            for name in ("notation", "kind", "definition", "source", "version")
        },
    }


def _graph(scheme: str, offer: Offer) -> Response:
    query = fill_query(_GRAPH, scheme=URIRef(scheme))
    answer = current_site().reader.query(QueryRequest(query, offer.media_type))
    response = Response(answer.chunks, content_type=offer.label)
    response.set_etag(f"{answer.generation}-{offer.suffix}")
    return response


def _represent(name: str, suffix: str) -> AnyResponse:
    site = current_site()
    scheme = site.minter.scheme(name)
    head, concepts = read_scheme(site.data, scheme)
    if not concepts:
        known = scheme_table().get(name)
        if known is None or known.segment == name:
            abort(404)
        address = url_for("vocabularies.show_vocabulary", name=known.segment)
        return redirect(address + (f".{suffix}" if suffix else ""), code=301)
    if suffix in ("csv", "json"):
        return rows_response(suffix, COLUMNS, [_row(concept) for concept in concepts])
    offer = choose_offer(suffix, OFFERS)
    if offer is HTML_OFFER:
        linked = [i for c in concepts for i in (*c.replaced_by, *(iri for _, iri in c.matches))]
        html = render_template(
            "vocabulary.html",
            head=head,
            concepts=concepts,
            name=name,
            labels=Labels(i for i in linked if i.startswith(site.minter.base)),
            recalled=sum(c.texts.get("checked") == "recalled" for c in concepts),
        )
        response = Response(html, content_type=HTML_OFFER.label)
    else:
        response = _graph(scheme, offer)
    address = f"{request.script_root}/vocabulary/{name}"
    response.headers["Link"] = ", ".join(
        f'<{address}.{o.suffix}>; rel="alternate"; type="{o.content_type}"' for o in OFFERS[:5]
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


@blueprint.get("/vocabulary/")
def list_vocabularies() -> str:
    """List the concept schemes."""
    site = current_site()
    schemes = [
        (row, row["scheme"].removeprefix(site.minter.base).rstrip("/"))
        for row in site.data.select(_SCHEMES)
        if row["scheme"].startswith(site.minter.base)
    ]
    return render_template("vocabularies.html", schemes=schemes)


@blueprint.get("/vocabulary/<name>")
def show_vocabulary(name: str) -> AnyResponse:
    """Show a concept scheme as a tree, or give it as data by the Accept header."""
    return _represent(name, "")


@blueprint.get("/vocabulary/<name>.<any(html, ttl, nt, rdf, jsonld, csv, json):suffix>")
def download_vocabulary(name: str, suffix: str) -> AnyResponse:
    """Give a concept scheme in the form that the address names."""
    return _represent(name, suffix)
