"""Turn one extraction into the triples of its named graphs."""

import hashlib
from collections.abc import Collection

from extract.graph.closure import write_closure
from extract.graph.entities import describe_entity
from extract.graph.evidence import write_mention
from extract.graph.statements import write_statement
from extract.graph.terms import Triples, iri, text
from extract.records import Extraction
from ontology.namespaces import DCTERMS, ECO, FOAF, Minter, slugify

__all__ = ["build_graph"]


def build_graph(
    extraction: Extraction,
    minter: Minter,
    *,
    threshold: float = 0.5,
    rejected: Collection[str] = (),
) -> dict[str, bytes]:
    """Return the graph of a document and the graph of what is inferred from it, as N-Triples.

    ``rejected`` are keys of statements that make no direct triple, whatever their score. The bytes
    depend on the extraction, the base and these alone; no blank nodes.
    """
    stated, inferred = Triples(), Triples()
    _write_document(stated, extraction, minter)
    for mention in extraction.mentions:
        write_mention(stated, extraction, mention, minter)
    for entity in extraction.entities:
        describe_entity(stated, entity, minter)
    assertions = []
    for statement in extraction.statements:
        triples = inferred if statement.basis == "inferred" else stated
        assertions.append(
            write_statement(
                triples, extraction, statement, minter, threshold=threshold, rejected=rejected
            )
        )
    write_closure(inferred, extraction, assertions, minter)
    return {
        minter.document_graph(extraction.id): stated.to_bytes(),
        minter.inferred_graph(extraction.id): inferred.to_bytes(),
    }


def _write_document(triples: Triples, extraction: Extraction, minter: Minter) -> None:
    """Describe the source, the case study and the solution that it tells of."""
    source, case_study, solution = extraction.source, extraction.iri, extraction.solution
    document = minter.document(slugify(source.symbol or source.file or extraction.id))
    lang = extraction.lang
    triples.add_type(document, "Document")
    triples.add_label(document, source.title or source.file or extraction.title)
    for predicate, value in (
        (DCTERMS.title, source.title),
        (DCTERMS.identifier, source.symbol),
        (DCTERMS.creator, source.creator),
        (DCTERMS.rights, source.licence),
        (ECO.sourceChecksum, source.checksum),
    ):
        if value:
            triples.add(document, str(predicate), text(value))
    if source.url:
        triples.add(document, str(FOAF.page), iri(source.url))
    triples.add_type(case_study, "CaseStudy")
    triples.add_label(case_study, extraction.title, lang)
    triples.add(case_study, str(DCTERMS.title), text(extraction.title, lang))
    triples.add(case_study, str(DCTERMS.identifier), text(extraction.id))
    triples.add(case_study, str(DCTERMS.language), text(lang))
    triples.add(case_study, str(DCTERMS.source), iri(document))
    triples.add(case_study, str(ECO.displayRight), text(source.display))
    checksum = "sha256:" + hashlib.sha256(extraction.text.encode()).hexdigest()
    triples.add(case_study, str(ECO.textChecksum), text(checksum))
    triples.add(case_study, str(ECO.describes), iri(solution))
    triples.add_type(solution, "Solution")
    triples.add_label(solution, extraction.title, lang)
    triples.add(solution, str(DCTERMS.title), text(extraction.title, lang))
    triples.add(solution, str(ECO.describedIn), iri(case_study))
    if extraction.url:
        triples.add(solution, str(FOAF.page), iri(extraction.url))
