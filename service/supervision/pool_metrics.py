"""Give the state of the readers to Prometheus."""

from collections.abc import Iterator
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from service.store.pool_limits import PoolState


class HasState(Protocol):
    """Count readers, as a pool of them does."""

    def state(self) -> PoolState: ...


class PoolCollector(Collector):
    """Read the state of a pool each time it is asked for."""

    def __init__(self, pool: HasState) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges and counters of the pool."""
        state = self._pool.state()
        for name, text, value in (
            ("readers", "Reader processes.", state.readers),
            ("readers_busy", "Reader processes at a query.", state.busy),
            ("queries_waiting", "Queries that wait for a reader.", state.waiting),
        ):
            yield GaugeMetricFamily(f"ecoduct_{name}", text, value)
        ends = CounterMetricFamily(
            "ecoduct_readers_ended", "Reader processes ended, by reason.", labels=["reason"]
        )
        for reason, count in (
            ("timeout", state.timeouts),
            ("memory", state.memory_ends),
            ("died", state.deaths),
        ):
            ends.add_metric([reason], count)
        yield ends
