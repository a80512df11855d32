"""Errors of the corpus package."""


class CorpusError(Exception):
    """Say what was wrong with a source, where, and what to do."""
