"""Turn CMS listings, and the scope of CMS instruments, into triples."""

from collections.abc import Mapping

from ontology.build.turtle import Triples, iri, text, typed
from ontology.namespaces import DCTERMS, DWC, ECO, RDFS, SKOS, Minter, slugify
from ontology.vocabulary import concept_iri, read_rows, split_cell

_APPENDICES = {"I": "appendix-i", "II": "appendix-ii"}


def taxon_iri(minter: Minter, scientific_name: str) -> str:
    """Mint the IRI of a taxon by the rule that the gazetteer follows."""
    return minter.taxon(slugify(scientific_name, limit=120))


def write_listings(triples: Triples, minter: Minter) -> None:
    """Write one node for each listing of a taxon on an appendix."""
    for row in read_rows("cms_appendices"):
        _write_listing(triples, row, minter)


def _write_listing(triples: Triples, row: Mapping[str, str], minter: Minter) -> None:
    subject = minter.cms(row["key"])
    where = f"CMS Appendix {row['appendix']}" if row["appendix"] else "CMS, appendix not seen"
    label = f"{row['name_as_listed']} ({where})"
    triples.add_type(subject, "Listing")
    triples.add(subject, str(RDFS.label), text(label, "en"))
    if row["appendix"]:
        appendix = minter.cms(_APPENDICES[row["appendix"]])
        triples.add(subject, str(ECO.appendix), iri(appendix))
    for predicate, value in (
        (ECO.nameAsListed, row["name_as_listed"]),
        (ECO.population, row["population"]),
        (ECO.listedBy, row["listed_by"]),
        (ECO.listingStatus, row["listing_status"]),
        (ECO.taxonMatch, row["taxon_match"]),
        (ECO.speciesPlusIdentifier, row["speciesplus_cms_id"]),
        (ECO.sourceStatus, row["confidence"]),
        (DCTERMS.source, row["source"]),
    ):
        if value:
            triples.add(subject, str(predicate), text(value))
    if row["note"]:
        triples.add(subject, str(SKOS.editorialNote), text(row["note"], "en"))
    if row["listed_by_year"]:
        triples.add(subject, str(ECO.listedByYear), typed(row["listed_by_year"], "integer"))
    for name in split_cell(row["taxon"]):
        taxon = taxon_iri(minter, name)
        triples.add(subject, str(ECO.listedTaxon), iri(taxon))
        triples.add_type(taxon, "Taxon")
        triples.add(taxon, str(DWC.scientificName), text(name))
        triples.add(taxon, str(DWC.taxonRank), text(row["rank"]))
        if row["broader_taxon"]:
            broader = taxon_iri(minter, row["broader_taxon"])
            triples.add(taxon, str(SKOS.broader), iri(broader))
            triples.add_type(broader, "Taxon")
            triples.add(broader, str(DWC.scientificName), text(row["broader_taxon"]))


def write_instrument_scopes(triples: Triples, minter: Minter) -> None:
    """Write the taxa and countries of each instrument, as the project reads them."""
    for row in read_rows("cms_instruments"):
        subject = concept_iri(minter, "cms_instruments", row["code"])
        for name in split_cell(row["taxa"]):
            triples.add(subject, str(ECO.coversTaxon), iri(taxon_iri(minter, name)))
        for code in split_cell(row["countries"]):
            triples.add(subject, str(ECO.coversCountry), iri(minter.country(code)))
        for predicate, value in (
            (ECO.scopeAsStated, row["scope_text"]),
            (ECO.taxaAsStated, row["taxa_text"]),
            (ECO.scopeReading, row["reading"]),
        ):
            if value:
                triples.add(subject, str(predicate), text(value))
        if row["legally_binding"]:
            binding = "true" if row["legally_binding"] == "yes" else "false"
            triples.add(subject, str(ECO.legallyBinding), typed(binding, "boolean"))
        if row["listed_only"] == "yes":
            triples.add(subject, str(ECO.coversListedTaxaOnly), typed("true", "boolean"))
    for row in read_rows("cms_concerted_actions"):
        subject = concept_iri(minter, "cms_concerted_actions", row["code"])
        for name in split_cell(row["taxa"]):
            triples.add(subject, str(ECO.coversTaxon), iri(taxon_iri(minter, name)))
