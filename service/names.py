"""Keep the gazetteer open for the service, and open it anew when an operator adds to it."""

import threading
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from extract.reconcile.queries import QueryReconciler
from ontology.errors import OntologyError
from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, open_gazetteer
from ontology.gazetteer.own import own_files
from ontology.namespaces import Minter
from service.config import Settings
from service.errors import StoreUnavailableError

_KEY = "ecoduct.names"
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OpenNames:
    """Hold one opened gazetteer and what answers queries over it."""

    gazetteer: Gazetteer
    queries: QueryReconciler


class NameSource:
    """Open the gazetteer of a data folder when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._open: OpenNames | None = None

    def get(self) -> OpenNames:
        """Return the present gazetteer; raise StoreUnavailableError where it cannot be opened."""
        stamp = _stamp(own_files(self._settings.data_dir))
        if self._open is not None and stamp == self._stamp:
            return self._open
        with self._lock:
            if self._open is None or stamp != self._stamp:
                try:
                    gazetteer = open_gazetteer(ensure_lookup(self._settings.data_dir))
                except OntologyError as error:
                    raise StoreUnavailableError(str(error)) from error
                minter = Minter(self._settings.base)
                self._open = OpenNames(gazetteer, QueryReconciler(gazetteer, minter))
                self._stamp = stamp
            return self._open


def _stamp(files: tuple[Path, ...]) -> _Stamp:
    stamps = []
    for file in files:
        try:
            found = file.stat()
        except OSError:
            stamps.append((0, 0))
        else:
            stamps.append((found.st_mtime_ns, found.st_size))
    return tuple(stamps)


def attach_names(extensions: dict[str, object], source: NameSource) -> None:
    """Tie the names of a data folder to an application."""
    extensions[_KEY] = source


def current_names() -> OpenNames:
    """Return the names for the request that is being answered."""
    source: NameSource = current_app.extensions[_KEY]
    return source.get()
