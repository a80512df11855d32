"""Save a run and say what got better and worse since."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import ExtractError
from extract.evaluation.scoring import Scores
from extract.evaluation.tally import Fault, Tally

_FORM = 1

FaultKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class SavedRun:
    """Hold the tallies, by facet and text, and the errors of a run."""

    by_text: dict[str, dict[str, Tally]]
    faults: tuple[FaultKey, ...]

    def tallies(self, texts: frozenset[str]) -> dict[str, Tally]:
        """Return the tallies of some texts together."""
        found: dict[str, Tally] = {}
        for text in sorted(texts):
            for facet, tally in self.by_text.get(text, {}).items():
                found.setdefault(facet, Tally()).add(tally)
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the F1 of a facet before and now (recall where only that is counted)."""

    facet: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what changed between two runs over the texts that both scored."""

    texts: tuple[str, ...]
    left_out: tuple[str, ...]
    changes: tuple[Change, ...]
    mended: tuple[FaultKey, ...]
    new: tuple[FaultKey, ...]


def run_of(scores: Scores) -> SavedRun:
    """Return what of some scores is saved."""
    by_text = {text: dict(tallies) for text, tallies in scores.by_text.items()}
    return SavedRun(by_text, tuple(sorted(map(_key, scores.faults))))


def save_run(run: SavedRun, path: Path) -> None:
    """Write a run as JSON, the same bytes for the same run."""
    data = {
        "form": _FORM,
        "texts": {
            text: {facet: [t.right, t.wrong, t.missed] for facet, t in tallies.items()}
            for text, tallies in run.by_text.items()
        },
        "errors": run.faults,
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExtractError(f"{path}: cannot be written: {error.strerror}") from error


def read_run(path: Path) -> SavedRun:
    """Read a saved run; raise ExtractError where the file is none."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["form"] != _FORM:
            raise ValueError(f"form {data['form']} is not known")
        by_text = {
            str(text): {str(facet): _tally(*counts) for facet, counts in tallies.items()}
            for text, tallies in data["texts"].items()
        }
        faults = tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in data["errors"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExtractError(
            f"{path}: not a saved run: {error}; make one with 'ecoduct evaluate --save FILE'"
        ) from error
    return SavedRun(by_text, faults)


def _tally(right: int, wrong: int, missed: int) -> Tally:
    return Tally(int(right), int(wrong), int(missed))


def compare_runs(before: SavedRun, now: SavedRun) -> Comparison:
    """Compare two runs over the texts of both; an error that occurs twice is two errors."""
    texts = frozenset(before.by_text) & frozenset(now.by_text)
    old, new = before.tallies(texts), now.tallies(texts)
    changes = [
        Change(facet, old.get(facet, Tally()).f1, new.get(facet, Tally()).f1)
        if not facet.startswith("relations")
        else Change(facet, old.get(facet, Tally()).recall, new.get(facet, Tally()).recall)
        for facet in sorted({*old, *new})
    ]
    were = Counter(fault for fault in before.faults if fault[0] in texts)
    are = Counter(fault for fault in now.faults if fault[0] in texts)
    return Comparison(
        texts=tuple(sorted(texts)),
        left_out=tuple(sorted((set(before.by_text) | set(now.by_text)) - texts)),
        changes=tuple(change for change in changes if abs(change.now - change.before) > 1e-9),
        mended=tuple(sorted((were - are).elements())),
        new=tuple(sorted((are - were).elements())),
    )


def _key(fault: Fault) -> FaultKey:
    return (fault.text, fault.facet, fault.kind, fault.detail)
