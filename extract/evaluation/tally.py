"""Count right, wrong and missed."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Count true positives, false positives and false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Tally") -> None:
        """Count in what another tally holds."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 0.0

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """Name one error: text id, facet, kind of error, and what it is about."""

    text: str
    facet: str
    kind: str
    detail: str
    span: tuple[int, int] | None = None
    """Where in the text it shows, where that is known."""
    wanted: str = ""
    """Code or type that is annotated."""
    found: str = ""
    """Code or type that was given."""
