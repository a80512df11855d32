"""Let texts of one effort speak of one solution, and keep the graph of links between solutions."""

from collections.abc import Mapping
from datetime import datetime

import pyoxigraph as ox

from ontology.namespaces import DCTERMS, PROV, Minter
from service.ingest.batches import graphs_of
from service.ingest.extraction import graphs_checksum
from service.ingest.likeness import group_solutions
from service.ingest.state import IngestState
from service.records.runs import run_invalidated
from service.store.protocol import Store

_BATCH = 20


def settle_likeness(state: IngestState, store: Store, minter: Minter, started: datetime) -> int:
    """Make the graphs of like texts speak of one solution; return how many were rewritten.

    Which solution stands for a group, the smallest, depends on the set of texts alone.
    """
    if state.meta("likeness") != "changed":
        return 0
    rows = {row.id: row for row in state.all_documents() if row.assigned}
    own = {name: row.solution for name, row in rows.items()}
    pairs = state.likenesses.pairs()
    stands_for = group_solutions(own, pairs)
    changed = [row for row in rows.values() if row.assigned != stands_for[row.solution]]
    for start in range(0, len(changed), _BATCH):
        graphs: dict[str, bytes] = {}
        assigned = []
        for row in changed[start : start + _BATCH]:
            solution = stands_for[row.solution]
            renamed = {
                graph: rename(b"".join(store.get_graph(graph)), row.assigned, solution)
                for graph in graphs_of(minter, [row.id])
            }
            graphs |= renamed
            assigned.append((row.id, solution, graphs_checksum(renamed)))
        left = {row.assigned for row in changed[start : start + _BATCH]}
        stones = run_invalidated(minter, started, sorted(left - set(stands_for.values())))
        store.replace_graphs(graphs, additions={minter.service_graph("runs"): stones})
        state.assign(assigned)
    links = _links(minter, stands_for, pairs)
    store.replace_graphs({minter.service_graph("links"): links})
    state.set_meta("likeness", "settled")
    return len(changed)


def rename(triples: bytes, old: str, new: str) -> bytes:
    """Put one IRI in the place of another in N-Triples; the lines come out sorted."""
    before, after = ox.NamedNode(old), ox.NamedNode(new)
    lines = []
    for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
        subject = after if quad.subject == before else quad.subject
        term = after if quad.object == before else quad.object
        lines.append(f"{subject} {quad.predicate} {term} .\n")
    return "".join(sorted(lines)).encode()


def _links(
    minter: Minter, stands_for: Mapping[str, str], pairs: tuple[tuple[str, str], ...]
) -> bytes:
    """Write which solution stands for which, and which texts tell the same."""
    lines = [
        f"<{solution}> <{DCTERMS.isReplacedBy}> <{other}> .\n"
        for solution, other in stands_for.items()
        if solution != other
    ]
    for one, other in pairs:
        first, second = minter.case_study(one), minter.case_study(other)
        lines.append(f"<{first}> <{PROV.alternateOf}> <{second}> .\n")
        lines.append(f"<{second}> <{PROV.alternateOf}> <{first}> .\n")
    return "".join(sorted(lines)).encode()
