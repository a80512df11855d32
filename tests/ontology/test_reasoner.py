from pathlib import Path

import pytest
import rdflib

from ontology.build.graphs import vocabulary_graphs
from ontology.namespaces import ECO, RDF, Minter
from ontology.reasoner import logical_triples, reason

MINTER = Minter()
EXAMPLE = Path(__file__).parent / "shapes" / "conforming.ttl"


def contradiction(*triples: tuple[str, str, str]) -> bytes:
    return "".join(f"<{s}> <{p}> <{o}> .\n" for s, p, o in triples).encode()


CONTRADICTIONS = {
    "threat-is-stress": contradiction(
        (MINTER.threat("4.1"), str(RDF.type), str(ECO.Threat)),
        (MINTER.threat("4.1"), str(RDF.type), str(ECO.Stress)),
    ),
    "taxon-implements": contradiction(
        (MINTER.taxon("lynx-lynx"), str(ECO.implements), MINTER.intervention("6.1")),
        (MINTER.taxon("lynx-lynx"), str(RDF.type), str(ECO.Taxon)),
    ),
    "threat-as-intervention": contradiction(
        (MINTER.solution("s"), str(ECO.usesIntervention), MINTER.threat("4.1")),
        (MINTER.threat("4.1"), str(RDF.type), str(ECO.Threat)),
    ),
    "two-statuses": contradiction(
        ("http://localhost/a", str(ECO.assertionStatus), str(ECO.affirmed)),
        ("http://localhost/a", str(ECO.assertionStatus), str(ECO.negated)),
    ),
}


def test_reasoner_leaves_annotations_out() -> None:
    data = logical_triples(vocabulary_graphs(MINTER).values()).decode()
    assert 'core#prefLabel> "' not in data
    assert 'core#notation> "' in data


@pytest.mark.slow
@pytest.mark.java
def test_reasoner_finds_schema_vocabularies_and_example_consistent() -> None:
    example = rdflib.Graph().parse(EXAMPLE).serialize(format="nt").encode()
    report = reason([*vocabulary_graphs(MINTER).values(), example])
    assert (report.consistent, report.unsatisfiable) == (True, ())


@pytest.mark.slow
@pytest.mark.java
@pytest.mark.parametrize("name", sorted(CONTRADICTIONS))
def test_reasoner_finds_contradiction(name: str) -> None:
    assert not reason([CONTRADICTIONS[name]]).consistent
