"""What is inferred from a document stands no longer than what it was inferred from.

Ingestion replaces the graph of a document and the graph of what was inferred from it together. Raw
writes need not know of the second. Where one leaves nothing of a document's graph, what was
inferred goes too. Where one takes something out, everything goes that was inferred with the text
at hand, since what it rests on may be what is gone, and what follows from the graph alone is
inferred anew. Where one only adds, what was inferred still follows, and what follows from the
addition joins it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import pyoxigraph as ox

from ontology.namespaces import ECO, RDF, SKOS, Minter

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


Marks = Mapping[str, frozenset[int]]
"""What documents' graphs held, a number for each triple."""


class Inferences:
    """Keep graphs of what is inferred true to documents' graphs that are written by hand."""

    def __init__(
        self,
        minter: Minter,
        *,
        triples: Callable[[str], set[ox.Triple]],
        graphs: Callable[[], Iterable[str]],
    ) -> None:
        """Read a graph by ``triples`` and the names of all named graphs by ``graphs``."""
        self._minter = minter
        self._triples = triples
        self._graphs = graphs

    def before(self, written: Iterable[str] | None) -> Marks:
        """Note what documents hold whose graphs are about to be written; None means any."""
        if written is None:
            documents = {d for g in self._graphs() if (d := self._minter.document_of_inferred(g))}
        else:
            documents = {g for g in written if self._holds(self._minter.inferred_from(g))}
        return {iri: _marks(self._triples(iri)) for iri in sorted(documents)}

    def _holds(self, inferred: str | None) -> bool:
        return inferred is not None and bool(self._triples(inferred))

    def after(
        self, marks: Marks
    ) -> tuple[dict[str, set[ox.Triple] | None], dict[str, set[ox.Triple]]]:
        """Tell which inferred graphs to set, None for those that go, and what to add to others."""
        replaced: dict[str, set[ox.Triple] | None] = {}
        added: dict[str, set[ox.Triple]] = {}
        for document, before in marks.items():
            inferred = self._minter.inferred_graph(
                document.removeprefix(self._minter.document_graph(""))
            )
            now = self._triples(document)
            if not now:
                replaced[inferred] = None
            elif before - (marks_now := _marks(now)):
                replaced[inferred] = conclude(now, inferred, self._minter) or None
            elif marks_now - before and self._holds(inferred):
                added[inferred] = conclude(now, inferred, self._minter)
        return replaced, added


def _marks(triples: Iterable[ox.Triple]) -> frozenset[int]:
    return frozenset(map(hash, triples))


def conclude(triples: Iterable[ox.Triple], inferred: str, minter: Minter) -> set[ox.Triple]:
    """Infer what follows from a document's graph alone, as ingestion does; empty for nothing."""
    # Reads the tables of listings, which few writes need.
    from ontology.inference import CLOSURE, INVERSE, LISTING, listings_of_taxa, wider_than
    from ontology.vocabulary import concept_iri

    broader: dict[str, set[str]] = {}
    taxa: set[str] = set()
    places: set[str] = set()
    found: set[tuple[str, str, str]] = set()
    rules: set[str] = set()
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(
            triple.object, ox.NamedNode
        ):
            continue
        subject, predicate, value = (
            triple.subject.value,
            triple.predicate.value,
            triple.object.value,
        )
        if predicate == str(SKOS.broader):
            broader.setdefault(subject, set()).add(value)
        elif predicate == str(RDF.type) and value == str(ECO.Taxon):
            taxa.add(subject)
        elif predicate == str(RDF.type) and value == str(ECO.Place):
            places.add(subject)
        elif predicate == str(ECO.assertedSubject):
            rules.add(INVERSE)
            found.add((value, str(ECO.isSubjectOf), subject))
    listings = listings_of_taxa(minter) if taxa else {}
    for thing in taxa | places:
        wider = wider_than(thing, broader)
        rules.update([CLOSURE] if wider else [])
        found.update((thing, str(SKOS.broaderTransitive), target) for target in wider)
        if thing in taxa:
            listed = {name for taxon in (thing, *wider) for name in listings.get(taxon, ())}
            rules.update([LISTING] if listed else [])
            found.update((thing, str(ECO.listedUnder), name) for name in listed)
    if found:
        found.add((inferred, str(RDF.type), str(ECO.InferredGraph)))
        found.add((inferred, str(ECO.basis), str(ECO.inferred)))
        found |= {
            (inferred, str(ECO.inferenceRule), concept_iri(minter, "rules", r)) for r in rules
        }
    return {ox.Triple(*map(ox.NamedNode, statement)) for statement in found}


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
