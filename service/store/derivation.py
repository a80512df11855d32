"""What is inferred from a document stands no longer than the document's own graph.

Ingestion replaces both graphs together. Raw writes need not know of the second: where one leaves
nothing of a document's graph, the graph of what was inferred from it goes too.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ontology.namespaces import Minter

T = TypeVar("T")


def with_inferences(
    graphs: Mapping[str, T], minter: Minter, *, is_gone: Callable[[T], bool], gone: T
) -> dict[str, T]:
    """Add, for documents' graphs that are emptied, the graphs of what is inferred from them."""
    inferred = {
        name: gone
        for iri, content in graphs.items()
        if is_gone(content) and (name := minter.inferred_from(iri)) and name not in graphs
    }
    return {**graphs, **inferred}


def orphans(
    candidates: Iterable[str], minter: Minter, *, exists: Callable[[str], bool]
) -> list[str]:
    """Name, of some documents' graphs, the inferred graphs that outlived them."""
    found = []
    for iri in candidates:
        inferred = minter.inferred_from(iri)
        if inferred is not None and exists(inferred) and not exists(iri):
            found.append(inferred)
    return found


def retire_inferences(minter: Minter) -> str:
    """Write the update that removes all inferred graphs that outlived their documents'."""
    start = minter.document_graph("")
    end = minter.inferred_graph("").removeprefix(start)
    return (
        "DELETE { GRAPH ?inferred { ?s ?p ?o } } WHERE { GRAPH ?inferred { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?inferred), "{start}") && STRENDS(STR(?inferred), "{end}")) '
        f"BIND(IRI(SUBSTR(STR(?inferred), 1, STRLEN(STR(?inferred)) - {len(end)})) AS ?graph) "
        "FILTER NOT EXISTS { GRAPH ?graph { ?a ?b ?c } } }"
    )
