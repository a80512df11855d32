"""Read the RDF that a client sends, in the media type that it names, as N-Triples."""

from http import HTTPStatus

import pyoxigraph as ox
from werkzeug import Request

from service.problems import ProblemError
from service.store.triples import to_block

READ_FORMATS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_FORM = "multipart/form-data"


def _unsupported(what: str) -> ProblemError:
    return ProblemError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{what}; send {', '.join(READ_FORMATS)}"
    )


def parse_graph(
    data: bytes, mimetype: str, charset: str, *, base: str, where: str
) -> set[ox.Triple]:
    """Parse one graph; raise ProblemError where it is not what its media type says."""
    rdf_format = READ_FORMATS.get(mimetype)
    if rdf_format is None:
        raise _unsupported(f"{where}: {mimetype or 'no media type'} is not read here")
    if charset.lower() not in ("utf-8", "utf8"):
        raise _unsupported(f"{where}: charset {charset} is not read here, only UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8 (byte {error.start})"
        ) from error
    # Entities can make a short document very long.
    if rdf_format == ox.RdfFormat.RDF_XML and "<!ENTITY" in text:
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"{where}: XML entities are not read here")
    triples = set()
    try:
        # Labels of blank nodes are the client's own and must not meet those of the store.
        for quad in ox.parse(text, format=rdf_format, base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise ProblemError(
                    HTTPStatus.BAD_REQUEST, f"{where} holds named graphs; send one graph at a time"
                )
            triples.add(quad.triple)
    except (SyntaxError, ValueError) as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"{where} does not parse as {mimetype}: {error}"
        ) from error
    return triples


def read_graph(request: Request, *, base: str) -> bytes:
    """Return the graph of a request as N-Triples; parts of a form are merged.

    Relative IRIs are resolved against ``base``. Raise ProblemError for what cannot be read.
    """
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _unsupported("compressed bodies are not read here")
    triples: set[ox.Triple] = set()
    if request.mimetype == _FORM:
        if request.form:
            raise _unsupported("each part of a form needs a file name and a media type")
        for name, part in sorted(request.files.items(multi=True), key=lambda item: item[0]):
            charset = part.mimetype_params.get("charset", "utf-8")
            where = f"part {name}"
            triples |= parse_graph(part.read(), part.mimetype, charset, base=base, where=where)
    else:
        charset = request.mimetype_params.get("charset", "utf-8")
        triples = parse_graph(
            request.get_data(), request.mimetype, charset, base=base, where="the body"
        )
    return to_block(triples).encode()
