"""What the layers of the species recogniser hand to each other."""

from dataclasses import dataclass, field
from typing import Literal

from ontology.gazetteer.rows import NameHit

NameKind = Literal["scientific", "vernacular"]
SCIENTIFIC_KINDS = frozenset({"scientific", "synonym", "subspecies of"})


@dataclass(slots=True)
class TaxonMatch:
    """Mark tokens, end exclusive, that may name a taxon, and what the gazetteer says of them."""

    start: int
    end: int
    name_kind: NameKind
    rule: str
    score: float
    hits: tuple[NameHit, ...] = ()
    """Meanings, likeliest first; empty where the gazetteer has none."""
    scientific: str = ""
    """The name read from the text where the gazetteer lacks it."""
    parent: int | None = None
    """Row of the genus of such a name."""
    weak: str = ""
    """Why the name needs support from its surroundings; empty where it stands alone."""
    rejected: str = ""
    bound: int | None = None
    """Row that the document itself ties the name to."""
    notes: list[str] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        return not self.rejected and not self.weak

    def rows(self) -> tuple[int, ...]:
        """List the rows that may be meant, the bound one first, each once."""
        rows = [] if self.bound is None else [self.bound]
        return tuple(dict.fromkeys([*rows, *(hit.row_id for hit in self.hits)]))
