"""A hundred kills during reads and writes; by hand, with ``make soak``."""

from itertools import chain
from pathlib import Path

import pytest

from tests.service.killing import kill_many
from tests.service.running import Service

_KILLS = 100


@pytest.mark.soak
def test_kills_lose_nothing_a_hundred_times(tmp_path: Path) -> None:
    with Service(tmp_path, client_cpu_s=0) as service:
        seconds = kill_many(service, service.add_token(), _KILLS, seed=1)
    for role, times in seconds.items():
        print(role, len(times), f"longest {max(times):.2f} s")  # noqa: T201
    assert max(chain(*seconds.values())) < 2, seconds
