"""A small graph in memory: three solutions, one for each right of display, for pages and SPARQL."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.documents import Block, CaseStudy, Source
from extract.graph import build_graph
from extract.records import Entity, Extraction, Mention, Statement
from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from service.store.answers import choose_media_type, evaluate, write_answer
from service.store.protocol import QueryAnswer, QueryRequest

MINTER = Minter()
CROSSING = (
    "Bridges for elk over the Alder road\n\n"
    "Elk died in traffic on the Alder road. Rangers built two wildlife bridges in Canada.\n\n"
    "The Alder Trust did not close the road."
)
RIVER = (
    "Free rivers for sturgeon\n\n"
    "Two dams in Romania were removed. Sturgeon spawn there again.\n\n"
    "Fishers <b>planned</b> a patrol.\n\n"
    "Nobody had asked the otters."
)
HIDDEN = "A closed report on elk\n\nElk moved freely in Canada once the fences were gone."

VOCABULARY = """
@prefix eco: <https://w3id.org/ecoduct/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@base <https://w3id.org/ecoduct/> .
<threat/> a skos:ConceptScheme ; rdfs:label "IUCN threats"@en ; skos:prefLabel "IUCN threats"@en ;
  owl:versionInfo "3.x" .
<threat/4> a skos:Concept ; skos:notation "4" ; rdfs:label "Transport"@en ;
  skos:prefLabel "Transport"@en, "Transports"@fr ; skos:inScheme <threat/> .
<threat/4.1> a skos:Concept ; skos:notation "4.1" ; rdfs:label "Roads & railroads"@en ;
  skos:prefLabel "Roads & railroads"@en ; skos:broader <threat/4> ; skos:inScheme <threat/> .
<threat/7.2> a skos:Concept ; skos:notation "7.2" ; rdfs:label "Dams"@en ;
  skos:prefLabel "Dams"@en ; skos:inScheme <threat/> .
<threat/9> a skos:Concept ; skos:notation "9" ; rdfs:label "Old roads"@en ;
  skos:prefLabel "Old roads"@en ; skos:inScheme <threat/> ; owl:deprecated true ;
  dcterms:isReplacedBy <threat/4.1> .
<intervention/1.1> a skos:Concept ; skos:notation "1.1" ; rdfs:label "Site stewardship"@en ;
  skos:prefLabel "Site stewardship"@en ; skos:inScheme <intervention/> .
<kmgbf/2> a skos:Concept ; skos:notation "2" ; rdfs:label "Restore ecosystems"@en ;
  skos:prefLabel "Restore ecosystems"@en ; skos:inScheme <kmgbf/> .
<cms/appendix-ii> a skos:Concept ; rdfs:label "CMS Appendix II"@en ; skos:inScheme <cms/> .
<listing/acipenser> a eco:Listing ; eco:listedTaxon <taxon/acipenser> ;
  eco:appendix <cms/appendix-ii> .
eco:addressesThreat a owl:ObjectProperty ; rdfs:label "addresses threat"@en ;
  rdfs:comment "Names a threat that a solution works against."@en .
eco:Solution a owl:Class ; rdfs:label "Solution"@en .
"""
ELK = Entity(
    MINTER.taxon("cervus-canadensis"),
    "species",
    "Elk",
    scientific_name="Cervus canadensis",
    rank="species",
    exact_match=("http://www.wikidata.org/entity/Q1",),
    broader=(MINTER.taxon("cervidae"),),
)
DEER = Entity(
    MINTER.taxon("cervidae"), "species", "Deer", scientific_name="Cervidae", rank="family"
)
STURGEON = Entity(
    MINTER.taxon("acipenser"), "species", "Sturgeon", scientific_name="Acipenser", rank="genus"
)
CANADA = Entity(
    MINTER.country("CA"),
    "place",
    "Canada",
    place_type="country",
    countries=("CA",),
    lat=56.0,
    lon=-106.0,
)
ROMANIA = Entity(
    MINTER.country("RO"),
    "place",
    "Romania",
    place_type="country",
    countries=("RO",),
    lat=46.0,
    lon=25.0,
)
TRUST = Entity(MINTER.actor("alder-trust"), "actor", "Alder Trust", actor_type="ngo", named=True)


@dataclass(slots=True)
class MemoryReader:
    """Answer from a store in memory; errors can be planted by query text."""

    store: ox.Store
    current: str = "g1"
    planted: dict[str, Exception] = field(default_factory=dict)
    requests: list[QueryRequest] = field(default_factory=list)

    def query(self, request: QueryRequest) -> QueryAnswer:
        self.requests.append(request)
        for text, error in self.planted.items():
            if text in request.text:
                raise error
        results = evaluate(self.store, request)
        media_type = choose_media_type(results, request.media_type)
        output = io.BytesIO()
        write_answer(results, media_type, output)
        return QueryAnswer(media_type, iter([output.getvalue()]), self.current)

    def generation(self) -> str:
        return self.current

    def close(self) -> None:
        self.store = ox.Store()


@dataclass(frozen=True, slots=True)
class MemoryTexts:
    """Keep texts in a dictionary."""

    texts: dict[str, CaseStudy]

    def case_study(self, document: str, checksum: str | None = None) -> CaseStudy | None:
        return self.texts.get(document)


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(start, start + len(part), "prose" if blocks else "title"))
        start += len(part) + 2
    return tuple(blocks)


def _extract(
    name: str,
    text: str,
    display: str,
    entities: tuple[Entity, ...],
    mentions: tuple[tuple[str, str, str | None], ...],
    statements: tuple[tuple[str, str, str, str, float, str], ...],
) -> Extraction:
    found = []
    for number, (surface, kind, entity) in enumerate(mentions, 1):
        start = text.index(surface)
        found.append(
            Mention(
                f"m{number}", start, start + len(surface), surface, kind, entity, 0.9, "test:row"
            )
        )
    case_study = MINTER.case_study(name)
    return Extraction(
        id=name,
        iri=case_study,
        title=text.split("\n")[0],
        lang="en",
        text=text,
        source=Source(
            f"{name}.md",
            "sha256:0",
            "text/markdown",
            display,
            title=f"Report {name}",
            licence="CC BY 4.0",
            url=f"https://example.net/{name}",
        ),
        solution=MINTER.solution(name),
        url=f"https://panorama.solutions/en/solution/{name}",
        blocks=_blocks(text),
        mentions=tuple(found),
        entities=entities,
        statements=tuple(
            Statement(
                case_study,
                predicate,
                target,
                score,
                status,
                ((text.index(sentence), text.index(sentence) + len(sentence)),),
                basis,
                "test:rule",
            )
            for predicate, target, status, basis, score, sentence in statements
        ),
    )


EXTRACTIONS = (
    _extract(
        "alder-bridges",
        CROSSING,
        "full",
        (ELK, DEER, CANADA, TRUST),
        (
            ("Elk", "species", ELK.iri),
            ("Alder road", "place", None),
            ("Canada", "place", CANADA.iri),
            ("Alder Trust", "actor", TRUST.iri),
            ("traffic on the Alder road", "threat", MINTER.threat("4.1")),
        ),
        (
            (
                "addressesThreat",
                MINTER.threat("4.1"),
                "affirmed",
                "stated",
                0.8,
                "Elk died in traffic on the Alder road.",
            ),
            (
                "takesPlaceInCountry",
                CANADA.iri,
                "affirmed",
                "declared",
                0.95,
                "Rangers built two wildlife bridges in Canada.",
            ),
            (
                "focalTaxon",
                ELK.iri,
                "affirmed",
                "stated",
                0.9,
                "Elk died in traffic on the Alder road.",
            ),
            (
                "implementedBy",
                TRUST.iri,
                "negated",
                "stated",
                0.7,
                "The Alder Trust did not close the road.",
            ),
            (
                "contributesToTarget",
                MINTER.kmgbf("2"),
                "affirmed",
                "inferred",
                0.6,
                "Rangers built two wildlife bridges in Canada.",
            ),
        ),
    ),
    _extract(
        "free-rivers",
        RIVER,
        "snippets",
        (STURGEON, ROMANIA),
        (
            ("dams", "threat", MINTER.threat("7.2")),
            ("Romania", "place", ROMANIA.iri),
            ("Sturgeon", "species", STURGEON.iri),
        ),
        (
            (
                "addressesThreat",
                MINTER.threat("7.2"),
                "affirmed",
                "stated",
                0.8,
                "Two dams in Romania were removed.",
            ),
            (
                "takesPlaceInCountry",
                ROMANIA.iri,
                "affirmed",
                "stated",
                0.9,
                "Two dams in Romania were removed.",
            ),
            (
                "focalTaxon",
                STURGEON.iri,
                "affirmed",
                "stated",
                0.9,
                "Sturgeon spawn there again.",
            ),
            (
                "usesIntervention",
                MINTER.intervention("1.1"),
                "planned",
                "stated",
                0.55,
                "Fishers <b>planned</b> a patrol.",
            ),
        ),
    ),
    _extract(
        "closed-report",
        HIDDEN,
        "none",
        (ELK, DEER, CANADA),
        (("Elk", "species", ELK.iri), ("Canada", "place", CANADA.iri)),
        (
            (
                "takesPlaceInCountry",
                CANADA.iri,
                "affirmed",
                "stated",
                0.9,
                "Elk moved freely in Canada once the fences were gone.",
            ),
            (
                "focalTaxon",
                ELK.iri,
                "affirmed",
                "stated",
                0.9,
                "Elk moved freely in Canada once the fences were gone.",
            ),
        ),
    ),
)


def _quads(graph: str, triples: bytes, format: ox.RdfFormat) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph)
    for quad in ox.parse(triples, format=format, base_iri=MINTER.base):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())


@cache
def _all_quads() -> tuple[ox.Quad, ...]:
    graph = MINTER.vocabulary_graph("test")
    quads = list(_quads(graph, VOCABULARY.encode(), ox.RdfFormat.TURTLE))
    for extraction in EXTRACTIONS:
        for graph, triples in build_graph(extraction, MINTER).items():
            quads += _quads(graph, triples, ox.RdfFormat.N_TRIPLES)
    return tuple(quads)


@pytest.fixture
def extractions() -> tuple[Extraction, ...]:
    """Return the records of the three solutions."""
    return EXTRACTIONS


@pytest.fixture
def vocabulary_triples() -> bytes:
    """Return the few concepts as N-Triples."""
    parsed = ox.parse(VOCABULARY, format=ox.RdfFormat.TURTLE, base_iri=MINTER.base)
    data = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    return data


@pytest.fixture
def memory_reader() -> MemoryReader:
    """Return a reader over the three solutions and a few concepts."""
    store = ox.Store()
    store.extend(_all_quads())
    return MemoryReader(store)


@pytest.fixture
def memory_texts() -> MemoryTexts:
    """Return the texts of the three solutions."""
    return MemoryTexts(
        {
            item.id: CaseStudy(
                id=item.id,
                title=item.title,
                lang=item.lang,
                text=item.text,
                blocks=item.blocks,
                offset_map=(),
                source=item.source,
                url=item.url,
            )
            for item in EXTRACTIONS
        }
    )


@pytest.fixture
def app(memory_reader: MemoryReader, memory_texts: MemoryTexts, gazetteer_path: Path) -> Flask:
    """Return the application over the small graph, with the names of the shipped tables."""
    settings = Settings(data_dir=gazetteer_path.parent)
    return create_app(settings, memory_reader, memory_texts)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """Return a client that follows no redirect by itself."""
    with app.test_client() as client:
        yield client
