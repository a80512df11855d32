"""How a run goes on and what it did."""

from dataclasses import dataclass, field
from typing import Protocol


class Progress(Protocol):
    """Be told how a run goes on."""

    def expect(self, count: int) -> None:
        """Count documents that there are, beyond those told before."""
        ...

    def advance(self, count: int) -> None:
        """Count documents that have ended."""
        ...


@dataclass(slots=True)
class IngestReport:
    """Tell what a run did; ``failed`` names each item or document with its reason."""

    ingested: int = 0
    unchanged: int = 0
    retired: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    failed_before: int = 0
    """Documents that failed in an earlier run and have not changed since."""

    def __str__(self) -> str:
        again = f", {self.failed_before} failed before" if self.failed_before else ""
        return (
            f"{self.ingested} ingested, {self.unchanged} unchanged, "
            f"{self.retired} retired, {len(self.failed)} failed{again}"
        )


class Quiet:
    """Tell nobody."""

    def expect(self, count: int) -> None: ...

    def advance(self, count: int) -> None: ...
