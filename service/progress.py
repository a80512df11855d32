"""Progress bars on stderr, where that is a terminal."""

import sys
from types import TracebackType

from tqdm import tqdm


class Bar:
    """Show how many of the things known so far have been done."""

    def __init__(self, *, unit: str) -> None:
        self._bar = tqdm(total=0, unit=unit, file=sys.stderr, disable=None)

    def expect(self, count: int) -> None:
        """Count things that there are, beyond those told before."""
        self._bar.total = (self._bar.total or 0) + count
        self._bar.refresh()

    def advance(self, count: int) -> None:
        """Count things that have been done."""
        self._bar.update(count)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.close()
