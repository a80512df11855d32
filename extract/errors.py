"""Errors of the extract package."""


class ExtractError(Exception):
    """Say what was wrong with an extraction, where, and what to do."""
