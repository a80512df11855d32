"""Read and write the lookup's files: tables of JSON records that are mapped, not loaded."""

import json
import mmap
import struct
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ontology.errors import OntologyError

_HEADER = struct.Struct("<8sQ")
_MAGIC = b"ECOTAB01"


def write_packed(path: Path, records: Iterable[Any]) -> int:
    """Write records, numbered from 0, and return their count."""
    blobs = [
        b""
        if record is None
        else json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        for record in records
    ]
    offsets = array("Q", [0])
    position = 0
    for blob in blobs:
        position += len(blob)
        offsets.append(position)
    if sys.byteorder == "big":
        offsets.byteswap()
    with path.open("wb") as file:
        file.write(_HEADER.pack(_MAGIC, len(blobs)))
        file.write(offsets.tobytes())
        file.writelines(blobs)
    return len(blobs)


class PackedTable:
    """Give records by number from a mapped file."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise OntologyError(
                f"gazetteer file {path}: {error}; run 'ecoduct gazetteer build'"
            ) from error
        if len(self._map) < _HEADER.size or self._map[:8] != _MAGIC:
            raise OntologyError(f"gazetteer file {path} is damaged; remove it and build again")
        self._count: int = _HEADER.unpack_from(self._map)[1]
        self._data = _HEADER.size + 8 * (self._count + 1)
        self._pair = struct.Struct("<QQ")

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Any:
        if not 0 <= number < self._count:
            raise IndexError(number)
        start, end = self._pair.unpack_from(self._map, _HEADER.size + 8 * number)
        return json.loads(self._map[self._data + start : self._data + end]) if end > start else None
