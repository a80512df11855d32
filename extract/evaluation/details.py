"""Print what stands behind the scores."""

from collections.abc import Iterable

from extract.evaluation.evaluation import Evaluation
from extract.evaluation.intervals import Range
from extract.evaluation.saving import Comparison
from extract.evaluation.tally import Tally

_SHORT = (
    ("species mention (overlap)", "species"),
    ("place mention (overlap)", "places"),
    ("actor mention (overlap)", "actors"),
    ("threats", "threats"),
    ("stresses", "stresses"),
    ("interventions", "intervent."),
    ("kmgbf", "kmgbf"),
    ("countries", "countries"),
)


def by_text_rows(evaluation: Evaluation) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return head and rows of the table of texts: F1 of the main facets; empty where none is."""
    rows = []
    for text, tallies in sorted(evaluation.scores.by_text.items()):
        figures = [_f1(tallies.get(facet, Tally())) for facet, _ in _SHORT]
        relations = tallies.get("relations (recall of core)", Tally())
        wanted = relations.right + relations.missed
        rows.append((text, *figures, f"{relations.right}/{wanted}" if wanted else ""))
    return ("text", *(short for _, short in _SHORT), "relations"), rows


def _f1(tally: Tally) -> str:
    return f"{tally.f1:.2f}" if tally.right + tally.wrong + tally.missed else ""


def format_details(evaluation: Evaluation) -> str:
    """Return intervals, errors by kind, confusions, texts and reliability as lines."""
    lines = ["", "95 % intervals (bootstrap over texts)"]
    for facet, interval in sorted(evaluation.intervals.items()):
        figures = (
            f"P {_range(interval.precision)} R {_range(interval.recall)} F1 {_range(interval.f1)}"
        )
        if facet.startswith("relations") or facet.endswith("(of found)"):
            figures = _range(interval.recall)
        lines.append(f"{facet:34s} {figures}")
    lines += ["", "errors by kind"]
    lines += [f"{facet:34s} {kind:10s} {count}" for facet, kind, count in evaluation.kinds]
    lines += ["", "confusions: annotated, given, times"]
    lines += [
        f"{facet:34s} {wanted:12s} {found:12s} {count}"
        for facet, wanted, found, count in evaluation.confusions
    ]
    head, rows = by_text_rows(evaluation)
    lines += ["", _row(head), *map(_row, rows)]
    for part in evaluation.reliabilities:
        lines += ["", f"{part.name}: ECE {part.error:.3f} over {part.count}"]
        lines += [
            f"  {b.low:.2f} to {b.high:.2f}  mean {b.mean:.3f}  right {b.right:.3f}  ({b.count})"
            for b in part.bins
        ]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    first, *others = cells
    return f"{first[:24]:24s} " + " ".join(f"{cell:>10s}" for cell in others)


def _range(pair: Range) -> str:
    return f"{pair[0]:.3f}-{pair[1]:.3f}"


def format_comparison(comparison: Comparison) -> str:
    """Return what got better and what worse, figures first, as lines."""
    lines = ["", f"compared over {len(comparison.texts)} texts"]
    if comparison.left_out:
        lines[-1] += f"; only one run has {' '.join(comparison.left_out)}"
    for change in comparison.changes:
        word = "better" if change.now > change.before else "worse"
        difference = change.now - change.before
        lines.append(
            f"{word:7s} {change.facet:34s} {change.before:.3f} -> {change.now:.3f} "
            f"({difference:+.3f})"
        )
    lines += ["\t".join(("mended", *fault)) for fault in comparison.mended]
    lines += ["\t".join(("new", *fault)) for fault in comparison.new]
    if len(lines) == 2:
        lines.append("nothing changed")
    return "\n".join(lines)
