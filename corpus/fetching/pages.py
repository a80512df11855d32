"""What is asked for at most, and what comes back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bound what fetching may cost and whom it may ask."""

    timeout_s: float = 60.0
    """For one request, connection and body together."""
    step_s: float = 20.0
    """For one step of it: connecting, one read."""
    max_bytes: int = 50_000_000
    """Of an answer when it is unpacked."""
    redirects: int = 5
    attempts: int = 5
    longest_wait_s: float = 120.0
    """How long a host's Retry-After is obeyed; one that asks for more is left for a later run."""
    interval_s: float = 1.0
    """Between two requests to one host."""
    private: bool = False
    """Whether addresses of this machine and of private networks may be asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """Hold an answer: where it came from in the end, and its unpacked bytes."""

    url: str
    data: bytes
    media_type: str
    charset: str
    version: str
    """ETag or date of last change; empty where the host gives none."""
    unchanged: bool
    """Whether the host confirmed that what the cache holds still stands."""
