from importlib.resources import files

import pyoxigraph
import pytest
import rdflib

from extract.graph.entities import _ACTOR_CLASSES
from extract.records import PREDICATES
from ontology.build.graphs import vocabulary_graphs
from ontology.namespaces import DCTERMS, ECO, OWL, RDF, RDFS, SKOS, Minter
from ontology.quality import make_store

ONTOLOGY = rdflib.URIRef("https://w3id.org/ecoduct/ontology")
SCHEMA = rdflib.Graph().parse(data=(files("ontology") / "schema.ttl").read_bytes(), format="turtle")
IMPORTS = rdflib.Graph().parse(
    data=(files("ontology") / "imports.ttl").read_bytes(), format="turtle"
)
TERMS = sorted(SCHEMA.subjects(RDFS.isDefinedBy, ONTOLOGY))
STATUS = rdflib.URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(str(ECO)))
def test_schema_term_is_described_in_three_languages(term: rdflib.URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        values = list(SCHEMA.objects(term, predicate))
        assert sorted(str(v.language) for v in values) == ["en", "es", "fr"]
        assert all(str(value).strip() for value in values)
    assert str(SCHEMA.value(term, STATUS)) in ("stable", "testing")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(str(ECO)))
def test_schema_term_has_an_example_in_english(term: rdflib.URIRef) -> None:
    examples = list(SCHEMA.objects(term, SKOS.example))
    assert examples
    assert all(e.language == "en" and len(str(e)) > 12 for e in examples)


def test_schema_repeats_no_example() -> None:
    examples = [str(example) for example in SCHEMA.objects(None, SKOS.example)]
    assert len(examples) == len(set(examples)) >= len(TERMS)


def test_schema_has_version_iri_licence_and_imports() -> None:
    assert SCHEMA.value(ONTOLOGY, OWL.versionIRI) == rdflib.URIRef(f"{ONTOLOGY}/0.1.0")
    assert SCHEMA.value(ONTOLOGY, OWL.imports) == rdflib.URIRef(f"{ONTOLOGY}/imports")
    assert SCHEMA.value(ONTOLOGY, DCTERMS.license) is not None


def test_schema_defines_every_predicate_that_can_be_stated() -> None:
    properties = set(SCHEMA.subjects(RDF.type, OWL.ObjectProperty))
    assert [name for name in PREDICATES if ECO[name] not in properties] == []


def test_schema_defines_the_class_of_every_actor_type() -> None:
    actors = set(SCHEMA.transitive_subjects(RDFS.subClassOf, ECO.Actor))
    assert [name for name in _ACTOR_CLASSES.values() if ECO[name] not in actors] == []


def test_schema_gives_every_property_a_kind_and_known_ends() -> None:
    known = set(SCHEMA.subjects(RDF.type, OWL.Class)) | set(IMPORTS.subjects(RDF.type, OWL.Class))
    ends = set(SCHEMA.objects(None, RDFS.domain)) | set(SCHEMA.objects(None, RDFS.range))
    unknown = {
        end for end in ends - known if isinstance(end, rdflib.URIRef) and "XMLSchema#" not in end
    }
    assert unknown == set()


def test_schema_and_vocabularies_use_declared_properties_only() -> None:
    declared = set(SCHEMA.subjects(RDF.type, None)) | set(IMPORTS.subjects(RDF.type, None))
    builtin = (str(RDF), str(RDFS), str(OWL))
    store = make_store(vocabulary_graphs(Minter()).values())
    used = {
        rdflib.URIRef(row["p"].value)
        for row in store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")
    }
    assert {p for p in used - declared if not str(p).startswith(builtin)} == set()


def test_schema_store_graph_keeps_every_labelled_term() -> None:
    minter = Minter()
    data = vocabulary_graphs(minter)[minter.vocabulary_graph("schema")]
    triples = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    subjects = {quad.subject.value for quad in triples}
    assert {str(term) for term in TERMS} <= subjects
