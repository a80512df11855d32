"""What a pool of readers may take on, and how it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """Bound what waits for readers and what one client may hold of them."""

    queue_length: int = 48
    queue_s: float = 10.0
    spares: int = 0
    """More readers, started in place of those that are at slow queries."""
    client_slow_queries: int = 0
    """Slow queries of one client at once; 0 sets no limit."""


@dataclass(frozen=True, slots=True)
class PoolState:
    """Count readers and what waits for them."""

    readers: int
    busy: int
    waiting: int
    timeouts: int
    memory_ends: int
    deaths: int
