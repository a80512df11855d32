"""Print scores."""

import json

from extract.evaluation.scoring import Scores


def format_scores(scores: Scores, *, errors: bool = False) -> str:
    """Return one line a facet, and one line an error where asked."""
    lines = []
    if scores.missing:
        lines.append("not extracted: " + " ".join(scores.missing))
    for facet, tally in sorted(scores.tallies.items()):
        if facet.endswith("(of found)"):
            lines.append(
                f"{facet:34s} accuracy {tally.recall:.3f}  "
                f"({tally.right} of {tally.right + tally.missed})"
            )
        elif facet.startswith("relations"):
            lines.append(
                f"{facet:34s} R {tally.recall:.3f}  ({tally.right} of {tally.right + tally.missed})"
            )
        else:
            lines.append(
                f"{facet:34s} P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}  "
                f"(right {tally.right} wrong {tally.wrong} missed {tally.missed})"
            )
    if errors:
        lines.extend("\t".join((f.text, f.facet, f.kind, f.detail)) for f in scores.faults)
    return "\n".join(lines)


def scores_to_json(scores: Scores) -> str:
    """Return the figures by facet: p, r, f1 to four places, and the counts."""
    figures = {
        facet: {
            "p": round(t.precision, 4),
            "r": round(t.recall, 4),
            "f1": round(t.f1, 4),
            "right": t.right,
            "wrong": t.wrong,
            "missed": t.missed,
        }
        for facet, t in sorted(scores.tallies.items())
    }
    return json.dumps({"missing": scores.missing, "facets": figures}, indent=1)
