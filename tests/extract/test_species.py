from pathlib import Path

import spacy
from spacy.tokens import Doc

from corpus.documents import Block, CaseStudy, Source
from extract.components.abbreviations import abbreviations_of, make_abbreviations
from extract.components.mentions import drafts_of, entities_of, prepare_doc
from extract.components.species import make_species_ruler
from extract.components.taxon_linker import make_taxon_linker
from ontology.namespaces import Minter


def _doc(text: str) -> Doc:
    source = Source(file="a.md", checksum="sha256:0", media_type="text/markdown")
    case_study = CaseStudy(
        id="a",
        title="",
        lang="en",
        text=text,
        blocks=(Block(0, len(text), "prose"),),
        offset_map=(),
        source=source,
    )
    return prepare_doc(spacy.blank("en")(text), case_study, Minter("https://example.com/"))


def _run(text: str, gazetteer_path: Path) -> Doc:
    doc = _doc(text)
    nlp = spacy.blank("en")
    for component in (
        make_abbreviations(nlp, "abbreviations"),
        make_species_ruler(nlp, "species_ruler", str(gazetteer_path)),
        make_taxon_linker(nlp, "taxon_linker", str(gazetteer_path)),
    ):
        doc = component(doc)
    return doc


def test_species_drafts_quote_the_text(gazetteer_path: Path) -> None:
    doc = _run("Snow leopards (Panthera uncia) hunt ibex.", gazetteer_path)
    drafts = drafts_of(doc, "species")
    assert [d.text for d in drafts] == ["Snow leopards", "Panthera uncia", "ibex"]
    assert all(doc.text[d.start : d.end] == d.text for d in drafts)
    assert [d.rule for d in drafts[:2]] == [
        "species_ruler:common name",
        "species_ruler:scientific name",
    ]


def test_species_drafts_are_linked_with_wider_taxa(gazetteer_path: Path) -> None:
    doc = _run("Snow leopards roam.", gazetteer_path)
    (draft,) = drafts_of(doc, "species")
    assert draft.entity is not None and draft.entity.scientific_name == "Panthera uncia"
    assert draft.candidates[0].match
    names = {entity.scientific_name for entity in entities_of(doc).values()}
    assert names == {"Panthera uncia", "Panthera", "Felidae", "Carnivora", "Mammalia"}


def test_species_rejected_drafts_keep_the_reason(gazetteer_path: Path) -> None:
    doc = _run("Wildlife and leopards.", gazetteer_path)
    rejected = [d for d in drafts_of(doc, "species", rejected=True) if d.rejected]
    assert [(d.text, d.rejected) for d in rejected] == [("Wildlife", "a role or use, no taxon")]


def test_species_class_words_are_generic(gazetteer_path: Path) -> None:
    doc = _run("Birds and leopards.", gazetteer_path)
    assert [d.features["generic"] for d in drafts_of(doc, "species")] == [True, False]


def test_abbreviations_table(gazetteer_path: Path) -> None:
    doc = _run("The Duck Marsh Trust (DMT) works.", gazetteer_path)
    (entry,) = abbreviations_of(doc)
    assert (entry.short, entry.long) == ("DMT", "Duck Marsh Trust")
    assert doc.text[entry.long_start :].startswith("Duck Marsh Trust")
