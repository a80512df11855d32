"""Build the lookup's files from the tables."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import marisa_trie

from ontology.errors import OntologyError
from ontology.gazetteer.collecting import Collection
from ontology.gazetteer.identifiers import AnyRow, write_identifiers
from ontology.gazetteer.organisations import collect_organisations, pack_organisations
from ontology.gazetteer.own import NOTHING_OWN, OwnTables
from ontology.gazetteer.packing import write_packed
from ontology.gazetteer.places import collect_places, pack_places
from ontology.gazetteer.rows import OrganisationRow, PlaceRow, TaxonRow
from ontology.gazetteer.taxa import collect_taxa, pack_taxa

Progress = Callable[[str], None]
_Collect = Callable[[OwnTables], Collection]
_Pack = Callable[[Collection, dict[str, int]], list[list[Any]]]
NCBI_MARK = "ncbi.wanted"
"""File of a lookup that wants the names of the NCBI Taxonomy beside its own."""
_STEPS: tuple[tuple[str, _Collect, _Pack], ...] = (
    ("taxa", collect_taxa, pack_taxa),
    ("places", collect_places, pack_places),
    ("organisations", collect_organisations, pack_organisations),
)

_ROWS: dict[str, tuple[str, Callable[..., AnyRow]]] = {
    "taxa": ("taxon", TaxonRow),
    "places": ("place", PlaceRow),
    "organisations": ("organisation", OrganisationRow),
}


def prefix_mark(key: str) -> str:
    """Return what stands in the trie for 'some name goes on after this key'."""
    return key + " "


def _write_names(folder: Path, kind: str, hits: dict[str, list[list[Any]]]) -> None:
    prefixes: set[str] = set()
    for key in hits:
        words = key.split(" ")
        prefixes.update(prefix_mark(" ".join(words[:n])) for n in range(1, len(words)))
    trie = marisa_trie.Trie(sorted(hits) + sorted(prefixes))
    ordered: list[list[list[Any]] | None] = [None] * len(trie)
    for key, value in hits.items():
        ordered[trie.key_id(key)] = value
    trie.save(str(folder / f"{kind}.names.marisa"))
    write_packed(folder / f"{kind}.hits", ordered)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: it would walk a million live containers again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def write_lookup(
    folder: Path, *, progress: Progress | None = None, own: OwnTables = NOTHING_OWN
) -> None:
    """Write all files of the lookup into an existing folder."""
    rows: dict[str, list[AnyRow]] = {}
    with _no_collection():
        for kind, collect, pack in _STEPS:
            if progress is not None:
                progress(kind)
            collection = collect(own)
            numbers = collection.numbers()
            packed = pack(collection, numbers)
            write_packed(folder / f"{kind}.rows", packed)
            _write_names(folder, kind, collection.hits(numbers))
            singular, make = _ROWS[kind]
            rows[singular] = [make(number, *values) for number, values in enumerate(packed)]
        write_identifiers(folder, rows)
    if own.ncbi:
        (folder / NCBI_MARK).write_text("", encoding="utf-8")


def build_lookup(
    target: Path, *, progress: Progress | None = None, own: OwnTables = NOTHING_OWN
) -> None:
    """Build the lookup as a folder at ``target``, which appears only when it is complete.

    ``progress`` is told the name of each part as its work starts; ``own`` are the rows and
    identifiers that a user added. Raise OntologyError where the
    folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".gazetteer-") as temporary:
            folder, retired = Path(temporary) / "new", Path(temporary) / "old"
            folder.mkdir()
            write_lookup(folder, progress=progress, own=own)
            if target.exists():
                target.rename(retired)
            folder.rename(target)
    except OSError as error:
        raise OntologyError(
            f"cannot write the gazetteer lookup {target}: {error}; "
            "choose a data folder that can be written"
        ) from error
