"""A made-up national list of a thousand species is joined with ours: names, slips, numbers."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import TaxonRow
from ontology.namespaces import Minter
from service.app import create_app
from service.cli import cli
from service.config import Settings
from service.store.protocol import Reader
from service.web.site import TextSource
from tests.extract.names_drawn import misspell

MINTER = Minter()
ROWS = 1000
WAYS = ("accepted name", "synonym", "vernacular name", "misspelt name", "NCBI number")


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold one line of the list, how it was made, and what it may rightly join with."""

    number: int
    name: str
    ncbi: str
    way: str
    right: frozenset[str]


def make_list(gazetteer: Gazetteer) -> list[Listed]:
    """Make the list from species of the gazetteer, a fifth in each way."""
    rng = random.Random(1986)
    names: dict[int, dict[str, str]] = {}
    keys = sorted(key for key in gazetteer.block_of("taxon")("") if key[-1] != " ")
    for key in rng.sample(keys, 60_000):
        for hit in gazetteer.taxon_names(key):
            names.setdefault(hit.row_id, {})[hit.kind] = hit.name
    listed: list[Listed] = []
    for row_id in rng.sample(sorted(names), len(names)):
        row, way = gazetteer.taxon(row_id), WAYS[len(listed) % len(WAYS)]
        line = _line(rng, row, names[row_id], way) if row.rank == "species" else None
        if line is not None:
            name, ncbi, meant = line
            hits = gazetteer.taxon_names(fold(meant)) if meant else ()
            right = {MINTER.taxon(gazetteer.taxon(hit.row_id).key) for hit in hits}
            iris = frozenset(right or {MINTER.taxon(row.key)})
            listed.append(Listed(len(listed) + 1, name, ncbi, way, iris))
        if len(listed) == ROWS:
            return listed
    raise AssertionError("too few species")


def _line(
    rng: random.Random, row: TaxonRow, names: dict[str, str], way: str
) -> tuple[str, str, str] | None:
    """Return name, number and the name that is meant; None where the row has no such name."""
    match way:
        case "accepted name":
            return row.scientific_name, "", row.scientific_name
        case "misspelt name":
            return misspell(row.scientific_name, rng), "", row.scientific_name
        case "NCBI number":
            return ("a name of this list alone", row.ncbi, "") if row.ncbi.isdigit() else None
        case _:
            name = names.get(way.removesuffix(" name"))
            return (name, "", name) if name and len(name) > 4 else None


@pytest.fixture(scope="module")
def species_list(gazetteer: Gazetteer) -> list[Listed]:
    return make_list(gazetteer)


def write_list(species_list: list[Listed]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "scientificName", "ncbi"])
    writer.writerows([one.number, one.name, one.ncbi] for one in species_list)
    return text.getvalue()


@pytest.fixture
def service(
    gazetteer_path: Path, memory_reader: Reader, memory_texts: TextSource
) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), memory_reader, memory_texts)
    with app.test_client() as client:
        yield client


@pytest.mark.slow
def test_species_list_joins_over_http_and_by_command(
    service: FlaskClient,
    species_list: list[Listed],
    gazetteer_path: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = write_list(species_list)
    answer = service.post("/resolve?type=taxon", data=text.encode(), content_type="text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [int(row["number"]) for row in rows] == [one.number for one in species_list]
    right = {way: 0 for way in WAYS}
    wrongly_sure = []
    for row, one in zip(rows, species_list, strict=True):
        right[one.way] += row["iri"] in one.right
        if row["status"] == "matched" and row["iri"] not in one.right:
            wrongly_sure.append((one, row["iri"]))
    each = ROWS // len(WAYS)
    assert right["accepted name"] == right["NCBI number"] == each
    assert right["synonym"] == each
    assert right["vernacular name"] == each
    assert right["misspelt name"] >= 0.97 * each
    assert len(wrongly_sure) <= 2
    assert sum(row["status"] == "matched" for row in rows) >= 0.8 * ROWS

    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    command = ["--data", str(gazetteer_path.parent), "reconcile", "--type", "taxon"]
    cli.main([*command, "--csv", str(tmp_path / "list.csv")], standalone_mode=False)
    printed = list(csv.DictReader(io.StringIO(capfd.readouterr().out, newline="")))
    assert printed == [{k: v for k, v in row.items() if k != "solutions"} for row in rows]
