"""Data that the project measures with and does not ship, in ``../shared`` beside the checkout."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of measuring data."""
    assert SHARED.is_dir(), f"{SHARED} is not there: leave these tests out"
    return SHARED
