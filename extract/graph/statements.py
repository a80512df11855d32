"""Write statements: the direct triple, and the assertion with its evidence."""

import hashlib
from collections.abc import Collection

from extract.graph.evidence import write_sentence
from extract.graph.terms import Triples, decimal, iri, text
from extract.records import Extraction, Statement
from ontology.inference import rule_iri
from ontology.namespaces import DEFAULT_BASE, ECO, PROV, Minter
from ontology.thresholds import least_score

_DIRECT = frozenset({"affirmed", "historical"})


def write_statement(
    triples: Triples,
    extraction: Extraction,
    statement: Statement,
    minter: Minter,
    *,
    threshold: float,
    rejected: Collection[str] = (),
) -> tuple[str, str]:
    """Write one statement and return the IRIs of its subject and of its assertion.

    What is said about a case study is said of its solution. The direct triple stands only where
    the statement is affirmed or historical, its score reaches the threshold, or that of its
    predicate where it is higher, and no reviewer has rejected it.
    """
    about_case = statement.subject == extraction.iri
    subject = extraction.solution if about_case else statement.subject
    predicate = str(ECO[statement.predicate])
    key = assertion_key(statement, minter)
    assertion = minter.assertion(extraction.id, key)
    sure = statement.score >= least_score(statement.predicate, threshold) and key not in rejected
    if statement.assertion in _DIRECT and sure:
        triples.add(subject, predicate, iri(statement.object))
    triples.add_type(assertion, "Assertion")
    triples.add(assertion, str(ECO.assertedIn), iri(extraction.iri))
    triples.add(assertion, str(ECO.assertedSubject), iri(subject))
    triples.add(assertion, str(ECO.assertedPredicate), iri(predicate))
    triples.add(assertion, str(ECO.assertedObject), iri(statement.object))
    triples.add(assertion, str(ECO.confidence), decimal(statement.score))
    triples.add(assertion, str(ECO.assertionStatus), iri(str(ECO[statement.assertion])))
    triples.add(assertion, str(ECO.basis), iri(str(ECO[statement.basis])))
    if statement.rule:
        triples.add(assertion, str(ECO.rule), text(statement.rule))
    if statement.basis == "inferred":
        triples.add(assertion, str(ECO.inferenceRule), iri(rule_iri(minter, statement.rule)))
    for start, end in statement.evidence:
        sentence = write_sentence(triples, extraction, start, end, minter)
        triples.add(assertion, str(PROV.wasDerivedFrom), iri(sentence))
    return subject, assertion


def assertion_key(statement: Statement, minter: Minter) -> str:
    """Return what tells a statement of a text from its others, whatever software found it.

    It holds the text and not its solution: an assertion keeps its IRI, and what reviewers said of
    it, when solutions turn out to be one. What a source declares stands beside what its text
    states. It is that of the default base, and so outlasts a move to another.
    """
    predicate = str(ECO[statement.predicate])
    parts = (statement.subject, predicate, statement.object, statement.assertion)
    key = "\n".join(_under_default_base(part, minter) for part in parts)
    if statement.basis == "declared":
        key += "\ndeclared"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _under_default_base(value: str, minter: Minter) -> str:
    ours = value.startswith(minter.base) and not value.startswith(str(ECO))
    return DEFAULT_BASE + value.removeprefix(minter.base) if ours else value
