"""Write an evaluation as one page of HTML that needs nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from extract.evaluation.context import in_context
from extract.evaluation.details import by_text_rows
from extract.evaluation.evaluation import Evaluation
from extract.evaluation.plot import reliability_svg
from extract.evaluation.saving import Comparison
from extract.evaluation.tally import Fault, Tally
from extract.records import Extraction

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 1rem auto; padding: 0 1rem;
  color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { border: 1px solid #bbb; padding: .2rem .6rem; text-align: left; vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
mark { background: #ffe58a; color: inherit; }
figure { display: inline-block; margin: 1rem 2rem 1rem 0; }
"""


def evaluation_html(
    evaluation: Evaluation,
    extractions: Mapping[str, Extraction],
    comparison: Comparison | None = None,
) -> str:
    """Return the page; ``extractions`` by annotated text give the errors their context."""
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evaluation</title><style>{_STYLE}</style></head><body><main>",
        "<h1>Evaluation</h1>",
    ]
    if evaluation.scores.missing:
        missing = escape(", ".join(evaluation.scores.missing))
        parts.append(f"<p>Not extracted: {missing}</p>")
    parts += ["<h2>Scores</h2>", _scores(evaluation)]
    if comparison is not None:
        parts += ["<h2>Since the saved run</h2>", *_comparison(comparison)]
    parts += ["<h2>Texts</h2>", _table("F1 of each text", *by_text_rows(evaluation))]
    parts += ["<h2>What scores are worth</h2>"]
    parts += [
        f"<figure>{reliability_svg(part)}<figcaption>{escape(part.name)}: ECE {part.error:.3f} "
        f"over {part.count}</figcaption></figure>"
        for part in evaluation.reliabilities
    ]
    parts += [
        "<h2>Errors</h2>",
        _table("Errors by kind", ("facet", "kind", "times"), _strings(evaluation.kinds)),
        _table(
            "Confusions",
            ("facet", "annotated", "given", "times"),
            _strings(evaluation.confusions),
        ),
    ]
    for text in sorted({fault.text for fault in evaluation.scores.faults}):
        faults = [fault for fault in evaluation.scores.faults if fault.text == text]
        parts += [f"<h3>{escape(text)}</h3>", _faults(text, faults, extractions.get(text))]
    return "\n".join([*parts, "</main></body></html>\n"])


def _scores(evaluation: Evaluation) -> str:
    rows = []
    for facet, tally in sorted(evaluation.scores.tallies.items()):
        interval = evaluation.intervals.get(facet)
        figures = [tally.precision, tally.recall, tally.f1]
        ranges = [interval.precision, interval.recall, interval.f1] if interval else [None] * 3
        cells = [
            f"{figure:.3f}" + (f" ({pair[0]:.2f} to {pair[1]:.2f})" if pair else "")
            for figure, pair in zip(figures, ranges, strict=True)
        ]
        if facet.startswith("relations"):
            cells[0] = cells[2] = ""
        rows.append((facet, *cells, *_counts(tally)))
    head = ("facet", "precision", "recall", "F1", "right", "wrong", "missed")
    return _table("With 95 % intervals, texts drawn anew", head, rows)


def _counts(tally: Tally) -> tuple[str, str, str]:
    return str(tally.right), str(tally.wrong), str(tally.missed)


def _comparison(comparison: Comparison) -> list[str]:
    changes = [
        (
            "better" if change.now > change.before else "worse",
            change.facet,
            f"{change.before:.3f}",
            f"{change.now:.3f}",
        )
        for change in comparison.changes
    ]
    faults = [("mended", *fault) for fault in comparison.mended]
    faults += [("new", *fault) for fault in comparison.new]
    caption = f"Over {len(comparison.texts)} texts"
    return [
        _table(caption, ("", "facet", "before", "now"), changes),
        _table("Errors", ("", "text", "facet", "kind", "what"), faults),
    ]


def _faults(text: str, faults: Iterable[Fault], extraction: Extraction | None) -> str:
    rows = []
    for fault in faults:
        cells = [f"<td>{escape(part)}</td>" for part in (fault.facet, fault.kind, fault.detail)]
        context = ""
        if extraction is not None and fault.span is not None:
            before, at, after = map(escape, in_context(extraction.text, fault.span))
            context = f"{before}<mark>{at}</mark>{after}"
        rows.append(f"<tr>{''.join(cells)}<td>{context}</td></tr>")
    head = _head(("facet", "kind", "what", "in context"))
    return f"<table><caption>Errors in {escape(text)}</caption>{head}{''.join(rows)}</table>"


def _strings(rows: Iterable[tuple[str | int, ...]]) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rows]


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption>{_head(head)}{body}</table>"


def _head(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in cells) + "</tr>"
