"""The dataset as a whole: DCAT and VoID with counts from the graph, a page, and dumps."""

from importlib.metadata import version

from flask import Blueprint, Response, abort, render_template, request, send_file, url_for

from service.queries import GraphData, Row
from service.records.dataset import (
    Addresses,
    Dump,
    Figures,
    Partition,
    describe_dataset,
)
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER
from service.web.context import Labels, current_linker
from service.web.dumps import DUMPS
from service.web.linked_data import choose_offer
from service.web.links import local_name
from service.web.linksets import count_links
from service.web.site import current_site
from service.web.structured_data import mark_up_dataset

blueprint = Blueprint("dataset", __name__)

OFFERS = (HTML_OFFER, *(o for o in GRAPH_OFFERS if o.suffix not in ("trig", "nq")))
"""Forms of what is described by triples alone, without named graphs."""

_DISTINCT = """
SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }
"""
_MOST_DISTINCT = 2_000_000
"""Triples up to which distinct terms are counted, which needs them all in memory at once."""
_ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?type }"
_DOCUMENTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a eco:CaseStudy }"
_CLASSES = "SELECT ?iri (COUNT(*) AS ?n) WHERE { ?s a ?iri } GROUP BY ?iri ORDER BY ?iri"
_PROPERTIES = "SELECT ?iri (COUNT(*) AS ?n) WHERE { ?s ?iri ?o } GROUP BY ?iri ORDER BY ?iri"
_SCHEMES = "SELECT ?iri WHERE { ?iri a skos:ConceptScheme } ORDER BY ?iri"
_SOURCES = """
SELECT DISTINCT ?iri WHERE { ?caseStudy a eco:CaseStudy ; dcterms:source ?iri FILTER(ISIRI(?iri)) }
ORDER BY ?iri
"""
_LANGUAGES = """
SELECT DISTINCT ?iri WHERE { ?caseStudy a eco:CaseStudy ; dcterms:language ?iri } ORDER BY ?iri
"""
_MODIFIED = "SELECT (MAX(?end) AS ?n) WHERE { ?run a eco:Run ; prov:endedAtTime ?end }"


def _partitions(rows: list[Row]) -> tuple[Partition, ...]:
    return tuple(Partition(row["iri"], int(row["n"])) for row in rows)


def count_figures(data: GraphData) -> Figures:
    """Count what the graph holds; in a very big one distinct terms are left uncounted."""
    properties = _partitions(data.select(_PROPERTIES))
    triples = sum(part.count for part in properties)
    distinct = data.select(_DISTINCT)[0] if triples <= _MOST_DISTINCT else None
    return Figures(
        triples=triples,
        entities=data.count(_ENTITIES),
        subjects=int(distinct["subjects"]) if distinct else None,
        objects=int(distinct["objects"]) if distinct else None,
        documents=data.count(_DOCUMENTS),
        classes=_partitions(data.select(_CLASSES)),
        properties=properties,
        linksets=count_links(data, addresses=True),
        schemes=tuple(row["iri"] for row in data.select(_SCHEMES)),
        sources=tuple(row["iri"] for row in data.select(_SOURCES)),
        languages=tuple(row["iri"] for row in data.select(_LANGUAGES)),
        modified=data.select(_MODIFIED)[0]["n"],
    )


def _addresses() -> Addresses:
    site = current_site()
    return Addresses(
        page=url_for("dataset.show_dataset", _external=True),
        sparql=url_for("sparql.answer_query", _external=True),
        dumps=tuple(
            Dump(f"dump-{suffix}", form.title, _dump_address(suffix), form.media_type)
            for suffix, form in DUMPS.items()
            if site.dumps
        ),
    )


def _dump_address(suffix: str) -> str:
    return url_for("dataset.download_dump", suffix=suffix, _external=True)


def _represent(suffix: str) -> Response:
    site = current_site()
    offer = choose_offer(suffix, OFFERS)
    figures = count_figures(site.data)
    addresses = _addresses()
    if offer is HTML_OFFER:
        html = render_template(
            "dataset.html",
            iri=site.minter.dataset(),
            figures=figures,
            addresses=addresses,
            version=version("ecoduct"),
            labels=Labels([*figures.schemes, *figures.sources]),
            local=local_name,
            markup=mark_up_dataset(
                iri=site.minter.dataset(),
                url=addresses.page,
                version=version("ecoduct"),
                modified=figures.modified,
                downloads=[(dump.address, dump.media_type) for dump in addresses.dumps],
            ),
        )
        response = Response(html, content_type=HTML_OFFER.label)
    else:
        # Loading the engine's writer takes a while: only those who ask for data wait for it.
        from service.sparql.rdf_output import write_triples

        triples = describe_dataset(site.minter, figures, addresses, version=version("ecoduct"))
        response = Response(write_triples(triples, offer.media_type), content_type=offer.label)
    linker = current_linker()
    response.headers["Link"] = ", ".join(
        f'<{linker.href(site.minter.dataset(), o.suffix)}>; rel="alternate"; '
        f'type="{o.content_type}"'
        for o in OFFERS[:5]
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


@blueprint.get("/dataset")
def show_dataset() -> Response:
    """Describe the dataset as a page or as data, by the Accept header."""
    return _represent("")


@blueprint.get("/dataset.<any(html, ttl, nt, rdf, jsonld):suffix>")
def download_description(suffix: str) -> Response:
    """Describe the dataset in the form that the address names."""
    return _represent(suffix)


@blueprint.get("/.well-known/void")
def show_void() -> Response:
    """Describe the dataset where VoID says that crawlers look; as Turtle if all will do."""
    wants_all = request.headers.get("Accept", "*/*").strip() in ("", "*/*")
    return _represent("ttl" if wants_all else "")


@blueprint.get("/dumps/ecoduct.<any('nq', 'nt'):suffix>.gz")
def download_dump(suffix: str) -> Response:
    """Give the whole graph as it stands, packed."""
    dumps = current_site().dumps
    if dumps is None:
        abort(404)
    dump = dumps.get(suffix)
    response = send_file(
        dump.path.resolve(),
        mimetype="application/gzip",
        as_attachment=True,
        download_name=f"ecoduct.{suffix}.gz",
        etag=dump.generation,
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
