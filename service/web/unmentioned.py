"""Answer for what the gazetteer knows and no text speaks of, as reconciliation offers it."""

from flask import Response

from extract.reconcile.actors import describe_organisation
from extract.reconcile.catalogue import Entry
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.taxa import TaxonReconciler
from extract.records import Entity
from ontology.gazetteer.rows import OrganisationRow, PlaceRow, TaxonRow
from service.names import OpenNames, current_names
from service.sparql.negotiation import HTML_OFFER, Offer
from service.web.reconciliation.showing import render_entry
from service.web.site import current_site

KINDS = frozenset(("taxon", "place", "actor"))
"""Kinds of IRIs that rows of the gazetteer have."""


def find_unmentioned(iri: str, kind: str) -> Entry | None:
    """Return the entry of the gazetteer that has an IRI; None where there is none."""
    if kind not in KINDS:
        return None
    entry = current_names().queries.catalogue.find(iri)
    return entry if entry is not None and entry.iri == iri else None


def show_unmentioned(entry: Entry, offer: Offer) -> Response:
    """Show what the gazetteer holds of an entry, as a page or as the triples a text would bring."""
    if offer is HTML_OFFER:
        page = render_entry(current_names().queries.catalogue, entry)
        return Response(page, content_type=HTML_OFFER.label)
    # Loading the engine's writer takes a while: only those who ask for data wait for it.
    from extract.graph.entities import describe_entity
    from extract.graph.terms import Triples
    from service.sparql.rdf_output import write_triples

    triples = Triples()
    describe_entity(triples, _entity_of(entry, current_names()), current_site().minter)
    return Response(write_triples(triples.to_bytes(), offer.media_type), content_type=offer.label)


def _entity_of(entry: Entry, names: OpenNames) -> Entity:
    gazetteer, minter = names.gazetteer, current_site().minter
    match entry.item:
        case TaxonRow() as row:
            return TaxonReconciler(gazetteer, minter).entity(row)
        case PlaceRow() as row:
            return PlaceEntities(gazetteer, minter).of_row(row)[0]
        case OrganisationRow() as row:
            return describe_organisation(row, minter)
    raise ValueError(f"{entry.iri} is no row of the gazetteer")
