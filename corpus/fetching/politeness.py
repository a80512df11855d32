"""Hold to what a host asks for: its robots.txt and time between requests."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

_LONGEST_DELAY = 60.0
_KEPT = 24 * 3600.0


@dataclass(slots=True)
class _Host:
    rules: Protego | None = None
    read_at: float = field(default=float("-inf"))
    next_at: float = 0.0


class Politeness:
    """Remember for each host its rules and when it may be asked again."""

    def __init__(
        self, agent: str, *, interval: float, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._agent = agent
        self._interval = interval
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    def needs_rules(self, origin: str) -> bool:
        """Tell whether the rules of a host are to be read, or read again after a day."""
        host = self._hosts.setdefault(origin, _Host())
        return time.monotonic() - host.read_at > _KEPT

    def set_rules(self, origin: str, text: str) -> None:
        """Take the text of a robots.txt; an empty one allows everything."""
        host = self._hosts.setdefault(origin, _Host())
        host.rules, host.read_at = Protego.parse(text), time.monotonic()

    def allows(self, origin: str, address: str) -> bool:
        """Tell whether the host's rules let this address be fetched."""
        rules = self._hosts[origin].rules
        return rules is None or bool(rules.can_fetch(address, self._agent))

    def wait(self, origin: str) -> None:
        """Wait until the host may be asked again, and count this as asking it."""
        host = self._hosts.setdefault(origin, _Host())
        delay = self._interval
        if host.rules is not None:
            delay = max(delay, min(host.rules.crawl_delay(self._agent) or 0.0, _LONGEST_DELAY))
        left = host.next_at - time.monotonic()
        if left > 0:
            self._sleep(left)
        host.next_at = time.monotonic() + delay
