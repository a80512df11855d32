"""Read the concept schemes that the project aligns to, from their CSV files."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError
from ontology.namespaces import Minter

LANGUAGES = ("en", "fr", "es")
COLUMNS = (
    "code",
    "notation",
    "kind",
    "label_en",
    "label_fr",
    "label_es",
    "alt_en",
    "definition",
    "broader",
    "identifier",
    "see_also",
    "note",
    "version",
    "status",
    "replaced_by",
    "source",
    "confidence",
)
"""Columns of every vocabulary file; a file may have more. Lists in a cell are parted by ``|``."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Describe one concept scheme and say where its concepts and its graph are."""

    name: str
    segment: str
    """Path segment of its concepts' IRIs."""
    graph: str
    """Name of the vocabulary graph and built file that hold it."""
    classes: Mapping[str, str]
    """Class of the ontology for each kind of concept; ``*`` stands for every other kind."""
    titles: Mapping[str, str]
    description: str
    version: str
    modified: str
    licence: str
    homepage: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Hold one concept; a code means something only with its scheme and version."""

    code: str
    labels: Mapping[str, str]
    broader: str | None
    scheme: str
    version: str
    status: str
    """``valid`` or ``deprecated``."""
    definition: str
    notation: str = ""
    kind: str = ""
    alt_labels: tuple[str, ...] = ()
    identifier: str = ""
    see_also: tuple[str, ...] = ()
    note: str = ""
    replaced_by: tuple[str, ...] = ()
    source: str = ""
    confidence: str = ""
    """``checked``: seen in the source; ``recalled``: from knowledge, to be confirmed."""

    @property
    def label(self) -> str:
        """Return the English label."""
        return self.labels["en"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold one scheme with its concepts by code, in the order of the file."""

    name: str
    scheme: Scheme
    concepts: Mapping[str, Concept]

    def ancestors(self, code: str) -> Iterator[Concept]:
        """Yield the wider concepts of a code, nearest first."""
        seen = {code}
        broader = self.concepts[code].broader
        while broader is not None and broader not in seen:
            seen.add(broader)
            concept = self.concepts[broader]
            yield concept
            broader = concept.broader

    def narrower(self, code: str) -> tuple[Concept, ...]:
        """List the concepts directly under a code."""
        return tuple(c for c in self.concepts.values() if c.broader == code)


def vocabulary_folder() -> Traversable:
    """Return the packaged folder of vocabulary files."""
    return files("ontology") / "vocabularies"


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell that holds a list."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def read_rows(name: str) -> list[dict[str, str]]:
    """Read the rows of a packaged CSV file of the vocabularies."""
    file = vocabulary_folder() / f"{name}.csv"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        known = ", ".join(sorted(scheme_table()))
        raise OntologyError(f"no vocabulary named {name!r}; known are {known}") from error
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def scheme_table() -> Mapping[str, Scheme]:
    """Return every scheme by name."""
    return {
        row["name"]: Scheme(
            row["name"],
            row["segment"],
            row["graph"],
            dict(item.split("=") for item in split_cell(row["classes"])),
            {lang: row[f"title_{lang}"] for lang in LANGUAGES},
            row["description"],
            row["version"],
            row["modified"],
            row["licence"],
            row["homepage"],
        )
        for row in read_rows("schemes")
    }


def make_concept(name: str, row: Mapping[str, str]) -> Concept:
    """Build a concept from a row of a vocabulary file."""
    return Concept(
        code=row["code"],
        labels={lang: row[f"label_{lang}"] for lang in LANGUAGES if row[f"label_{lang}"]},
        broader=row["broader"] or None,
        scheme=name,
        version=row["version"],
        status=row["status"],
        definition=row["definition"],
        notation=row["notation"],
        kind=row["kind"],
        alt_labels=split_cell(row["alt_en"]),
        identifier=row["identifier"],
        see_also=split_cell(row["see_also"]),
        note=row["note"],
        replaced_by=split_cell(row["replaced_by"]),
        source=row["source"],
        confidence=row["confidence"],
    )


@cache
def load_vocabulary(name: str) -> Vocabulary:
    """Load a vocabulary by name: threats, threats_cmp4, stresses, actions, kmgbf, sdg …"""
    scheme = scheme_table().get(name)
    if scheme is None:
        known = ", ".join(sorted(scheme_table()))
        raise OntologyError(f"no vocabulary named {name!r}; known are {known}")
    concepts = (make_concept(name, row) for row in read_rows(name))
    return Vocabulary(name, scheme, {concept.code: concept for concept in concepts})


def concept_iri(minter: Minter, name: str, code: str) -> str:
    """Mint the IRI of a concept of a named vocabulary."""
    return minter.concept(scheme_table()[name].segment, code)


def scheme_iri(minter: Minter, name: str) -> str:
    """Mint the IRI of a named vocabulary's concept scheme."""
    return minter.scheme(scheme_table()[name].segment)
