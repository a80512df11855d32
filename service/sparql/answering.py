"""Answer a query over HTTP: media type, entity tag and stream."""

import hashlib
import ipaddress
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus

from flask import Response
from werkzeug import Request

from service.config import Settings
from service.problems import ProblemError
from service.sparql.delivery import WatchedChunks, keep_whole
from service.sparql.monitor import Watch
from service.sparql.negotiation import Offer, QueryForm, negotiate, offers_for
from service.sparql.parameters import QueryParameters
from service.sparql.results import end_answer
from service.store.protocol import QueryAnswer, QueryRequest, Reader

_OLD_PROTOCOL = "HTTP/1.0"
GENERATION_HEADER = "X-Ecoduct-Generation"


@lru_cache(maxsize=64)
def _choose(form: QueryForm, accept: str, format: str) -> Offer:
    offers = offers_for(form)
    offer = negotiate(accept, offers, format=format)
    if offer is None:
        known = ", ".join(o.content_type for o in offers if o.names)
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"{form} is answered as {known}; ask for one")
    return offer


def _digest(offer: Offer, parameters: QueryParameters) -> str:
    """Name what was asked, whatever the graph holds."""
    return hashlib.sha256(repr((offer.content_type, parameters)).encode()).hexdigest()[:16]


@lru_cache(maxsize=1024)
def name_client(address: str) -> str:
    """Name who asks, for fair shares: an IPv4 address or the network of an IPv6 address."""
    address = address.partition("%")[0]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def client_key(asked: Request) -> str:
    """Name the client of a request."""
    return name_client(asked.remote_addr or "unknown")


def answer(
    reader: Reader,
    parameters: QueryParameters,
    asked: Request,
    *,
    settings: Settings,
    watch: Watch,
) -> Response:
    """Answer a query in the media type that the client likes best, or say that it has it."""
    watch.text = parameters.text
    offer = _choose(parameters.form, asked.headers.get("Accept", ""), parameters.format)
    # What other endpoints answer changes without our knowing.
    readable = asked.method in ("GET", "HEAD") and not parameters.relay
    digest = _digest(offer, parameters) if readable else ""
    headers = {"Content-Type": offer.label}
    if readable:
        headers["Cache-Control"] = "no-cache"
        if "If-None-Match" in asked.headers:
            etag = f"{reader.generation()}-{digest}"
            if asked.if_none_match.contains_weak(etag):
                watch.end("not-modified")
                del headers["Content-Type"]
                headers["ETag"] = f'"{etag}"'
                return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    elif parameters.relay:
        headers["Cache-Control"] = "no-store"
    found = reader.query(
        QueryRequest(
            parameters.text,
            offer.media_type,
            default_graphs=parameters.default_graphs,
            named_graphs=parameters.named_graphs,
            timeout_s=parameters.timeout_s,
            base=f"{asked.scheme}://{asked.host}{asked.root_path}{asked.path}",
            relay=parameters.relay,
            client=client_key(asked),
            max_rows=settings.answer_rows,
            max_bytes=settings.answer_mb << 20,
        )
    )
    headers[GENERATION_HEADER] = found.generation
    if readable:
        headers["ETag"] = f'"{found.generation}-{digest}"'
    body, length = _body(found, asked, watch)
    response = Response(body, headers=headers)
    if length is not None:
        response.content_length = length
    return response


def _body(found: QueryAnswer, asked: Request, watch: Watch) -> tuple[Iterable[bytes], int | None]:
    """Return what is sent of an answer, and its length where that is known before."""
    if found.whole is not None:
        watch.cost, watch.generation = found.cost, found.generation
        watch.bytes = len(found.whole)
        watch.end()
        return (found.whole,), len(found.whole)
    if asked.method == "HEAD":
        end_answer(found)
        watch.end()
        # No list: the length of what would be sent is not known.
        return iter(()), None
    if asked.environ.get("SERVER_PROTOCOL") == _OLD_PROTOCOL:
        return keep_whole(found, watch)
    return WatchedChunks(found, watch), None
