"""List the texts of a folder."""

from collections.abc import Iterator
from pathlib import Path

from corpus.decoding import checksum, read_bytes
from corpus.documents import Source
from corpus.errors import CorpusError
from corpus.readers import has_reader, media_type_of
from corpus.sources.register import SOURCES_FILE, read_register


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
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and has_reader(path) and not hidden:
            data = read_bytes(path)
            yield Source(relative.as_posix(), checksum(data), media_type_of(path)), path
