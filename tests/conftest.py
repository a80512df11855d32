"""Fixtures that more than one package's tests use."""

from pathlib import Path

import pytest

from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, open_gazetteer


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes what the end-to-end cases give as what they are to give."""
    parser.addoption("--update-cases", action="store_true", help="rewrite tests/cases/*/expected.*")


@pytest.fixture(scope="session")
def gazetteer_path(request: pytest.FixtureRequest) -> Path:
    """Return the lookup of the shipped tables, built once for a checkout."""
    assert request.config.cache is not None
    return ensure_lookup(request.config.cache.mkdir("gazetteer"))


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path: Path) -> Gazetteer:
    """Return the opened lookup of the shipped tables."""
    return open_gazetteer(gazetteer_path)
