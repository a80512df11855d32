"""An operator loads identifiers; the service that runs resolves them from the next request on."""

import csv
from pathlib import Path

import pytest

from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import GBIF_SPECIES, Minter
from service.app import create_app
from service.cli import cli
from service.config import Settings
from service.store.protocol import Reader
from service.web.site import TextSource

MINTER = Minter()
JSON = {"Accept": "application/json"}
COUNT = 1000
FIRST_KEY = 990_000_001
"""Keys that no data set uses."""


@pytest.mark.slow
def test_loaded_identifiers_resolve_without_a_restart(
    tmp_path: Path, gazetteer: Gazetteer, memory_reader: Reader, memory_texts: TextSource
) -> None:
    (tmp_path / gazetteer.path.name).symlink_to(gazetteer.path)
    client = create_app(Settings(data_dir=tmp_path), memory_reader, memory_texts).test_client()
    before = {c["key"]: c for c in client.get("/resolve", headers=JSON).get_json()["columns"]}
    assert client.get("/resolve?wdpa=916", headers=JSON).status_code == 404

    numbers = range(gazetteer.counts()["taxa"])
    rows = (row for row in map(gazetteer.taxon, numbers) if row.rank == "species" and not row.gbif)
    species = [next(rows).key for _ in range(COUNT)]
    keys = {species[n]: str(FIRST_KEY + n) for n in range(COUNT)}
    with (tmp_path / "ids.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["kind", "key", "database", "id"])
        writer.writerows(["taxon", key, "gbif", number] for key, number in keys.items())
        writer.writerow(["place", "kruger-national-park-za", "wdpa", "916"])
        writer.writerow(["organisation", "eth-zurich-ch", "isni", "0000000121562780"])
    command = ["--data", str(tmp_path), "gazetteer", "add", "--ids", str(tmp_path / "ids.csv")]
    cli.main(command, standalone_mode=False)

    after = {c["key"]: c for c in client.get("/resolve", headers=JSON).get_json()["columns"]}
    assert after["gbif"]["identifiers"] == before["gbif"]["identifiers"] + COUNT
    assert (after["wdpa"]["identifiers"], after["isni"]["identifiers"]) == (1, 1)
    table = "gbif\n" + "\n".join(keys.values())
    answer = client.post("/resolve", data=table, content_type="text/csv").text
    assert [line.split(",")[1] for line in answer.splitlines()[1:]] == [
        MINTER.taxon(key) for key in keys
    ]
    for column, value, iri in (
        ("gbif", str(GBIF_SPECIES[keys[species[0]]]), MINTER.taxon(species[0])),
        ("wdpa", "916", MINTER.place("kruger-national-park-za")),
        ("isni", "0000000121562780", MINTER.actor("eth-zurich-ch")),
    ):
        found = client.get("/resolve", query_string={column: value}, headers=JSON)
        assert [one["iri"] for one in found.get_json()["results"]] == [iri]
