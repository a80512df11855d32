"""Read from which score on a statement counts as a fact, by predicate."""

from functools import cache
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError
from ontology.phrases import lexicon_file, read_table

COLUMNS = ("predicate", "least", "reason")


def read_thresholds(source: Traversable) -> dict[str, float]:
    """Read a table of thresholds; raise OntologyError with file and line at the first bad row."""
    found: dict[str, float] = {}
    for where, row in read_table(source, COLUMNS):
        try:
            least = float(row["least"])
        except ValueError as error:
            raise OntologyError(f"{where}: least {row['least']!r} is not a number") from error
        if not 0 <= least <= 1:
            raise OntologyError(f"{where}: least {row['least']} lies outside 0 to 1")
        if not row["predicate"] or row["predicate"] in found:
            raise OntologyError(f"{where}: name each predicate once; there is {row['predicate']!r}")
        found[row["predicate"]] = least
    return found


@cache
def load_thresholds() -> dict[str, float]:
    """Read the packaged table, once a process."""
    return read_thresholds(lexicon_file("thresholds"))


def least_score(predicate: str, general: float) -> float:
    """Return from which score on statements of a predicate are facts; the table only raises it."""
    return max(general, load_thresholds().get(predicate, 0.0))
