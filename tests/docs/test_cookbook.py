"""Each recipe of the cookbook answers, with the rows that the page shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from tests.docs.cookbook import COOKBOOK, Recipe, read_recipes, run_recipe, write_table

RECIPES = read_recipes(COOKBOOK.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped(shipped_data: Path) -> Iterator[SnapshotReader]:
    reader = SnapshotReader(DataFolder(shipped_data).snapshots)
    yield reader
    reader.close()


def test_cookbook_holds_ten_recipes() -> None:
    assert len(RECIPES) == 10
    assert COOKBOOK.read_text(encoding="utf-8").count("```sparql") == 10


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_cookbook_shows_the_first_rows_of_each_answer(
    shipped: SnapshotReader, recipe: Recipe
) -> None:
    table = run_recipe(shipped, recipe)
    assert table.rows
    assert recipe.table == write_table(table), "run tests/docs/refresh_cookbook.py"
