import pytest

from extract.matching.species_document import SpeciesReader
from extract.reconcile.taxa import TaxonLink, TaxonReconciler
from ontology.gazetteer.folding import split_words
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

BASE = "https://example.com/"


def _links(gazetteer: Gazetteer, text: str, *countries: str) -> list[TaxonLink | None]:
    matches = SpeciesReader(gazetteer, "en").read(split_words(text), lambda offset: False)
    standing = [match for match in matches if not match.rejected]
    reconciler = TaxonReconciler(gazetteer, Minter(BASE))
    return reconciler.link(standing, countries=frozenset(countries))


def _link(gazetteer: Gazetteer, text: str, *countries: str) -> TaxonLink:
    (link,) = _links(gazetteer, text, *countries)
    assert link is not None
    return link


def test_taxa_entity(gazetteer: Gazetteer) -> None:
    entity = _link(gazetteer, "the snow leopard").entity
    assert (entity.iri, entity.kind, entity.label, entity.scientific_name, entity.rank) == (
        BASE + "taxon/panthera-uncia",
        "species",
        "snow leopard",
        "Panthera uncia",
        "species",
    )
    assert entity.broader == (BASE + "taxon/panthera",)
    assert "http://purl.obolibrary.org/obo/NCBITaxon_29064" in entity.exact_match
    assert "http://www.wikidata.org/entity/Q30197" in entity.exact_match
    assert any(iri.startswith("https://www.gbif.org/species/") for iri in entity.exact_match)


def test_taxa_ancestors(gazetteer: Gazetteer) -> None:
    names = [e.scientific_name for e in _link(gazetteer, "the snow leopard").ancestors]
    assert names == ["Panthera", "Felidae", "Carnivora", "Mammalia"]


def test_taxa_candidates_mark_the_match(gazetteer: Gazetteer) -> None:
    link = _link(gazetteer, "an ibex")
    assert [c.match for c in link.candidates].count(True) == 1
    assert link.candidates[0].iri == link.entity.iri
    assert list(link.candidates) == sorted(link.candidates, key=lambda c: -c.score)


def test_taxa_group_word_without_a_taxon(gazetteer: Gazetteer) -> None:
    entity = _link(gazetteer, "many waterbirds").entity
    assert (entity.scientific_name, entity.rank, entity.exact_match) == (None, "group", ())


def test_taxa_unlisted_species_hangs_under_its_genus(gazetteer: Gazetteer) -> None:
    link = _link(gazetteer, "They found it (Panthera imaginaria).")
    assert link.entity.scientific_name == "Panthera imaginaria"
    assert link.entity.broader == (BASE + "taxon/panthera",)
    assert link.ancestors[0].scientific_name == "Panthera"


@pytest.mark.parametrize(
    ("text", "countries", "listed"),
    [
        ("the snow leopard", (), ("I",)),
        ("a peregrine falcon", (), ("II",)),
        ("the house sparrow", (), ()),
        ("the common dolphin", (), ()),
        ("the greater flamingo", (), ("II",)),
        ("a brown rat", ("ES",), ()),
    ],
)
def test_taxa_cms_appendix(
    gazetteer: Gazetteer, text: str, countries: tuple[str, ...], listed: tuple[str, ...]
) -> None:
    assert _link(gazetteer, text, *countries).entity.cms_appendix == listed


def test_taxa_cms_listing_of_populations_needs_the_countries(gazetteer: Gazetteer) -> None:
    assert "II" not in _link(gazetteer, "mountain gazelles").entity.cms_appendix
    assert "II" in _link(gazetteer, "mountain gazelles", "IL").entity.cms_appendix


def test_taxa_cms_listing_with_exception(gazetteer: Gazetteer) -> None:
    assert "I" in _link(gazetteer, "a cheetah", "IR").entity.cms_appendix
    assert _link(gazetteer, "a cheetah", "NA").entity.cms_appendix == ()
