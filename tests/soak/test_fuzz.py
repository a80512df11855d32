"""Ten thousand odd requests and many made from the description; by hand, with ``make soak``."""

from pathlib import Path

import pytest

from tests.service.fuzzing import (
    INTENDED,
    LIMITS,
    log_lines,
    memory_mb,
    nothing_left_over,
    send_described,
    send_mutations,
)
from tests.service.running import Service

_ROUNDS = 10
_A_ROUND = 1000


@pytest.mark.soak
def test_fuzz_leaves_nothing_and_finds_no_fault(tmp_path: Path) -> None:
    service = Service(tmp_path, **LIMITS)
    token = service.add_token()
    sizes = []
    for seed in range(_ROUNDS):
        statuses = send_mutations(service, token, _A_ROUND, seed=100 + seed)
        assert {status for status in statuses if status >= 500} <= INTENDED
        sizes.append(memory_mb(service))
        print(seed, dict(sorted(statuses.items())), sizes[-1])  # noqa: T201
    assert nothing_left_over(service)
    for name, size in sizes[-1].items():
        assert size < sizes[_ROUNDS // 3][name] * 1.2 + 20, sizes
    assert send_described(service, token, 200, ["sparql", "operations"]) > 2000
    assert nothing_left_over(service)
    assert log_lines(service) > _ROUNDS * _A_ROUND / 2
    service.stop()
