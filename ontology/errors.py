"""Errors of the ontology package."""


class OntologyError(Exception):
    """Say what was wrong with a vocabulary, gazetteer or shape, where, and what to do."""
