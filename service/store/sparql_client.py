"""Requests to a SPARQL server over HTTP, with failures turned into our errors."""

import time
import urllib.error
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO

from SPARQLWrapper import INSERT, POST, SELECT, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from service.errors import (
    QuerySyntaxError,
    QueryTimeoutError,
    ServiceError,
    StoreUnavailableError,
)

_CHUNK = 1 << 16
_GRACE_S = 5.0
"""How much longer to wait for a server that has been told the time limit itself."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Say where a SPARQL server takes queries and updates, and how it is entered."""

    query_url: str
    update_url: str
    user: str = ""
    password: str = ""
    token: str = ""
    timeout_parameter: str = ""
    """Name of a parameter by which the server takes a time limit."""
    timeout_scale: int = 1
    """What a second is in that parameter: 1000 where it is in milliseconds."""


class SparqlClient:
    """Send queries and updates to one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._grace_s = _GRACE_S if endpoint.timeout_parameter else 0.0

    def prepare(self, text: str, *, update: bool, timeout_s: float) -> SPARQLWrapper:
        """Make a request of a text; parameters and headers may be added."""
        wrapper = SPARQLWrapper(self.endpoint.query_url, self.endpoint.update_url)
        wrapper.setMethod(POST)
        # Else it names a format in parameters too, which some servers put before the header.
        wrapper.setOnlyConneg(True)
        # Set past setQuery, which guesses the type by regular expressions.
        wrapper.queryString, wrapper.queryType = text, INSERT if update else SELECT
        wrapper.setTimeout(max(1, round(timeout_s + self._grace_s)))
        if self.endpoint.user:
            wrapper.setCredentials(self.endpoint.user, self.endpoint.password)
        if self.endpoint.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.endpoint.token}")
        if self.endpoint.timeout_parameter and not update:
            wrapper.addParameter(
                self.endpoint.timeout_parameter, f"{timeout_s * self.endpoint.timeout_scale:g}"
            )
        return wrapper

    def send(self, wrapper: SPARQLWrapper, timeout_s: float) -> BytesIO:
        """Send a request and return the whole body; raise the error that fits its failure."""
        until = time.monotonic() + timeout_s + self._grace_s
        body = BytesIO()
        try:
            response = wrapper.query().response
            with response:
                if response.headers.get("X-SQL-State"):
                    raise QueryTimeoutError("the server gave a part of the answer only")
                while chunk := response.read(_CHUNK):
                    body.write(chunk)
                    if time.monotonic() > until:
                        raise QueryTimeoutError(f"the query was ended after {timeout_s:g} s")
        except TimeoutError as error:
            raise QueryTimeoutError(f"the query was ended after {timeout_s:g} s") from error
        except SPARQLWrapperException as error:
            raise self._explain(error) from error
        except urllib.error.HTTPError as error:
            raise StoreUnavailableError(f"{error.url} answered {error.code}") from error
        except (HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise QueryTimeoutError(f"the query was ended after {timeout_s:g} s") from error
            raise StoreUnavailableError(f"{self.endpoint.query_url}: {error}") from error
        body.seek(0)
        return body

    def _explain(self, error: SPARQLWrapperException) -> ServiceError:
        text = str(error).strip()
        if isinstance(error, QueryBadFormed):
            return QuerySyntaxError(f"the request does not parse: {text}")
        return StoreUnavailableError(f"{self.endpoint.query_url}: {text}")
