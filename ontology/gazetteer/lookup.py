"""Ask the gazetteer: names to rows, rows to facts, from mapped files."""

import fcntl
import hashlib
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import marisa_trie

from ontology.errors import OntologyError
from ontology.gazetteer.build import NCBI_MARK, Progress, build_lookup, prefix_mark
from ontology.gazetteer.folding import fold
from ontology.gazetteer.identifiers import IdentifierIndex
from ontology.gazetteer.ncbi import NcbiNames, open_ncbi
from ontology.gazetteer.own import own_checksum, read_own
from ontology.gazetteer.packing import PackedTable
from ontology.gazetteer.rows import NameHit, OrganisationRow, PlaceRow, TaxonRow
from ontology.gazetteer.tables import code_files, table_files

__all__ = ["Gazetteer", "build_lookup", "ensure_lookup", "lookup_path", "open_gazetteer"]

Row = TypeVar("Row", TaxonRow, PlaceRow, OrganisationRow)
_CACHED_NAMES = 1 << 14
_SPACE = 100 << 20
"""What has to be free before a lookup is built, so that a full disk is told of at once."""


@lru_cache(maxsize=1)
def sources_checksum() -> str:
    """Return the checksum of the tables and of the code that packs them."""
    digest = hashlib.sha256()
    for file in (*table_files(), *code_files()):
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def lookup_path(data_dir: Path) -> Path:
    """Return where the lookup of the present tables, a user's own too, stands in a data folder."""
    own = own_checksum(data_dir)
    checksum = sources_checksum()
    if own:
        checksum = hashlib.sha256(f"{checksum} {own}".encode()).hexdigest()
    return data_dir / f"gazetteer-{checksum[:16]}"


def ensure_lookup(data_dir: Path, *, progress: Progress | None = None) -> Path:
    """Return the lookup of a data folder, built first where it is missing.

    Of processes that ask at the same time one builds and the others wait.
    """
    path = lookup_path(data_dir)
    if path.exists():
        return path
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with (data_dir / ".gazetteer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                free = shutil.disk_usage(data_dir).free
                if free < _SPACE:
                    raise OntologyError(
                        f"{data_dir}: the gazetteer lookup takes {_SPACE >> 20} MB and only "
                        f"{free >> 20} MB are free; free some space or choose another folder "
                        "with --data"
                    )
                build_lookup(path, progress=progress, own=read_own(data_dir))
    except OSError as error:
        raise OntologyError(
            f"cannot write the gazetteer lookup into {data_dir}: {error}; "
            "choose a data folder that can be written"
        ) from error
    return path


class _Part:
    """Hold names and rows of one kind."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.trie = marisa_trie.Trie()
        path = folder / f"{kind}.names.marisa"
        try:
            self.trie.mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise OntologyError(
                f"gazetteer lookup {path}: {error}; run 'ecoduct gazetteer build'"
            ) from error
        self._hits = PackedTable(folder / f"{kind}.hits")
        self.rows = PackedTable(folder / f"{kind}.rows")
        self.names: Callable[[str], tuple[NameHit, ...]] = lru_cache(_CACHED_NAMES)(self._names)

    def _names(self, key: str) -> tuple[NameHit, ...]:
        number = self.trie.get(key)
        hits = None if number is None else self._hits[number]
        return () if hits is None else tuple(NameHit(*hit) for hit in hits)

    def has_prefix(self, key: str) -> bool:
        return prefix_mark(key) in self.trie

    def find_row(self, key: str) -> int | None:
        """Return the number of the row with a key, by halving: rows are sorted by key."""
        at = bisect_left(range(len(self.rows)), key, key=lambda number: self.rows[number][0])
        return at if at < len(self.rows) and self.rows[at][0] == key else None

    def keys(self, prefix: str) -> tuple[str, ...]:
        """List the names that start with a prefix, sorted; marks of prefixes are no names."""
        return tuple(key for key in sorted(self.trie.iterkeys(prefix)) if key[-1] != " ")

    def block(self, prefix: str) -> list[str]:
        """List what starts with a prefix, marks of prefixes too, in the order of the trie."""
        block: list[str] = self.trie.keys(prefix)
        return block


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


class Gazetteer:
    """Answer which rows a folded name may mean, and what is known of a row."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise OntologyError(f"no gazetteer lookup at {path}; run 'ecoduct gazetteer build'")
        self.path = path
        self.ncbi: NcbiNames | None = open_ncbi() if (path / NCBI_MARK).exists() else None
        self._taxa = _Part(path, "taxa")
        self._places = _Part(path, "places")
        self._organisations = _Part(path, "organisations")
        self.identifiers = IdentifierIndex(path)
        self.taxon_names = self._taxa.names
        self.place_names = self._places.names
        self.organisation_names = self._organisations.names
        self.has_taxon_prefix = self._taxa.has_prefix
        self.has_place_prefix = self._places.has_prefix
        self.has_organisation_prefix = self._organisations.has_prefix
        self.taxon_block = self._taxa.block
        self.place_block = self._places.block
        self.organisation_block = self._organisations.block
        self.taxon: Callable[[int], TaxonRow] = lru_cache(1 << 13)(self._taxon)
        self.place: Callable[[int], PlaceRow] = lru_cache(1 << 13)(self._place)
        self.organisation: Callable[[int], OrganisationRow] = lru_cache(1 << 12)(self._organisation)

    def _row(self, part: _Part, row_id: int, make: type[Row]) -> Row:
        return make(row_id, *(_tuples(value) for value in part.rows[row_id]))

    def _taxon(self, row_id: int) -> TaxonRow:
        return self._row(self._taxa, row_id, TaxonRow)

    def _place(self, row_id: int) -> PlaceRow:
        return self._row(self._places, row_id, PlaceRow)

    def _organisation(self, row_id: int) -> OrganisationRow:
        return self._row(self._organisations, row_id, OrganisationRow)

    def taxon_keys(self, prefix: str) -> tuple[str, ...]:
        """List the folded names of taxa that start with a prefix, sorted."""
        return self._taxa.keys(prefix)

    def place_keys(self, prefix: str) -> tuple[str, ...]:
        """List the folded names of places that start with a prefix, sorted."""
        return self._places.keys(prefix)

    def organisation_keys(self, prefix: str) -> tuple[str, ...]:
        """List the folded names of organisations that start with a prefix, sorted."""
        return self._organisations.keys(prefix)

    def find_row(self, kind: str, key: str) -> int | None:
        """Return the number of the taxon, place or organisation with a key."""
        return self._part(kind).find_row(key)

    def names_of(self, kind: str) -> Callable[[str], tuple[NameHit, ...]]:
        """Return what finds the names of a taxon, place or organisation by folded key."""
        return self._part(kind).names

    def block_of(self, kind: str) -> Callable[[str], list[str]]:
        """Return what lists the folded names of a kind that start with a prefix, and marks."""
        return self._part(kind).block

    def iterate_block(self, kind: str, prefix: str) -> Iterator[str]:
        """Yield the folded names of a kind that start with a prefix, and marks, one by one."""
        names: Iterator[str] = self._part(kind).trie.iterkeys(prefix)
        return names

    def row(self, kind: str, row_id: int) -> TaxonRow | PlaceRow | OrganisationRow:
        """Return a row of any kind."""
        if kind == "taxon":
            return self.taxon(row_id)
        return self.place(row_id) if kind == "place" else self.organisation(row_id)

    def _part(self, kind: str) -> _Part:
        return {"taxon": self._taxa, "place": self._places, "organisation": self._organisations}[
            kind
        ]

    def keys_of(self, kind: str, key: str, name: str) -> tuple[str, ...]:
        """List the keys of the rows that a key, else a name, means by its surest source."""
        part = self._part(kind)
        if key:
            return () if part.find_row(key) is None else (key,)
        hits = part.names(fold(name))
        best = min((hit.priority for hit in hits), default=0)
        found = {part.rows[h.row_id][0] for h in hits if h.priority == best}
        return tuple(sorted(found))

    def counts(self) -> dict[str, int]:
        """Count the rows of each kind."""
        return {
            "taxa": len(self._taxa.rows),
            "places": len(self._places.rows),
            "organisations": len(self._organisations.rows),
        }

    def taxon_lineage(self, row_id: int) -> tuple[TaxonRow, ...]:
        """List the wider taxa of a taxon, nearest first."""
        lineage: list[TaxonRow] = []
        parent = self.taxon(row_id).parent
        while parent is not None and all(row.row_id != parent for row in lineage):
            lineage.append(self.taxon(parent))
            parent = lineage[-1].parent
        return tuple(lineage)


@lru_cache(maxsize=4)
def open_gazetteer(path: Path) -> Gazetteer:
    """Open a lookup; one process opens each only once."""
    return Gazetteer(path)
