"""Turn a vocabulary into a SKOS concept scheme."""

from ontology.build.turtle import Triples, iri, text, typed
from ontology.namespaces import DCTERMS, ECO, FOAF, OWL, RDFS, SKOS, Minter
from ontology.vocabulary import Concept, Vocabulary, concept_iri, scheme_iri


def write_scheme(triples: Triples, vocabulary: Vocabulary, minter: Minter) -> None:
    """Write a concept scheme and all its concepts."""
    scheme, subject = vocabulary.scheme, scheme_iri(minter, vocabulary.name)
    triples.add_type(subject, str(SKOS.ConceptScheme))
    for lang, title in scheme.titles.items():
        triples.add(subject, str(DCTERMS.title), text(title, lang))
        triples.add(subject, str(SKOS.prefLabel), text(title, lang))
    triples.add(subject, str(RDFS.label), text(scheme.titles["en"], "en"))
    triples.add(subject, str(DCTERMS.description), text(scheme.description, "en"))
    triples.add(subject, str(OWL.versionInfo), text(scheme.version))
    triples.add(subject, str(DCTERMS.modified), typed(f"{scheme.modified}T00:00:00Z", "dateTime"))
    triples.add(subject, str(DCTERMS.license), iri(scheme.licence))
    if scheme.homepage:
        triples.add(subject, str(FOAF.page), iri(scheme.homepage))
    for concept in vocabulary.concepts.values():
        _write_concept(triples, vocabulary, concept, minter)


def _write_concept(
    triples: Triples, vocabulary: Vocabulary, concept: Concept, minter: Minter
) -> None:
    name, classes = vocabulary.name, vocabulary.scheme.classes
    subject, scheme = concept_iri(minter, name, concept.code), scheme_iri(minter, name)
    triples.add_type(subject, str(SKOS.Concept))
    if kind := classes.get(concept.kind, classes.get("*", "")):
        triples.add_type(subject, kind)
    triples.add(subject, str(SKOS.inScheme), iri(scheme))
    if concept.broader is not None:
        broader = concept_iri(minter, name, concept.broader)
        triples.add(subject, str(SKOS.broader), iri(broader))
    elif concept.status == "valid":
        triples.add(subject, str(SKOS.topConceptOf), iri(scheme))
        triples.add(scheme, str(SKOS.hasTopConcept), iri(subject))
    triples.add(subject, str(RDFS.label), text(concept.label, "en"))
    for lang, label in concept.labels.items():
        triples.add(subject, str(SKOS.prefLabel), text(label, lang))
    for label in concept.alt_labels:
        triples.add(subject, str(SKOS.altLabel), text(label, "en"))
    facts: tuple[tuple[str, str, str | None], ...] = (
        (str(SKOS.notation), concept.notation, None),
        (str(SKOS.definition), concept.definition, "en"),
        (str(SKOS.editorialNote), concept.note, "en"),
        (str(ECO.schemeVersion), concept.version, None),
        (str(ECO.conceptKind), concept.kind, None),
        (str(ECO.sourceStatus), concept.confidence, None),
        (str(DCTERMS.identifier), concept.identifier, None),
        (str(DCTERMS.source), concept.source, None),
    )
    for predicate, value, tag in facts:
        if value:
            triples.add(subject, predicate, text(value, tag))
    for address in concept.see_also:
        triples.add(subject, str(RDFS.seeAlso), iri(address))
    if concept.status == "deprecated":
        triples.add(subject, str(OWL.deprecated), typed("true", "boolean"))
    for code in concept.replaced_by:
        triples.add(subject, str(DCTERMS.isReplacedBy), iri(concept_iri(minter, name, code)))
