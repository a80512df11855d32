"""Say under which IRIs other databases know a row of the gazetteer."""

from ontology.databases import identifier_iri
from ontology.gazetteer.identifiers import AnyRow, identifiers_of


def exact_matches(row: AnyRow) -> tuple[str, ...]:
    """Return the IRIs of a row elsewhere, those of the main databases first."""
    matches = (identifier_iri(name, identifier) for name, identifier in identifiers_of(row))
    return tuple(dict.fromkeys(iri for iri in matches if iri))
