"""Run one query on an open pyoxigraph store and write its answer in the media type asked for."""

import re
from typing import IO, Protocol, cast

import pyoxigraph as ox

from service.errors import (
    QueryMemoryError,
    QuerySyntaxError,
    RemoteAccessError,
    RemoteEndpointError,
    ServiceError,
)
from service.sparql.federation import drop_relayed
from service.sparql.tokenizer import remote_keywords
from service.store.metering import Meter
from service.store.protocol import QueryRequest

_LONGEST = 160
RESULTS_DEFAULT = "application/sparql-results+json"
GRAPH_DEFAULT = "application/n-triples"


class Output(Protocol):
    """Take bytes as they come."""

    def write(self, data: bytes, /) -> int: ...


_SAID = re.compile(r"(?:payload:|^)\s*((?:SERVICE|LOAD) [^\r\n]*)")


def explain_remote(error: OSError) -> RemoteEndpointError:
    """Give what the relay said; the address of the relay itself stays inside."""
    said = _SAID.search(str(error))
    return RemoteEndpointError(said.group(1) if said else "what it asks gave no answer")


Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def explain_syntax(error: SyntaxError) -> str:
    """Say where a text does not parse; the engine's list of what could stand there is cut."""
    message = " ".join(str(error).split())
    match = re.match(r"error at (\d+):(\d+): (.*)", message)
    if match is None:
        return message[:_LONGEST]
    line, column, expected = match.groups()
    if len(expected) > _LONGEST:
        expected = expected[:_LONGEST].rpartition(",")[0] + ", …"
    return f"line {line}, column {column}: {expected}"


def evaluate(store: ox.Store, request: QueryRequest) -> Results:
    """Start a query; raise QuerySyntaxError where it does not parse.

    The engine would carry out SERVICE, so RemoteAccessError is raised for all but the relay.
    """
    remote = remote_keywords(drop_relayed(request.text, request.relay))
    if remote:
        raise RemoteAccessError(f"{' and '.join(remote)} would open a connection: refused")
    try:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
        named: list[ox.NamedNode | ox.BlankNode] | None = None
        if request.default_graphs or request.named_graphs:
            default = [ox.NamedNode(iri) for iri in request.default_graphs]
            named = [ox.NamedNode(iri) for iri in request.named_graphs]
        return store.query(
            request.text, base_iri=request.base, default_graph=default, named_graphs=named
        )
    except SyntaxError as error:
        raise QuerySyntaxError(f"the query does not parse: {explain_syntax(error)}") from error
    except ValueError as error:
        raise QuerySyntaxError(f"an IRI of the request is not valid: {error}") from error
    except MemoryError as error:
        raise QueryMemoryError("the query needs more memory than one query may use") from error
    except OSError as error:
        raise explain_remote(error) from error
    except RuntimeError as error:
        raise ServiceError(f"the query cannot be evaluated: {error}") from error


def choose_media_type(results: Results, wanted: str | None) -> str:
    """Return the media type of the answer; raise ServiceError where the form has no such type."""
    if isinstance(results, ox.QueryTriples):
        chosen = wanted or GRAPH_DEFAULT
        known = ox.RdfFormat.from_media_type(chosen) is not None
        form = "CONSTRUCT and DESCRIBE"
    else:
        chosen = wanted or RESULTS_DEFAULT
        known = ox.QueryResultsFormat.from_media_type(chosen) is not None
        form = "ASK" if isinstance(results, ox.QueryBoolean) else "SELECT"
    if not known:
        raise ServiceError(f"{form} queries have no answer in {chosen}")
    return chosen


def write_answer(
    results: Results, media_type: str, output: Output, meter: Meter | None = None
) -> None:
    """Write an answer as it is computed; a meter counts triples, the output all else."""
    target = cast("IO[bytes]", output)
    try:
        if isinstance(results, ox.QueryTriples):
            triples = results if meter is None else meter.triples(results)
            ox.serialize(triples, target, format=ox.RdfFormat.from_media_type(media_type))
        else:
            results.serialize(target, format=ox.QueryResultsFormat.from_media_type(media_type))
    except MemoryError as error:
        raise QueryMemoryError("the query needs more memory than one query may use") from error
    except OSError as error:
        raise explain_remote(error) from error
    except RuntimeError as error:
        raise ServiceError(f"the query cannot be evaluated: {error}") from error
