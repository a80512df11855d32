"""Processes of a service that are killed at work."""

import signal
from itertools import chain
from pathlib import Path

import pytest

from tests.service.killing import ROLES, Traffic, kill_many, written
from tests.service.running import Service, eventually, is_running

_KILLS = 12


@pytest.mark.slow
def test_kills_lose_no_acknowledged_write(tmp_path: Path) -> None:
    with Service(tmp_path, client_cpu_s=0) as service:
        seconds = kill_many(service, service.add_token(), _KILLS)
        said = service.stop()
    assert {role: len(times) for role, times in seconds.items()} == dict.fromkeys(ROLES, 4)
    # Two seconds on a quiet machine; the median is for one that is busy with other tests.
    assert sorted(chain(*seconds.values()))[_KILLS // 2] < 2, seconds
    assert said.count("starting it again") == 8


@pytest.mark.slow
def test_kills_of_the_supervisor_leave_nothing_and_need_no_repair(tmp_path: Path) -> None:
    acknowledged: set[int] = set()
    token = ""
    for turn in range(3):
        with Service(tmp_path) as service:
            token = token or service.add_token()
            assert written(service) >= acknowledged
            traffic = Traffic(service, token, first=turn * 100_000)
            assert eventually(lambda traffic=traffic: len(traffic.acknowledged) > 5, 60)
            family = service.children() | service.readers()
            service.process.send_signal(signal.SIGKILL)
            ended = eventually(lambda family=family: not any(map(is_running, family)), 2 + 8)
            traffic.stop()
        assert ended
        acknowledged |= set(traffic.acknowledged)
    assert len(acknowledged) > 15
