import time
from pathlib import Path

import pytest

from ontology.errors import OntologyError
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, lookup_path, open_gazetteer


@pytest.mark.parametrize(
    ("name", "scientific_name", "kind"),
    [
        ("Panthera onca", "Panthera onca", "scientific"),
        ("Felis onca", "Panthera onca", "synonym"),
        ("grey wolf", "Canis lupus", "vernacular"),
        ("Pallas cat", "Otocolobus manul", "vernacular"),
        ("tortue verte", "Chelonia mydas", "vernacular"),
        ("whale", "Cetacea", "group"),
    ],
)
def test_lookup_taxon_names(
    gazetteer: Gazetteer, name: str, scientific_name: str, kind: str
) -> None:
    hit = gazetteer.taxon_names(fold(name))[0]
    assert (gazetteer.taxon(hit.row_id).scientific_name, hit.kind) == (scientific_name, kind)


def test_lookup_taxon_identifiers(gazetteer: Gazetteer) -> None:
    row = gazetteer.taxon(gazetteer.taxon_names("panthera onca")[0].row_id)
    assert (row.key, row.ncbi, row.wikidata, row.gbif) == (
        "panthera-onca",
        "9690",
        "Q35694",
        "5219426",
    )
    assert row.label == "jaguar"
    assert ("wikipedia_en", "Jaguar") in row.identifiers


def test_lookup_taxon_lineage(gazetteer: Gazetteer) -> None:
    row_id = gazetteer.taxon_names("panthera pardus")[0].row_id
    lineage = [row.scientific_name for row in gazetteer.taxon_lineage(row_id)]
    assert lineage == ["Panthera", "Felidae", "Carnivora", "Mammalia"]


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("Costa Rica", "cr", "name"),
        ("Costa Rican", "cr", "adjective"),
        ("Wyoming", "us-wy", "name"),
        ("Virunga National Park", "virunga-national-park-cd", "name"),
    ],
)
def test_lookup_place_names(gazetteer: Gazetteer, name: str, key: str, kind: str) -> None:
    hits = [(gazetteer.place(h.row_id).key, h.kind) for h in gazetteer.place_names(fold(name))]
    assert (key, kind) in hits


def test_lookup_points_replace_older_coordinates(gazetteer: Gazetteer) -> None:
    ids = {
        gazetteer.place(h.row_id).key: h.row_id
        for h in gazetteer.place_names("kluane national park")
    }
    row = gazetteer.place(ids["kluane-national-park-ca"])
    assert row.countries == ("CA",)
    assert row.lat is not None and 60 < row.lat < 61.5
    assert row.lon is not None and -141 < row.lon < -137


def test_lookup_organisation_names(gazetteer: Gazetteer) -> None:
    hit = gazetteer.organisation_names("wwf")[0]
    row = gazetteer.organisation(hit.row_id)
    assert (hit.kind, row.name, row.type) == ("acronym", "World Wide Fund for Nature", "ngo")


def test_lookup_prefixes(gazetteer: Gazetteer) -> None:
    assert gazetteer.has_taxon_prefix("snow")
    assert not gazetteer.has_taxon_prefix("zzz")
    assert gazetteer.has_place_prefix("costa")
    assert gazetteer.has_organisation_prefix("world wide fund")


def test_lookup_unknown_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.taxon_names("no such animal") == ()


def test_lookup_opens_fast(gazetteer_path: Path) -> None:
    start = time.perf_counter()
    Gazetteer(gazetteer_path)
    assert time.perf_counter() - start < 0.3


def test_lookup_size(gazetteer_path: Path) -> None:
    assert sum(file.stat().st_size for file in gazetteer_path.iterdir()) < 150_000_000


def test_lookup_missing_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="ecoduct gazetteer build"):
        open_gazetteer(tmp_path / "none")


def test_lookup_damaged_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "taxa.names.marisa").write_bytes(b"nothing")
    with pytest.raises(OntologyError, match=r"taxa\.names\.marisa"):
        Gazetteer(tmp_path)


def test_lookup_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(OntologyError, match="choose a data folder"):
        ensure_lookup(tmp_path / "data")


@pytest.mark.slow
def test_lookup_same_bytes(tmp_path: Path, gazetteer_path: Path) -> None:
    again = ensure_lookup(tmp_path)
    assert again.name == gazetteer_path.name == lookup_path(tmp_path).name
    for file in sorted(gazetteer_path.iterdir()):
        assert (again / file.name).read_bytes() == file.read_bytes(), file.name
