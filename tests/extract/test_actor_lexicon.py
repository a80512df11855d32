import csv
from importlib.resources import files

import pytest

from extract.matching.actor_lexicon import load_actor_lexicon, longest


@pytest.mark.parametrize("name", ["actor_words", "actor_cues", "quantity_words"])
def test_actor_lexicon_tables_are_sorted_and_name_their_source(name: str) -> None:
    table = files("ontology").joinpath(f"lexicons/{name}.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert all(row["source"] for row in rows)
    lines = [tuple(row.values())[:3] for row in rows]
    assert lines == sorted(lines)


def test_actor_lexicon_prefers_the_longest_phrase() -> None:
    found = longest(load_actor_lexicon().groups, ("private", "sector", "firms"), 0)
    assert found is not None
    assert found[0] == 2
    assert found[1][0].type == "private"


def test_actor_lexicon_maps_only_adjectives_of_one_country() -> None:
    demonyms = load_actor_lexicon().demonyms
    assert demonyms["peruvian"] == "PE"
    assert "congolese" not in demonyms


def test_actor_lexicon_knows_acronyms_that_name_no_organisation() -> None:
    assert "ABS" in load_actor_lexicon().other_acronyms
