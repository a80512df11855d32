"""Take in graphs that are all new as tables of the engine, for a third of what a transaction costs.

The engine builds its tables beside the store and takes all of them in with one change of its
manifest: a fault or a kill leaves the store as it was, and files that the next start removes.
"""

import pyoxigraph as ox

from service.errors import ServiceError
from service.store.folder import DataFolder, explain_disk_error
from service.store.operations import Operation

LEAST_BYTES = 1 << 20
"""N-Triples under which a transaction is the cheaper way."""


def open_engine(folder: DataFolder) -> ox.Store:
    """Open or make the store of a data folder without what a killed process had not taken in."""
    for path in folder.store.glob("bulk-*.sst"):
        path.unlink(missing_ok=True)
    try:
        return ox.Store(str(folder.store))
    except OSError as error:
        raise explain_disk_error(error, folder.path) from error


def take_in_new_graphs(engine: ox.Store, operation: Operation, *, merged: bool) -> bool:
    """Carry out a large replacement where all that it does is add; else return False.

    With the merge on, each triple comes once more for the default graph. Blank nodes, which are
    renamed there, are left to the other way.
    """
    graphs = operation.graphs
    parts = [*graphs.items(), *operation.additions.items()]
    if sum(len(data) for _, data in parts) < LEAST_BYTES:
        return False
    if any(not iri or b"_:" in data for iri, data in parts):
        return False
    if any(data and not data.endswith(b" .\n") for _, data in parts):
        return False
    if any(engine.contains_named_graph(ox.NamedNode(iri)) for iri in graphs):
        return False
    quads = [data.replace(b" .\n", f" <{iri}> .\n".encode()) for iri, data in parts]
    if merged:
        quads.extend(data for _, data in parts)
    try:
        engine.bulk_load(b"".join(quads), format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise ServiceError(f"not N-Triples: {error}") from error
    return True
