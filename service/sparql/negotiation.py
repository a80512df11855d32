"""Media types of SPARQL answers as tables, and the choice among them as a pure function."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer one media type: what the store writes, what the answer says, its short names."""

    media_type: str
    """What the store is asked to write."""
    content_type: str
    """What the answer is labelled with."""
    names: tuple[str, ...] = ()
    """Values of ``format=``; the first is the file suffix."""
    text: bool = True
    """Whether the label takes a charset parameter."""

    @property
    def label(self) -> str:
        """Return the Content-Type header."""
        return f"{self.content_type}; charset=utf-8" if self.text else self.content_type

    @property
    def suffix(self) -> str:
        return self.names[0] if self.names else ""


_JSON = "application/sparql-results+json"
_XML = "application/sparql-results+xml"

RESULT_OFFERS: tuple[Offer, ...] = (
    Offer(_JSON, _JSON, ("json", "srj"), text=False),
    Offer(_XML, _XML, ("xml", "srx"), text=False),
    Offer("text/csv", "text/csv", ("csv",)),
    Offer("text/tab-separated-values", "text/tab-separated-values", ("tsv",)),
    Offer(_JSON, "application/json", text=False),
    Offer(_XML, "application/xml", text=False),
    Offer(_XML, "text/xml"),
)
"""SELECT and ASK, best liked first; the plain names are for clients that ask for them."""

GRAPH_OFFERS: tuple[Offer, ...] = (
    Offer("text/turtle", "text/turtle", ("ttl", "turtle")),
    Offer("application/n-triples", "application/n-triples", ("nt", "ntriples")),
    Offer("application/rdf+xml", "application/rdf+xml", ("rdf", "rdfxml", "xml"), text=False),
    Offer("application/ld+json", "application/ld+json", ("jsonld", "json"), text=False),
    Offer("application/trig", "application/trig", ("trig",)),
    Offer("application/n-quads", "application/n-quads", ("nq", "nquads")),
    Offer("application/n-triples", "text/plain"),
    Offer("application/ld+json", "application/json", text=False),
    Offer("application/rdf+xml", "application/xml", text=False),
    Offer("text/turtle", "application/x-turtle"),
)
"""CONSTRUCT, DESCRIBE and descriptions of things."""

HTML_OFFER = Offer("text/html", "text/html", ("html",))


def offers_for(form: QueryForm) -> tuple[Offer, ...]:
    """Return what a query of this form can be answered as."""
    return RESULT_OFFERS if form in ("SELECT", "ASK") else GRAPH_OFFERS


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """Return 3 for the type itself, 2 for its family, 1 for anything, 0 for no match."""
        main, _, sub = media_type.partition("/")
        if (self.type, self.subtype) == (main, sub):
            return 3
        if self.type == main and self.subtype == "*":
            return 2
        return 1 if self.type == self.subtype == "*" else 0


def _parse_quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value.strip()), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _parse_accept(accept: str) -> list[_Range]:
    ranges = []
    for part in accept.split(","):
        media_type, *parameters = part.split(";")
        main, slash, sub = media_type.strip().lower().partition("/")
        if slash:
            ranges.append(_Range(main, sub, _parse_quality(parameters)))
    return ranges


def _quality(ranges: Sequence[_Range], media_type: str) -> float:
    matches = [(r.specificity(media_type), r.quality) for r in ranges]
    level, quality = max(matches, default=(0, 0.0))
    return quality if level else 0.0


def negotiate(accept: str, offers: Sequence[Offer], *, format: str = "") -> Offer | None:
    """Choose the offer that a client likes best; None where none will do.

    ``format`` is a short name or a media type and wins over ``accept``. Ties go to the offer that
    stands first. An empty ``accept`` takes anything.
    """
    if format:
        wanted = format.strip().lower()
        for offer in offers:
            if wanted in offer.names or wanted == offer.content_type:
                return offer
        return None
    ranges = _parse_accept(accept)
    if not ranges:
        return offers[0]
    ranked = [(_quality(ranges, offer.content_type), -i) for i, offer in enumerate(offers)]
    quality, position = max(ranked)
    return offers[-position] if quality > 0 else None
