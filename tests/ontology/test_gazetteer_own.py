"""Rows and identifiers that a user adds."""

import re
from pathlib import Path

import pytest

from extract.reconcile.taxa import TaxonReconciler
from ontology.errors import OntologyError
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, lookup_path, open_gazetteer
from ontology.gazetteer.organisations import collect_organisations
from ontology.gazetteer.own import (
    Added,
    OwnTables,
    add_identifiers,
    add_rows,
    choose_ncbi,
    read_own,
)
from ontology.namespaces import Minter

ROWS = """\
kind,name,alt_names,scientific_name,type,countries,lat,lon,wikidata
taxon,fen squirrel,marsh squirrel,Sciurus paludicola,,,,,
taxon,brook beast,,Lutra lutra,,,,,
place,Alderfen Village Reserve,Alderfen,,protected_area,LV,56.9,24.1,
organisation,Alderfen Wardens Union,,,ngo,LV,,,Q999999001
"""
IDENTIFIERS = """\
name,database,id
Lutra lutra,col,3XYZ
Panthera uncia,redbook,https://example.org/taxon/77
Sciurus paludicola,ncbi,12345678
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "given.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_own_rows_are_kept_sorted_and_replaced(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert add_rows(data, write(tmp_path, ROWS)) == Added(4, 0)
    again = "kind,name,type,countries\nplace,ALDERFEN village reserve,site,LV\n"
    assert add_rows(data, write(tmp_path, again)) == Added(0, 1)
    own = read_own(data)
    assert [row["name"] for row in own.rows] == [
        "Alderfen Wardens Union",
        "ALDERFEN village reserve",
        "brook beast",
        "fen squirrel",
    ]
    assert own.of("place")[0]["type"] == "site"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind,name\nfish,Pike\n", "line 2, column kind: 'fish' is none of taxon"),
        ("kind,name,colour\nplace,A,red\n", "line 1, column colour: not known"),
        ("kind,name,name\nplace,A,B\n", "line 1, column name: twice"),
        ("kind,name,type\nplace,,lake\n", "line 2, column name: empty"),
        ("kind,name,type\nplace,A,puddle\n", "line 2, column type: 'puddle' is none of"),
        ("kind,name,type,lat\nplace,A,lake,95\n", "column lat: 95 is not between -90 and 90"),
        ("kind,name,type,lat\nplace,A,lake,5\n", "column lon: empty while lat is given"),
        ("kind,name,type,lat,lon\nplace,A,lake,x,1\n", "column lat: 'x' is no number"),
        ("kind,name,type,countries\nplace,A,lake,XX\n", "column countries: 'XX' is no ISO"),
        ("kind,name,type,lat\norganisation,A,ngo,5\n", "column lat: '5' is given, but"),
        ("kind,name\ntaxon,brook beast\n", "column scientific_name: 'brook beast' is no"),
        ("kind,name,wikidata\ntaxon,Lutra lutra,35694\n", "column wikidata: '35694' is not like"),
        ('kind,name,type\nplace,"A\nB",lake\nfish,C,\n', "line 4, column kind: 'fish'"),
        ('kind,name\nplace,"A"B\n', "write it as CSV"),
        ("kind,name\nplace,A,B\n", "line 2, column 3: 3 cells where the header has 2"),
        ("kind,name\n", "no rows"),
        ("", "no rows"),
    ],
)
def test_own_rows_are_refused_with_line_and_column(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(problem)):
        add_rows(tmp_path / "data", write(tmp_path, text))
    assert not (tmp_path / "data").exists()


def test_own_rows_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes("kind,name,type\nplace,Åfjord,lake\n".encode("latin-1"))
    with pytest.raises(OntologyError, match="give a CSV file in UTF-8"):
        add_rows(tmp_path / "data", file)


def test_own_rows_change_the_key_of_the_lookup(tmp_path: Path) -> None:
    before = lookup_path(tmp_path)
    add_rows(tmp_path, write(tmp_path, ROWS))
    assert lookup_path(tmp_path) != before


def test_own_organisations_join_those_of_the_table(tmp_path: Path) -> None:
    add_rows(tmp_path, write(tmp_path, ROWS))
    collection = collect_organisations(read_own(tmp_path))
    row = collection.rows["alderfen-wardens-union-lv"]
    assert (row["type"], row["country"], row["wikidata"]) == ("ngo", "LV", "Q999999001")
    shipped = collect_organisations()
    assert len(collection.rows) == len(shipped.rows) + 1


def test_own_organisation_identifiers_outrank_the_table() -> None:
    key = next(iter(collect_organisations().rows))
    row = {"kind": "organisation", "key": key, "name": "", "database": "ror", "id": "011ywv381"}
    collection = collect_organisations(OwnTables(identifiers=(row,)))
    assert collection.rows[key]["ror"] == "011ywv381"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,database,id\nLutra nova,col,1\n", "column name: 'Lutra nova' is no taxon"),
        ("key,database,id\nlutra-nova,col,1\n", "column key: 'lutra-nova' is no taxon"),
        ("name,database,id\nLutra lutra,GBIF!,1\n", "column database: 'GBIF!' is no short name"),
        ("name,database,id\nLutra lutra,gbif,x1\n", "column id: 'x1' is not like 5219426"),
        ("name,database,id\nLutra lutra,col,\n", "column id: empty"),
        ("name,database,id\nLutra lutra,col,http://a b\n", "column id: 'http://a b' is no web"),
        ("database,id\ncol,1\n", "column name: empty, and key too"),
        ("kind,name,database,id\nplace,Kenya,col,1\n", "column database: 'col' numbers taxon rows"),
    ],
)
def test_own_identifiers_are_refused_with_line_and_column(
    tmp_path: Path, gazetteer: Gazetteer, text: str, problem: str
) -> None:
    with pytest.raises(OntologyError, match=re.escape(f"line 2, {problem}")):
        add_identifiers(tmp_path, write(tmp_path, text), gazetteer.keys_of)


def test_own_identifiers_need_one_meaning(tmp_path: Path, gazetteer: Gazetteer) -> None:
    file = write(tmp_path, "kind,name,database,id\nplace,San José,wikidata,Q1\n")
    with pytest.raises(OntologyError, match="give the key of one"):
        add_identifiers(tmp_path, file, gazetteer.keys_of)


def test_own_identifiers_leave_out_unknown_names_on_request(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    file = write(tmp_path, "name,database,id\nLutra nova,col,1\nLutra lutra,col,2\n")
    done = add_identifiers(tmp_path, file, gazetteer.keys_of, skip_unknown=True)
    assert done == Added(1, 0, 1)
    assert read_own(tmp_path).identifiers[0]["key"] == "lutra-lutra"


def test_own_choice_of_ncbi_names_changes_the_key_and_back(tmp_path: Path) -> None:
    before = lookup_path(tmp_path)
    choose_ncbi(tmp_path, wanted=True)
    assert lookup_path(tmp_path) != before
    assert read_own(tmp_path).ncbi
    choose_ncbi(tmp_path, wanted=False)
    assert lookup_path(tmp_path) == before


@pytest.mark.slow
def test_own_rows_and_identifiers_reach_the_lookup(tmp_path: Path, gazetteer: Gazetteer) -> None:
    add_rows(tmp_path, write(tmp_path, ROWS))

    def resolve(kind: str, key: str, name: str) -> tuple[str, ...]:
        own = {"Sciurus paludicola": ("sciurus-paludicola",)}
        return own.get(name) or gazetteer.keys_of(kind, key, name)

    add_identifiers(tmp_path, write(tmp_path, IDENTIFIERS), resolve)
    lookup = open_gazetteer(ensure_lookup(tmp_path))
    squirrel = lookup.taxon(lookup.taxon_names(fold("marsh squirrel"))[0].row_id)
    assert (squirrel.scientific_name, squirrel.ncbi) == ("Sciurus paludicola", "12345678")
    assert [row.scientific_name for row in lookup.taxon_lineage(squirrel.row_id)][:1] == ["Sciurus"]
    otter = lookup.taxon(lookup.taxon_names(fold("brook beast"))[0].row_id)
    assert otter.scientific_name == "Lutra lutra"
    reconciler = TaxonReconciler(lookup, Minter())
    assert "https://www.catalogueoflife.org/data/taxon/3XYZ" in reconciler.entity(otter).exact_match
    leopard = lookup.taxon(lookup.taxon_names("panthera uncia")[0].row_id)
    assert "https://example.org/taxon/77" in reconciler.entity(leopard).exact_match
    reserve = lookup.place(lookup.place_names(fold("Alderfen"))[0].row_id)
    assert (reserve.kind, reserve.countries, reserve.lat) == ("protected_area", ("LV",), 56.9)
