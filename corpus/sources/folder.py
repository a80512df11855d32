"""List the texts of a folder."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from corpus.decoding import checksum, read_bytes
from corpus.documents import Display, Source
from corpus.errors import CorpusError, GoneError, ListingError
from corpus.limits import most_bytes
from corpus.readers import has_reader, media_type_of
from corpus.sources.protocol import Fetched, SourceItem
from corpus.sources.register import SOURCES_FILE, read_register

_SAVED_PARTS = re.compile(r".+[_-](?:files|fichiers|archivos|dateien)$", re.IGNORECASE)
"""Folders in which browsers put the parts of a page that they save."""


def list_files(folder: Path) -> Iterator[tuple[Source, Path]]:
    """Yield the readable files below a folder in order of their paths.

    Where a table of sources lies in the folder, only the files that it lists.
    """
    register = folder / SOURCES_FILE
    if register.is_file():
        for file, source in sorted(read_register(register).items()):
            if not (folder / file).is_file():
                raise CorpusError(f"{register}: lists {file}, which is not there")
            yield source, folder / file
        return
    for path, relative in find_texts(folder):
        data = read_bytes(path, max_bytes=most_bytes(media_type_of(path)))
        yield Source(relative, checksum(data), media_type_of(path)), path


def find_texts(
    folder: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()
) -> Iterator[tuple[Path, str]]:
    """Yield readable files below a folder, with their paths in it, in order of these paths.

    Patterns are of the shell (``reports/*.pdf``, where ``*`` takes slashes too) and tried on the
    path in the folder. Hidden files and the parts of saved pages are passed over.
    """
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        name = relative.as_posix()
        if any(part.startswith((".", "~$")) for part in relative.parts):
            continue
        if any(_SAVED_PARTS.match(part) for part in relative.parts[:-1]) or not has_reader(path):
            continue
        if include and not any(fnmatchcase(name, pattern) for pattern in include):
            continue
        if not any(fnmatchcase(name, pattern) for pattern in exclude) and path.is_file():
            yield path, name


class FolderSource:
    """Give each readable file below a folder as an item, its path the key."""

    def __init__(
        self,
        folder: Path,
        *,
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        display: Display = "snippets",
    ) -> None:
        self._folder = folder.resolve()
        self._include = include
        self._exclude = exclude
        self._display = display
        self._rows: dict[str, Source] | None = None

    @property
    def name(self) -> str:
        return str(self._folder)

    @property
    def complete(self) -> bool:
        return True

    def list_items(self) -> Iterator[SourceItem]:
        """Yield the files; raise ListingError where the folder or its table cannot be read."""
        if not self._folder.is_dir():
            raise ListingError(f"{self._folder}: no such folder")
        try:
            for path, name in self._files():
                status = path.stat()
                yield SourceItem(str(path), f"{status.st_mtime_ns}-{status.st_size}", name)
        except OSError as error:
            raise ListingError(f"{self._folder}: cannot be listed: {error.strerror}") from error

    def _files(self) -> Iterator[tuple[Path, str]]:
        register = self._folder / SOURCES_FILE
        if not register.is_file():
            yield from find_texts(self._folder, self._include, self._exclude)
            return
        try:
            self._rows = read_register(register)
        except CorpusError as error:
            raise ListingError(str(error)) from error
        for file in sorted(self._rows):
            if (self._folder / file).is_file():
                yield self._folder / file, file

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the bytes of a file with what the folder's table says of it."""
        path = Path(item.key)
        if not path.is_file():
            raise GoneError(f"{path}: no such file")
        name = path.relative_to(self._folder).as_posix()
        media_type = media_type_of(path)
        data = read_bytes(path, max_bytes=most_bytes(media_type))
        if self._rows is None:
            register = self._folder / SOURCES_FILE
            self._rows = read_register(register) if register.is_file() else {}
        known = self._rows.get(name)
        source = known or Source(name, checksum(data), media_type, self._display)
        if source.checksum and source.checksum != checksum(data):
            raise CorpusError(
                f"{path}: the file is not the one registered in {SOURCES_FILE} "
                f"(checksum {checksum(data)}); update its row or restore the file"
            )
        return Fetched(item, data, source)
