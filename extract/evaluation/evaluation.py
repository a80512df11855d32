"""Everything that one run of the evaluation says."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.evaluation.calibration import leave_one_out, observe
from extract.evaluation.confusion import Confusion, confusions, error_kinds
from extract.evaluation.gold import GoldText
from extract.evaluation.intervals import Interval, bootstrap
from extract.evaluation.reliability import Reliability, reliability
from extract.evaluation.scoring import Scores, find_extractions, score
from extract.records import Extraction


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold scores, how far they may be off, what was confused, and what scores were worth."""

    scores: Scores
    intervals: dict[str, Interval]
    kinds: tuple[tuple[str, str, int], ...]
    confusions: tuple[Confusion, ...]
    reliabilities: tuple[Reliability, ...]


def evaluate(
    extractions: Sequence[Extraction],
    texts: Sequence[GoldText],
    *,
    bare: Sequence[Extraction] = (),
    seed: int = 1,
) -> Evaluation:
    """Evaluate extractions; ``bare`` are the same with the scores of before calibration.

    With them, calibration is fitted anew for each text on the others: the figures that new texts
    of the same kind may expect. Those of scores as they are flatter where the texts were fitted.
    """
    scores = score(extractions, texts)
    mentions, statements = observe(find_extractions(extractions, texts), texts)
    reliabilities = [
        reliability("mentions, scores as given", [(o.score, o.right) for o in mentions]),
        reliability("statements, scores as given", [(o.score, o.right) for o in statements]),
    ]
    if bare:
        mentions, statements = observe(find_extractions(bare, texts), texts)
        reliabilities += [
            reliability("mentions, each text left out in turn", leave_one_out(mentions)),
            reliability("statements, each text left out in turn", leave_one_out(statements)),
        ]
    return Evaluation(
        scores,
        bootstrap(scores.by_text, seed=seed),
        error_kinds(scores.faults),
        confusions(scores.faults),
        tuple(reliabilities),
    )
