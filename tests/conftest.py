"""Fixtures that more than one package's tests use."""

from pathlib import Path

import pytest

from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, open_gazetteer
from service.cli import cli


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


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest the shipped corpus into a new data folder."""
    data = tmp_path_factory.mktemp("shipped")
    corpus = Path(__file__).parents[1] / "corpus"
    cli.main(["--data", str(data), "ingest", str(corpus)], standalone_mode=False)
    return data
