"""Errors of the service package."""


class ServiceError(Exception):
    """Say what was wrong with the service, where, and what to do."""


class QuerySyntaxError(ServiceError):
    """Say where a query does not parse."""


class QueryTimeoutError(ServiceError):
    """Say that a query was ended after its time."""


class QueryMemoryError(ServiceError):
    """Say that a query was ended at its memory limit."""


class AnswerTooLargeError(ServiceError):
    """Say that an answer has more rows or bytes than one answer may have."""


class StoreUnavailableError(ServiceError):
    """Say why a store cannot be read or written; the reason may name folders of the machine."""


class BusyError(StoreUnavailableError):
    """Say that too much is asked just now."""


class WriterEndsError(BusyError):
    """Say that the writer is being replaced and that a write was not carried out."""


class UncertainWriteError(StoreUnavailableError):
    """Say that it is not known whether a write was kept."""


class ShareUsedError(ServiceError):
    """Say that one client has used its share and when it may ask again."""

    def __init__(self, message: str, retry_after_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RequestRefusedError(ServiceError):
    """Say why a request that parses is not carried out."""


class DefaultGraphWriteError(RequestRefusedError):
    """Say that the default graph is the merge of all graphs and takes no writes of its own."""


class RemoteAccessError(RequestRefusedError):
    """Say that a request would make the store open a connection."""


class RemoteEndpointError(ServiceError):
    """Say that another endpoint, which a query asks, gave no answer that can be used."""
