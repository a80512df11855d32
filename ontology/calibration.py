"""Read the table that tells how often a score of each kind turned out right."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError
from ontology.phrases import lexicon_file, read_table

COLUMNS = ("group", "score", "share")


@dataclass(frozen=True, slots=True)
class CalibrationCurve:
    """Map scores of one kind of mention, or one predicate, to the share that is right."""

    group: str
    points: tuple[tuple[float, float], ...]
    """Scores and shares, both rising; between two points the line holds."""

    def at(self, score: float) -> float:
        """Return the share for a score; outside the points that of the nearest."""
        place = bisect_right(self.points, (score, 2.0))
        if place == 0:
            return self.points[0][1]
        if place == len(self.points):
            return self.points[-1][1]
        (left, low), (right, high) = self.points[place - 1 : place + 1]
        return low + (high - low) * (score - left) / (right - left)


def read_curves(source: Traversable) -> dict[str, CalibrationCurve]:
    """Read a table of curves; raise OntologyError with file and line at the first bad row."""
    points: dict[str, list[tuple[float, float]]] = {}
    for where, row in read_table(source, COLUMNS):
        try:
            score, share = float(row["score"]), float(row["share"])
        except ValueError as error:
            raise OntologyError(f"{where}: score and share must be numbers") from error
        if not (0 <= score <= 1 and 0 <= share <= 1):
            raise OntologyError(f"{where}: score {score} and share {share} must be from 0 to 1")
        curve = points.setdefault(row["group"], [])
        if curve and (score <= curve[-1][0] or share < curve[-1][1]):
            raise OntologyError(f"{where}: scores and shares of {row['group']} must rise")
        curve.append((score, share))
    return {group: CalibrationCurve(group, tuple(curve)) for group, curve in points.items()}


@cache
def load_curves() -> dict[str, CalibrationCurve]:
    """Read the packaged table, once a process."""
    return read_curves(lexicon_file("calibration"))
