"""The triples of what reviewers decided: one graph, a function of the decisions."""

from collections.abc import Iterable

from extract.graph.statements import assertion_key
from extract.graph.terms import Triples, integer, iri, text
from extract.records import Mention
from extract.review.anchors import Anchor
from extract.review.decisions import Decision, move_base
from ontology.namespaces import DCTERMS, DEFAULT_BASE, ECO, OA, RDF, RDFS, XSD, Minter


def curation_graph(
    decisions: Iterable[Decision], minter: Minter, *, quoted: frozenset[str] = frozenset()
) -> bytes:
    """Write decisions as Web Annotations; words are quoted of the documents named in ``quoted``.

    A rejected assertion stands in the graph of its document still: here it is marked.
    """
    triples = Triples()
    for decision in decisions:
        moved = move_base(decision, DEFAULT_BASE, minter.base)
        _write(triples, moved, minter, quote=decision.document in quoted)
    return triples.to_bytes()


def _write(triples: Triples, decision: Decision, minter: Minter, *, quote: bool) -> None:
    review = minter.review(decision.document, decision.key)
    triples.add_type(review, str(OA.Annotation), "Review")
    triples.add(review, str(OA.motivatedBy), iri(str(OA.moderating)))
    triples.add(review, str(ECO.verdict), text(decision.verdict))
    if decision.decided:
        moment = f'"{decision.decided}"^^<{XSD.dateTime}>'
        triples.add(review, str(DCTERMS.created), moment)
    if decision.reviewer:
        triples.add(review, str(DCTERMS.creator), text(decision.reviewer))
    if decision.note:
        triples.add(review, str(RDFS.comment), text(decision.note))
    if decision.statement is not None:
        key = assertion_key(decision.statement, minter)
        triples.add(review, str(OA.hasTarget), iri(minter.assertion(decision.document, key)))
        if decision.corrected_statement is not None:
            right = assertion_key(decision.corrected_statement, minter)
            triples.add(review, str(OA.hasBody), iri(minter.assertion(decision.document, right)))
    elif decision.mention is not None:
        _write_place(triples, review, decision.document, decision.anchors[0], minter, quote=quote)
        body: Mention | None = decision.corrected_mention or decision.mention
        if decision.verdict != "reject" and body is not None and body.entity:
            triples.add(review, str(OA.hasBody), iri(body.entity))


def _write_place(
    triples: Triples, review: str, document: str, anchor: Anchor, minter: Minter, *, quote: bool
) -> None:
    target, position, words = (f"{review}#{part}" for part in ("target", "position", "quote"))
    triples.add(review, str(OA.hasTarget), iri(target))
    triples.add(target, str(RDF.type), iri(str(OA.SpecificResource)))
    triples.add(target, str(OA.hasSource), iri(minter.case_study(document)))
    triples.add(target, str(OA.hasSelector), iri(position))
    triples.add(position, str(RDF.type), iri(str(OA.TextPositionSelector)))
    triples.add(position, str(OA.start), integer(anchor.start))
    triples.add(position, str(OA.end), integer(anchor.start + len(anchor.exact)))
    if quote:
        triples.add(target, str(OA.hasSelector), iri(words))
        triples.add(words, str(RDF.type), iri(str(OA.TextQuoteSelector)))
        triples.add(words, str(OA.exact), text(anchor.exact))
