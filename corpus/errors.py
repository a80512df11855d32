"""Errors of the corpus package."""


class CorpusError(Exception):
    """Say what was wrong with a source, where, and what to do."""


class FetchError(CorpusError):
    """Say why an item could not be had now; trying again later may help."""


class GoneError(FetchError):
    """Say that an item is no longer where it was (404, 410, deleted file)."""


class ListingError(CorpusError):
    """Say that a source could not be listed to its end, so that absence from it tells nothing."""
