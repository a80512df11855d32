"""The twelve questions over HTTP, beside the bare engine on the same graph: CPU within one run."""

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

import pyoxigraph as ox
import pytest

from extract.bench.generator import generate_extractions
from extract.graph import build_graph
from ontology.build.graphs import vocabulary_graphs
from ontology.competency import load_questions
from ontology.namespaces import Minter
from service.bench import cpu_seconds
from service.serving_bench import Server, ask_all, serving
from service.store.embedded import open_embedded
from service.store.folder import DataFolder

DOCUMENTS, ROUNDS = 60, 12
OVERHEAD_MS = 6.0
"""CPU that a request costs whatever is asked; 2 to 5 are usual."""
USUAL, MOST = 1.5, 2.5
"""Times the engine's own CPU beyond that: of the median question, and of any."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """Start the service and ``oxigraph serve`` over the same generated documents."""
    folder = tmp_path_factory.mktemp("questions")
    minter = Minter()
    graphs = dict(vocabulary_graphs(minter))
    for extraction in generate_extractions(DOCUMENTS, seed=1, minter=minter):
        graphs |= build_graph(extraction, minter)
    data = DataFolder(folder)
    loading = ox.Store(str(data.store))
    for iri, triples in graphs.items():
        for target in (ox.NamedNode(iri), None):
            loading.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=target)
    loading.optimize()
    del loading
    open_embedded(data).close()
    with ExitStack() as stack:
        ours, engine = (
            stack.enter_context(serving(name, folder, folder)) for name in ("ecoduct", "oxigraph")
        )
        yield ours, engine


def measure(server: Server, query: str) -> float:
    """Return the CPU milliseconds of one answer, after one that warms up."""
    assert ask_all(server, [query], clients=1) == 0
    before = cpu_seconds(server.process)
    assert ask_all(server, [query] * ROUNDS, clients=1) == 0
    return 1000 * (cpu_seconds(server.process) - before) / ROUNDS


@pytest.mark.slow
def test_question_ratio_to_the_engine(servers: tuple[Server, Server]) -> None:
    ratios = {}
    for question in load_questions():
        ours, engine = (measure(server, question.text) for server in servers)
        ratios[question.key] = max(0.0, ours - OVERHEAD_MS) / max(engine, 1.0)
    assert len(ratios) == 12
    assert median(ratios.values()) <= USUAL, ratios
    assert max(ratios.values()) <= MOST, ratios
