"""What is known of an item and of a document, as records."""

from dataclasses import dataclass, replace
from typing import Literal

from service.ingest.versions import Versions

Outcome = Literal["done", "failed"]
ATTEMPTS = 3
"""How often what ends its process is tried in later runs without being told to."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Tell how an item of a source was when it was last ingested."""

    key: str
    fingerprint: str
    versions: Versions
    outcome: Outcome
    reason: str = ""
    version: str = ""
    """What its source said of its version; equal means that it need not be fetched."""
    attempts: int = 0
    """Failures that may pass, one after another; 0 where trying again is of no use."""
    updated: str = ""

    def settled(self, versions: Versions) -> bool:
        """Tell whether nothing new can come of the same content."""
        return self.versions == versions and (self.outcome == "done" or not _open(self.attempts))


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Tell how a document was when it was last ingested, and from which item it came."""

    id: str
    item: str
    file: str
    fingerprint: str
    versions: Versions
    outcome: Outcome
    reason: str = ""
    attempts: int = 0
    solution: str = ""
    """The solution that the text itself names."""
    assigned: str = ""
    """The solution that its graph speaks of: another one where texts are of one effort."""
    graph: str = ""
    """Checksum of its graphs as they were written."""
    updated: str = ""

    @property
    def rank(self) -> tuple[str, str]:
        """Order documents that claim one identifier, wherever their folders lie."""
        return (self.file, self.fingerprint)

    def settled(self, item: str, file: str, fingerprint: str, versions: Versions) -> bool:
        """Tell whether extracting the same document again would give nothing new."""
        same = (self.item, self.file, self.fingerprint) == (item, file, fingerprint)
        known = self.outcome == "done" or not _open(self.attempts)
        return same and known and self.versions == versions

    def failed_again(self, before: "DocumentRow | None") -> "DocumentRow":
        """Keep what stands in the graph from before and count the attempt."""
        if before is None or before.id != self.id:
            return self
        same = before.fingerprint == self.fingerprint and before.versions == self.versions
        attempts = self.attempts + (before.attempts if same and self.attempts else 0)
        return replace(
            self,
            attempts=attempts,
            solution=before.solution,
            assigned=before.assigned,
            graph=before.graph,
        )


def _open(attempts: int) -> bool:
    """Tell whether a failure may pass and has not come too often."""
    return 0 < attempts < ATTEMPTS
