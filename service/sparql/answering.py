"""Answer a query over HTTP: media type, entity tag and stream."""

import hashlib
import ipaddress
from http import HTTPStatus

from flask import Response, request

from service.config import Settings
from service.problems import ProblemError
from service.sparql.delivery import WatchedChunks, keep_whole
from service.sparql.monitor import Watch
from service.sparql.negotiation import Offer, negotiate, offers_for
from service.sparql.parameters import QueryParameters
from service.sparql.results import end_answer
from service.store.protocol import QueryRequest, Reader

_OLD_PROTOCOL = "HTTP/1.0"
GENERATION_HEADER = "X-Ecoduct-Generation"


def _choose(parameters: QueryParameters) -> Offer:
    offers = offers_for(parameters.form)
    offer = negotiate(request.headers.get("Accept", ""), offers, format=parameters.format)
    if offer is None:
        known = ", ".join(o.content_type for o in offers if o.names)
        raise ProblemError(
            HTTPStatus.NOT_ACCEPTABLE, f"{parameters.form} is answered as {known}; ask for one"
        )
    return offer


def _etag(generation: str, offer: Offer, parameters: QueryParameters) -> str:
    digest = hashlib.sha256(repr((offer.content_type, parameters)).encode()).hexdigest()
    return f"{generation}-{digest[:16]}"


def client_key() -> str:
    """Name who asks, for fair shares: an IPv4 address or the network of an IPv6 address."""
    address = (request.remote_addr or "unknown").partition("%")[0]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def answer(
    reader: Reader, parameters: QueryParameters, *, settings: Settings, watch: Watch
) -> Response:
    """Answer a query in the media type that the client likes best, or say that it has it."""
    watch.text = parameters.text
    offer = _choose(parameters)
    # What other endpoints answer changes without our knowing.
    readable = request.method in ("GET", "HEAD") and not parameters.relay
    etag = _etag(reader.generation(), offer, parameters)
    if readable and request.if_none_match.contains_weak(etag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        watch.end("not-modified")
    else:
        found = reader.query(
            QueryRequest(
                parameters.text,
                offer.media_type,
                default_graphs=parameters.default_graphs,
                named_graphs=parameters.named_graphs,
                timeout_s=parameters.timeout_s,
                base=request.base_url,
                relay=parameters.relay,
                client=client_key(),
                max_rows=settings.answer_rows,
                max_bytes=settings.answer_mb << 20,
            )
        )
        etag = _etag(found.generation, offer, parameters)
        if request.method == "HEAD":
            end_answer(found)
            watch.end()
            response = Response(content_type=offer.label)
        elif request.environ.get("SERVER_PROTOCOL") == _OLD_PROTOCOL:
            body, length = keep_whole(found, watch)
            response = Response(body, content_type=offer.label)
            response.content_length = length
        else:
            response = Response(WatchedChunks(found, watch), content_type=offer.label)
        response.headers[GENERATION_HEADER] = found.generation
    if readable:
        response.set_etag(etag)
        response.headers["Cache-Control"] = "no-cache"
    elif parameters.relay:
        response.headers["Cache-Control"] = "no-store"
    return response
