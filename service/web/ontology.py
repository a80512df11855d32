"""The ontology: every term under its anchor as a page, the schema in every syntax."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, render_template, request
from rdflib import URIRef

from ontology.namespaces import ECO, OWL, RDFS, SKOS, VS
from service.queries import GraphData
from service.sparql.negotiation import HTML_OFFER, Offer
from service.web.dataset import OFFERS
from service.web.linked_data import choose_offer
from service.web.links import local_name
from service.web.site import current_site

blueprint = Blueprint("ontology", __name__)

LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
_TERMS = """
SELECT ?term ?property ?value WHERE {
  VALUES ?type {
    owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty owl:NamedIndividual
  }
  ?term a ?type .
  FILTER(STRSTARTS(STR(?term), $namespace))
  ?term ?property ?value .
}
ORDER BY ?term ?property ?value
"""
_ABOUT = """
SELECT ?property ?value WHERE { $ontology ?property ?value } ORDER BY ?property ?value
"""
_SECTIONS = {
    str(OWL.Class): ("classes", "Classes"),
    str(OWL.ObjectProperty): ("relations", "Properties between things"),
    str(OWL.DatatypeProperty): ("values", "Properties with values"),
    str(OWL.AnnotationProperty): ("notes", "Properties for notes"),
    str(OWL.NamedIndividual): ("individuals", "Individuals"),
}
_LINKS = {
    str(RDFS.subClassOf): "Narrower than",
    str(RDFS.subPropertyOf): "Narrower than",
    str(RDFS.domain): "From",
    str(RDFS.range): "To",
    str(OWL.inverseOf): "Inverse",
    str(OWL.equivalentClass): "Same as",
    str(OWL.disjointWith): "Never also",
}
_TRAITS = {
    str(OWL.FunctionalProperty): "one value at most",
    str(OWL.TransitiveProperty): "transitive",
    str(OWL.SymmetricProperty): "symmetric",
}


@dataclass(slots=True)
class TermView:
    """Gather what is said of one term; texts by language."""

    iri: str
    sections: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    traits: list[str] = field(default_factory=list)
    status: str = ""
    deprecated: bool = False

    def take(self, prop: str, value: str, lang: str) -> None:
        """Take in one triple."""
        if prop == str(RDFS.label):
            self.labels[lang or "en"] = value
        elif prop in (str(SKOS.definition), str(RDFS.comment)):
            self.definitions.setdefault(lang or "en", value)
        elif prop == str(SKOS.example):
            self.examples.append(value)
        elif prop == str(VS.term_status):
            self.status = value
        elif prop == str(OWL.deprecated):
            self.deprecated = value == "true"
        elif prop in _LINKS:
            self.link(_LINKS[prop], value)
        elif value in _SECTIONS:
            self.sections.add(value)
        elif value in _TRAITS:
            self.traits.append(_TRAITS[value])
        elif prop.endswith("#type") and value.startswith(str(ECO)):
            self.link("Is a", value)

    def link(self, name: str, value: str) -> None:
        self.links.setdefault(name, []).append(value)


def find_terms(data: GraphData) -> dict[str, TermView]:
    """Return every term of the namespace with what points to it within the schema."""
    terms: dict[str, TermView] = {}
    for term, prop, value in data.table(_TERMS, namespace=str(ECO)).rows:
        if term and prop and value:
            view = terms.setdefault(term.value, TermView(term.value))
            view.take(prop.value, value.value, value.lang)
    for view in list(terms.values()):
        for name, reverse in (
            ("From", "Has"),
            ("To", "Is reached by"),
            ("Narrower than", "Wider than"),
            ("Is a", "Members"),
        ):
            for target in view.links.get(name, ()):
                if target in terms:
                    terms[target].link(reverse, view.iri)
    return terms


def _sections(terms: Mapping[str, TermView]) -> list[tuple[str, str, list[TermView]]]:
    """Part terms by kind; a term stands once, under the first kind that fits."""
    taken: set[str] = set()
    sections = []
    for kind, (anchor, heading) in _SECTIONS.items():
        chosen = [t for iri, t in sorted(terms.items()) if kind in t.sections and iri not in taken]
        taken.update(term.iri for term in chosen)
        if chosen:
            sections.append((anchor, heading, chosen))
    return sections


def _about(data: GraphData) -> dict[str, str]:
    """Return title, description, version and licence of the ontology, in English."""
    rows = data.table(_ABOUT, ontology=URIRef(str(ECO).rstrip("#"))).rows
    return {
        local_name(prop.value): value.value
        for prop, value in rows
        if prop and value and value.lang in ("", "en")
    }


def _schema(offer: Offer, name: str) -> Response:
    # Loading the engine's parser takes a while: only those who ask for data wait for it.
    from ontology.build.schema import schema_triples, schema_turtle
    from service.sparql.rdf_output import write_triples

    if offer.media_type == "text/turtle":
        data = schema_turtle(name)
    else:
        data = write_triples(schema_triples(name), offer.media_type)
    return Response(data, content_type=offer.label)


def _with_alternates(response: Response, path: str, offers: tuple[Offer, ...]) -> Response:
    response.headers["Link"] = ", ".join(
        f'<{request.script_root}/{path}.{o.suffix}>; rel="alternate"; type="{o.content_type}"'
        for o in offers
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


def _represent(suffix: str) -> Response:
    offer = choose_offer(suffix, OFFERS)
    if offer is HTML_OFFER:
        data = current_site().data
        html = render_template(
            "ontology.html",
            sections=_sections(find_terms(data)),
            about=_about(data),
            namespace=str(ECO),
            languages=LANGUAGES,
        )
        response = Response(html, content_type=HTML_OFFER.label)
    else:
        response = _schema(offer, "schema")
    return _with_alternates(response, "ontology", OFFERS[:5])


@blueprint.get("/ontology")
def show_ontology() -> Response:
    """Show every term under its anchor; the schema for those who ask for data."""
    return _represent("")


@blueprint.get("/ontology.<any(html, ttl, nt, rdf, jsonld):suffix>")
def download_schema(suffix: str) -> Response:
    """Give the schema in the form that the address names."""
    return _represent(suffix)


def _represent_imports(suffix: str) -> Response:
    # Tools that follow owl:imports and say nothing of forms want data.
    offer = choose_offer(suffix, tuple(sorted(OFFERS, key=HTML_OFFER.__eq__)))
    if offer is HTML_OFFER:
        html = render_template("imports.html", declared=_declared())
        response = Response(html, content_type=HTML_OFFER.label)
    else:
        response = _schema(offer, "imports")
    return _with_alternates(response, "ontology/imports", OFFERS[:5])


def _declared() -> list[tuple[str, str]]:
    """Return the foreign terms that the schema imports: their IRIs, and what each is."""
    from ontology.build.schema import declared_terms

    return [(iri, local_name(type)) for iri, type in declared_terms("imports")]


@blueprint.get("/ontology/imports")
def show_imports() -> Response:
    """Show the foreign terms that the schema imports; their declarations for those who ask."""
    return _represent_imports("")


@blueprint.get("/ontology/imports.<any(html, ttl, nt, rdf, jsonld):suffix>")
def download_imports(suffix: str) -> Response:
    """Give the declarations of foreign terms in the form that the address names."""
    return _represent_imports(suffix)
