"""Mark the names of taxa in a text with the word families that trigger patterns ask for."""

from spacy.tokens import Doc

from extract.components.mentions import drafts_of
from extract.components.species import MATCH
from extract.matching.anchors import Mark
from extract.matching.taxon_match import TaxonMatch
from ontology.gazetteer.lookup import Gazetteer
from ontology.taxon_families import load_taxon_families


def mark_taxa(doc: Doc, gazetteer: Gazetteer) -> list[Mark]:
    """List the names of taxa that stand, in text order, once for each family of the taxon."""
    known = load_taxon_families()
    found: list[Mark] = []
    for draft in drafts_of(doc, "species"):
        match: TaxonMatch = draft.features[MATCH]
        families: dict[str, None] = {}
        rows = match.rows()
        row_id = rows[0] if rows else match.parent
        if row_id is not None:
            row = gazetteer.taxon(row_id)
            keys = [
                ("kingdom", row.kingdom),
                ("class", row.class_name),
                ("order", row.order),
                ("family", row.family),
                (row.rank, row.scientific_name),
            ]
            families.update((family, None) for key in keys for family in known.get(key, ()))
        found.extend((draft.start, draft.end, family) for family in families)
    return found
