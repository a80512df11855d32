"""Names like a misspelt one."""

from collections.abc import Iterable

import pytest

from extract.reconcile.spelling import block_prefixes, similar_keys, slips_allowed

NAMES = (
    "great ",
    "gazella dorcas",
    "gazella gazella",
    "great bustard",
    "grey plover",
    "little bustard",
)


def keys_from(prefix: str) -> Iterable[str]:
    return [name for name in NAMES if name.startswith(prefix)]


@pytest.mark.parametrize(
    "written",
    [
        "great bustrad",
        "geat bustard",
        "grreat bustard",
        "freat bustard",
        "rgeat bustard",
        "reat bustard",
        "ggreat bustard",
        "gteat bustard",
        "gerat bustard",
    ],
)
def test_spelling_finds_a_name_with_one_slip(written: str) -> None:
    assert similar_keys(keys_from, written, limit=3)[0][0] == "great bustard"


def test_spelling_puts_the_closest_first() -> None:
    found = similar_keys(keys_from, "gazela dorcas", limit=5)
    assert found == [("gazella dorcas", pytest.approx(1 - 1 / 14))]


def test_spelling_takes_no_mark_of_a_prefix_for_a_name() -> None:
    assert similar_keys(keys_from, "graet", limit=5) == []


def test_spelling_leaves_out_the_name_itself() -> None:
    assert similar_keys(keys_from, "grey plover", limit=5) == []


@pytest.mark.parametrize("written", ["", "g", "gre"])
def test_spelling_repairs_no_short_name(written: str) -> None:
    assert similar_keys(keys_from, written, limit=5) == []


@pytest.mark.parametrize(("key", "slips"), [("kite", 1), ("plover", 1), ("great bustard", 3)])
def test_spelling_allows_slips_by_length(key: str, slips: int) -> None:
    assert slips_allowed(key) == slips


def test_spelling_blocks_are_few() -> None:
    assert len(block_prefixes("bustard")) < 120
