"""Records of a place on its way from the text to a decision."""

from dataclasses import dataclass

from extract.matching.place_types import PlaceType
from ontology.gazetteer.folding import Words

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
OTHER_LABELS = frozenset(
    (
        "DATE",
        "TIME",
        "MONEY",
        "QUANTITY",
        "CARDINAL",
        "ORDINAL",
        "PERCENT",
        "LANGUAGE",
    )
)
PEOPLE_LABEL = "NORP"
PERSON_LABELS = frozenset(("PERSON", "PER"))


@dataclass(frozen=True, slots=True)
class Entity:
    """Hold a find of the statistical model; positions are tokens, the end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class PlaceText:
    """Hold one text as the place rules read it."""

    words: Words
    lang: str
    sentence_starts: frozenset[int]
    title: frozenset[int]
    """Tokens of headings in which most words have a capital."""
    entities: tuple[Entity, ...] = ()
    modelled: bool = False
    """A statistical model has read the text."""


@dataclass(slots=True)
class PlaceCandidate:
    """Hold a run of tokens that may name a place, and what is known of it."""

    start: int
    end: int
    rule: str
    rows: tuple[int, ...] = ()
    """Gazetteer rows of the whole run."""
    name_rows: tuple[int, ...] = ()
    """Gazetteer rows of the bare name, where the run has none of its own."""
    types: tuple[PlaceType, ...] = ()
    name: tuple[int, int] = (0, 0)
    """Tokens of the bare name, the type word left out."""
    typed: bool = False
    bare: bool = False
    listed: bool = False
    opening: bool = False
    lower: bool = False
    score: float = 0.0
    rejected: str = ""
    direction: str = ""
    core: int = -1
    """Token where the place starts after the direction."""
    refers: int = -1
    """Number of the earlier candidate that a short form stands for."""

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end
