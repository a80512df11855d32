"""Errors of the service package."""


class ServiceError(Exception):
    """Say what was wrong with the service, where, and what to do."""


class QuerySyntaxError(ServiceError):
    """Say where a query does not parse."""


class QueryTimeoutError(ServiceError):
    """Say that a query was ended after its time."""


class QueryMemoryError(ServiceError):
    """Say that a query was ended at its memory limit."""


class StoreUnavailableError(ServiceError):
    """Say why a store cannot be read or written."""


class RequestRefusedError(ServiceError):
    """Say why a request that parses is not carried out."""


class DefaultGraphWriteError(RequestRefusedError):
    """Say that the default graph is the merge of all graphs and takes no writes of its own."""


class RemoteAccessError(RequestRefusedError):
    """Say that a request would make the store open a connection."""


class RemoteEndpointError(ServiceError):
    """Say that another endpoint, which a query asks, gave no answer that can be used."""
