"""Write mentions and evidence sentences as Web Annotations."""

from extract.graph.terms import Triples, decimal, integer, iri, text
from extract.records import Extraction, Mention
from ontology.namespaces import ECO, OA, RDF, Minter


def write_mention(
    triples: Triples, extraction: Extraction, mention: Mention, minter: Minter
) -> str:
    """Write one mention and return the IRI of its annotation."""
    annotation = minter.annotation(extraction.id, mention.id)
    triples.add_type(annotation, str(OA.Annotation), "Mention")
    if mention.entity:
        triples.add(annotation, str(OA.hasBody), iri(mention.entity))
    triples.add(annotation, str(ECO.mentionKind), text(mention.kind))
    triples.add(annotation, str(ECO.confidence), decimal(mention.score))
    triples.add(annotation, str(ECO.rule), text(mention.component))
    if mention.assertion != "affirmed":
        triples.add(annotation, str(ECO.assertionStatus), iri(str(ECO[mention.assertion])))
    _write_target(triples, extraction, annotation, mention.start, mention.end)
    return annotation


def write_sentence(
    triples: Triples, extraction: Extraction, start: int, end: int, minter: Minter
) -> str:
    """Write one evidence sentence and return the IRI of its annotation."""
    annotation = minter.annotation(extraction.id, f"s{start}-{end}")
    triples.add_type(annotation, str(OA.Annotation), "EvidenceSentence")
    triples.add(annotation, str(OA.motivatedBy), iri(str(OA.highlighting)))
    _write_target(triples, extraction, annotation, start, end)
    return annotation


def _write_target(
    triples: Triples, extraction: Extraction, annotation: str, start: int, end: int
) -> None:
    """Anchor an annotation by position and, unless the source forbids it, by quote.

    Prefix and suffix are left out: the position stands in a stored text, and they would be a
    tenth of all triples.
    """
    target, position, quote = (f"{annotation}#{part}" for part in ("target", "position", "quote"))
    triples.add(annotation, str(OA.hasTarget), iri(target))
    triples.add(target, str(RDF.type), iri(str(OA.SpecificResource)))
    triples.add(target, str(OA.hasSource), iri(extraction.iri))
    triples.add(target, str(OA.hasSelector), iri(position))
    triples.add(position, str(RDF.type), iri(str(OA.TextPositionSelector)))
    triples.add(position, str(OA.start), integer(start))
    triples.add(position, str(OA.end), integer(end))
    if extraction.source.display == "none":
        return
    triples.add(target, str(OA.hasSelector), iri(quote))
    triples.add(quote, str(RDF.type), iri(str(OA.TextQuoteSelector)))
    triples.add(quote, str(OA.exact), text(extraction.text[start:end]))
