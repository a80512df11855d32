"""Odd requests to a running service: answered or refused, and nothing is left of them."""

from collections.abc import Iterator

import pytest

from tests.service.fuzzing import (
    INTENDED,
    LIMITS,
    memory_mb,
    nothing_left_over,
    send_described,
    send_mutations,
)
from tests.service.running import Service

_MUTATIONS = 1000


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    service = Service(tmp_path_factory.mktemp("fuzzed"), **LIMITS)
    yield service, service.add_token()
    service.stop()


@pytest.mark.slow
def test_fuzz_service_by_mutations(fuzzed: tuple[Service, str]) -> None:
    service, token = fuzzed
    send_mutations(service, token, _MUTATIONS // 2, seed=1)
    before = memory_mb(service)
    statuses = send_mutations(service, token, _MUTATIONS // 2, seed=2)
    assert {status for status in statuses if status >= 500} <= INTENDED
    assert statuses.keys() >= {200, 204, 400, 404}
    assert nothing_left_over(service)
    for name, size in memory_mb(service).items():
        assert size < before[name] * 1.3 + 20, name


@pytest.mark.slow
def test_fuzz_service_by_its_description(fuzzed: tuple[Service, str]) -> None:
    service, token = fuzzed
    assert send_described(service, token, 20, ["sparql", "operations"]) > 200
    assert nothing_left_over(service)
