"""Read the rules that tell to which SDGs a target of the KMGBF carries over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError
from ontology.phrases import lexicon_file, load_phrases, read_table

_COLUMNS = ("goal", "cue", "sentences", "targets", "unless", "why")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class GoalRule:
    """Say what a text must speak of, and where not, for a target to carry over to a goal."""

    goal: str
    cue: str
    """Name of the wording that the text must have; empty where none is needed."""
    sentences: int
    """In how many sentences it must stand."""
    targets: tuple[str, ...]
    unless: str
    """Name of the wording that the text must not have; empty where any may stand."""
    why: str

    def allows(self, target: str, spoken: Collection[str]) -> bool:
        """Tell whether the goal follows from a target in a text that speaks of some things."""
        covered = _ANY in self.targets or target in self.targets
        return covered and (not self.cue or self.cue in spoken) and self.unless not in spoken


def read_goal_rules(source: Traversable, cues: Collection[str]) -> Mapping[str, GoalRule]:
    """Read rules by goal; raise OntologyError at the first bad row."""
    rules: dict[str, GoalRule] = {}
    for where, row in read_table(source, _COLUMNS):
        for name in filter(None, (row["cue"], row["unless"])):
            if name not in cues:
                raise OntologyError(f"{where}: {name!r} is no cue; add it to sdg_cues.csv")
        if not row["sentences"].isdecimal() or row["goal"] in rules:
            raise OntologyError(f"{where}: write each goal once, with a number of sentences")
        targets = tuple(row["targets"].split("|"))
        rules[row["goal"]] = GoalRule(
            row["goal"], row["cue"], int(row["sentences"]), targets, row["unless"], row["why"]
        )
    return rules


@cache
def load_goal_rules() -> Mapping[str, GoalRule]:
    """Read the packaged rules, once a process."""
    return read_goal_rules(
        lexicon_file("sdg_rules"), frozenset(row.cue for row in load_phrases("sdg_cues"))
    )


def spoken_of(sentences: Mapping[str, int]) -> frozenset[str]:
    """Return the wordings that stand in as many sentences as some rule asks."""
    return frozenset(
        rule.cue
        for rule in load_goal_rules().values()
        if rule.cue and sentences.get(rule.cue, 0) >= rule.sentences
    )
