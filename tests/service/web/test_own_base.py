"""What a base mints is found there: at the address of the service itself, and by the default."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.bench.generator import generate_extractions
from extract.graph import build_graph
from ontology.build.graphs import vocabulary_graphs
from ontology.namespaces import DEFAULT_BASE, Minter
from service.app import create_app
from service.config import Settings

_OWN = "http://localhost/"
"""Where Flask's test client finds a service."""
_STEP = 83
_FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.mark.slow
@pytest.mark.parametrize("base", [_OWN, DEFAULT_BASE])
def test_own_base_leads_to_what_it_mints(
    base: str, memory_reader, memory_texts, gazetteer_path: Path
) -> None:
    minter, store = Minter(base), memory_reader.store
    store.clear()
    graphs = dict(vocabulary_graphs(minter))
    for extraction in generate_extractions(3, seed=5, minter=minter):
        graphs |= build_graph(extraction, minter)
    for name, triples in graphs.items():
        for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
            store.add(ox.Quad(*quad.triple, ox.NamedNode(name)))
            store.add(ox.Quad(*quad.triple))
    minted = {
        term.value.partition("#")[0]
        for quad in store
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode) and term.value.startswith(base)
    }
    settings = Settings(base=base, data_dir=gazetteer_path.parent)
    client = create_app(settings, memory_reader, memory_texts).test_client()
    chosen = sorted(minted)[::_STEP]
    assert len(chosen) > 40
    wrong = []
    for iri in chosen:
        path = f"/{iri.removeprefix(base)}"
        page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        if page.status_code != 200 or not page.content_type.startswith("text/html"):
            wrong.append((iri, "text/html", page.status_code))
        answers = set()
        for media_type, form in _FORMS.items():
            answer = client.get(path, headers={"Accept": media_type}, follow_redirects=True)
            if answer.status_code != 200 or not answer.content_type.startswith(media_type):
                wrong.append((iri, media_type, answer.status_code))
            else:
                answers.add(frozenset(map(str, ox.parse(answer.data, format=form))))
        if len(answers) != 1 or f"<{base}" not in str(answers):
            wrong.append((iri, "triples", len(answers)))
    assert wrong == []
