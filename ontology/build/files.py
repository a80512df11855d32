"""Write the built files of the vocabularies, all or none."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from ontology.build.checks import check_vocabulary
from ontology.build.graphs import build_files
from ontology.errors import OntologyError
from ontology.vocabulary import scheme_table


def package_folder() -> Path:
    """Return the folder of the ontology package on disk."""
    with as_file(files("ontology")) as folder:
        return folder


def packaged_tables() -> tuple[Path, ...]:
    """List the CSV files that hold concepts or listings."""
    folder = package_folder() / "vocabularies"
    return tuple(folder / f"{name}.csv" for name in sorted([*scheme_table(), "cms_appendices"]))


def write_files(target: Path | None = None) -> Iterator[tuple[Path, bool]]:
    """Check the tables, build every file, write those that changed and yield each.

    Raise OntologyError, with nothing written, where a table is broken or the folder is read-only.
    """
    broken = [
        f"{table}: {problem}" for table in packaged_tables() for problem in check_vocabulary(table)
    ]
    if broken:
        raise OntologyError("nothing was built:\n" + "\n".join(broken))
    folder = target or package_folder()
    for name, data in sorted(build_files().items()):
        path = folder / name
        changed = not path.is_file() or path.read_bytes() != data
        if changed:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            except OSError as error:
                raise OntologyError(f"cannot write {path}: {error.strerror}") from error
        yield path, changed
