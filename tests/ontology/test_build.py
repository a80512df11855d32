from importlib.resources import files

import pyoxigraph
import pytest
import rdflib

from ontology.build.files import write_files
from ontology.build.graphs import build_files, vocabulary_checksum, vocabulary_graphs
from ontology.build.mappings import expand_curie, read_mapping_sets
from ontology.build.turtle import iri, text, typed, write_turtle
from ontology.errors import OntologyError
from ontology.namespaces import DCTERMS, ECO, OWL, RDF, SKOS, Minter
from ontology.vocabulary import load_vocabulary, scheme_table

BUILT = build_files()


@pytest.mark.parametrize("name", sorted(BUILT))
def test_build_gives_committed_bytes(name: str) -> None:
    assert (files("ontology") / name).read_bytes() == BUILT[name]


@pytest.mark.parametrize("name", sorted(BUILT))
def test_build_writes_turtle_equal_to_ntriples(name: str) -> None:
    minter = Minter()
    graph = name.rpartition("/")[2].removesuffix(".ttl")
    expected = vocabulary_graphs(minter)[minter.vocabulary_graph(graph)]
    turtle = pyoxigraph.parse(BUILT[name], format=pyoxigraph.RdfFormat.TURTLE)
    ntriples = pyoxigraph.parse(expected, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {q.triple for q in turtle} == {q.triple for q in ntriples}


def test_build_makes_a_graph_of_every_scheme() -> None:
    names = {graph.rpartition("/")[2] for graph in vocabulary_graphs(Minter())}
    assert {scheme.graph for scheme in scheme_table().values()} <= names
    assert {"schema", "mappings", "places"} <= names


def test_build_follows_another_base() -> None:
    base = "http://localhost:8000/"
    graphs = vocabulary_graphs(Minter(base))
    assert all(graph.startswith(base) for graph in graphs)
    data = b"".join(v for k, v in graphs.items() if not k.endswith("/schema"))
    assert b"<https://w3id.org/ecoduct/ontology#Threat>" in data
    assert b"<http://localhost:8000/threat/4.1>" in data
    assert data.replace(b"https://w3id.org/ecoduct/ontology#", b"").count(b"w3id.org/ecoduct") == 0


def test_build_checksum_depends_on_base_and_content() -> None:
    assert vocabulary_checksum(Minter()) == vocabulary_checksum(Minter())
    assert vocabulary_checksum(Minter()) != vocabulary_checksum(Minter("http://localhost/"))


def test_build_has_no_blank_nodes() -> None:
    lines = b"".join(vocabulary_graphs(Minter()).values()).decode().splitlines()
    assert [line for line in lines if "_:" in line.split('"')[0]] == []


def threats() -> rdflib.Graph:
    return rdflib.Graph().parse(data=BUILT["vocabularies/threats.ttl"], format="turtle")


def test_build_describes_concept() -> None:
    graph, minter = threats(), Minter()
    roads = rdflib.URIRef(minter.threat("4.1"))
    assert graph.value(roads, SKOS.notation) == rdflib.Literal("4.1")
    assert graph.value(roads, ECO.schemeVersion) == rdflib.Literal("3.x")
    assert graph.value(roads, SKOS.broader) == rdflib.URIRef(minter.threat("4"))
    assert graph.value(roads, SKOS.inScheme) == rdflib.URIRef(minter.scheme("threat"))
    assert (roads, RDF.type, ECO.Threat) in graph
    assert rdflib.Literal("Carreteras y ferrocarriles", lang="es") in graph.objects(
        roads, SKOS.prefLabel
    )


def test_build_deprecates_older_actions() -> None:
    graph = rdflib.Graph().parse(data=BUILT["vocabularies/actions.ttl"], format="turtle")
    old = rdflib.URIRef(Minter().concept("intervention-cmp1", "1.1"))
    assert graph.value(old, OWL.deprecated) == rdflib.Literal(True)


def test_build_writes_listing_with_population_date_and_source() -> None:
    graph = rdflib.Graph().parse(data=BUILT["vocabularies/cms.ttl"], format="turtle")
    minter = Minter()
    listing = rdflib.URIRef(minter.cms("listing-ii-accipitridae-spp"))
    assert graph.value(listing, ECO.listedTaxon) == rdflib.URIRef(minter.taxon("accipitridae"))
    assert graph.value(listing, ECO.appendix) == rdflib.URIRef(minter.cms("appendix-ii"))
    assert graph.value(listing, ECO.listedByYear) == rdflib.Literal(2005)
    assert "treaty series" in str(graph.value(listing, DCTERMS.source))
    bats = rdflib.URIRef(minter.cms("listing-ii-rhinolophidae-spp-only-european-populations"))
    assert str(graph.value(bats, ECO.population)) == "only European populations"


def test_build_ties_instrument_to_taxa_and_countries_as_own_reading() -> None:
    graph = rdflib.Graph().parse(data=BUILT["vocabularies/cms.ttl"], format="turtle")
    minter = Minter()
    saiga = rdflib.URIRef(minter.cms("saiga-mou"))
    countries = {str(c).rpartition("/")[2] for c in graph.objects(saiga, ECO.coversCountry)}
    assert countries == {"kz", "mn", "ru", "tm", "uz"}
    assert str(graph.value(saiga, ECO.scopeReading)) == "own reading of scope and taxa"


def test_build_keeps_official_and_own_mappings_apart() -> None:
    sets = {mapping_set.name: mapping_set for mapping_set in read_mapping_sets()}
    assert {name: len(found.rows) for name, found in sets.items()} == {
        "actions_versions": 36,
        "actor_classes": 17,
        "actor_types": 41,
        "cms_official": 17,
        "cms_own_reading": 9,
        "external": 80,
        "kmgbf_official": 130,
        "sdg_external": 386,
        "threats_versions": 55,
    }
    assert {row["status"] for row in sets["cms_official"].rows} == {"official"}
    assert {row["status"] for row in sets["cms_own_reading"].rows} == {"own reading"}


def test_build_maps_known_concepts_only() -> None:
    minter = Minter()
    known = {
        minter.concept(scheme.segment, code)
        for scheme in scheme_table().values()
        for code in load_vocabulary(scheme.name).concepts
    }
    unknown = {
        row[column]
        for mapping_set in read_mapping_sets()
        for row in mapping_set.rows
        for column in ("subject_id", "object_id")
        if (found := expand_curie(row[column], minter)).startswith(minter.base)
        and found not in known
    }
    assert unknown == set()


def test_build_refuses_name_without_prefix() -> None:
    with pytest.raises(OntologyError, match="not a prefixed name"):
        expand_curie("4.1", Minter())


def test_build_writes_files_once(tmp_path) -> None:
    assert {path.name for path, changed in write_files(tmp_path) if changed} == {
        name.rpartition("/")[2] for name in BUILT
    }
    assert [path for path, changed in write_files(tmp_path) if changed] == []


def test_build_turtle_shortens_and_sorts() -> None:
    triples = [
        (iri("http://x/b"), iri("http://x/p"), typed("2", "integer")),
        (iri("http://x/a"), str(f"<{RDF.type}>"), iri("http://x/C")),
        (iri("http://x/a"), iri("http://x/p"), text('say "é"\n', "fr")),
        (iri("http://x/a"), iri("http://x/p"), typed("1.5", "decimal")),
    ]
    assert write_turtle(triples, {"x": "http://x/", "y": "http://y/"}, "One\nTwo").decode() == (
        "# One\n# Two\n@prefix x: <http://x/> .\n\n"
        'x:a\n    a x:C ;\n    x:p 1.5, "say \\"é\\"\\n"@fr .\n\n'
        "x:b\n    x:p 2 .\n"
    )
