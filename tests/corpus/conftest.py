"""What several tests of reading and fetching start from."""

from collections.abc import Iterator

import pytest

from corpus.fetching.client import Fetcher, FetchLimits
from tests.corpus.small_site import Site, serve_site


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as served:
        yield served


@pytest.fixture
def waits() -> list[float]:
    """Return what the fetcher would have slept."""
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[Fetcher]:
    limits = FetchLimits(private=True, interval_s=0, timeout_s=10, max_bytes=1_000_000)
    with Fetcher(limits, sleep=waits.append) as opened:
        yield opened
