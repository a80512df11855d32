import pytest

from service.errors import ShareUsedError
from service.store.shares import ClientShares


class Clock:
    """Stand still until told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_shares_refuse_a_client_that_has_used_its_own_and_no_other(clock: Clock) -> None:
    shares = ClientShares(10.0, 0.5, clock=clock)
    shares.charge("a", 9.0)
    shares.admit("a")
    shares.charge("a", 5.0)
    with pytest.raises(ShareUsedError) as refused:
        shares.admit("a")
    assert refused.value.retry_after_s == 8.0
    shares.admit("b")


def test_shares_come_back_with_time(clock: Clock) -> None:
    shares = ClientShares(10.0, 0.5, clock=clock)
    shares.charge("a", 14.0)
    clock.now += 7.9
    with pytest.raises(ShareUsedError):
        shares.admit("a")
    clock.now += 0.2
    shares.admit("a")
    clock.now += 1000
    shares.charge("a", 9.0)
    shares.admit("a")


def test_shares_never_refuse_the_service_itself(clock: Clock) -> None:
    shares = ClientShares(1.0, 0.5, clock=clock)
    shares.charge("", 100.0)
    shares.admit("")


def test_shares_can_be_turned_off(clock: Clock) -> None:
    shares = ClientShares(0.0, clock=clock)
    shares.charge("a", 100.0)
    shares.admit("a")


def test_shares_forget_the_oldest_of_very_many_clients(clock: Clock) -> None:
    shares = ClientShares(1.0, 0.0, clock=clock)
    shares.charge("first", 5.0)
    for number in range(10_000):
        shares.charge(str(number), 5.0)
    shares.admit("first")
    with pytest.raises(ShareUsedError):
        shares.admit("9999")
