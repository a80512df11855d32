"""Bring the tables of the cookbook up to date: python tests/docs/refresh_cookbook.py DATA.

DATA is a data folder that holds the shipped case studies and nothing else.
"""

import sys
from pathlib import Path

from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from tests.docs.cookbook import COOKBOOK, read_recipes, refresh, run_recipe, write_table

if __name__ == "__main__":
    reader = SnapshotReader(DataFolder(Path(sys.argv[1])).snapshots)
    text = COOKBOOK.read_text(encoding="utf-8")
    tables = [write_table(run_recipe(reader, recipe)) for recipe in read_recipes(text)]
    COOKBOOK.write_text(refresh(text, iter(tables)), encoding="utf-8")
    reader.close()
