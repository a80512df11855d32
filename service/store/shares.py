"""Share computing time fairly: each client has a bucket of CPU seconds that refills with time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from service.errors import ShareUsedError

_MOST_CLIENTS = 10_000


class ClientShares:
    """Keep a token bucket of CPU seconds for each client.

    The cost of a query is known only after it, so a bucket may fall below zero; its client then
    waits until it is filled again. A burst of zero turns the shares off.
    """

    def __init__(
        self,
        burst_s: float = 0.0,
        per_s: float = 0.5,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst_s = burst_s
        self._per_s = per_s
        self._clock = clock
        self._lock = threading.Lock()
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Seconds used and the time of which that was so; oldest first."""

    def _owed(self, client: str) -> float:
        used, then = self._used.get(client, (0.0, 0.0))
        return max(0.0, used - (self._clock() - then) * self._per_s)

    def admit(self, client: str) -> None:
        """Let a client ask; raise ShareUsedError where it has used its share."""
        if not client or not self._burst_s:
            return
        with self._lock:
            over = self._owed(client) - self._burst_s
        if over >= 0:
            # Never at once: a bucket that is just not empty would be empty after any query.
            wait = max(1.0, over / self._per_s) if self._per_s else 3600.0
            raise ShareUsedError(
                f"your queries have used {self._burst_s:g} s of computing; "
                "wait a little, and ask for less at once",
                wait,
            )

    def charge(self, client: str, cpu_s: float) -> None:
        """Note what a query of a client has cost."""
        if not client or not self._burst_s:
            return
        with self._lock:
            self._used[client] = (self._owed(client) + cpu_s, self._clock())
            self._used.move_to_end(client)
            while len(self._used) > _MOST_CLIENTS:
                self._used.popitem(last=False)
