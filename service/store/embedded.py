"""The embedded store: writes go to the one writer of a data folder, reads to its snapshots."""

from collections.abc import Collection, Iterator, Mapping

from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.operations import Operation, Writer
from service.store.protocol import QueryAnswer, QueryRequest, StoreStats
from service.store.reading import SnapshotReader


class EmbeddedStore:
    """Read and write the pyoxigraph store of a data folder."""

    def __init__(self, folder: DataFolder, writer: Writer, *, merged: bool = True) -> None:
        self.writer = writer
        self._reader = SnapshotReader(folder.snapshots, merged=merged)

    def query(self, request: QueryRequest) -> QueryAnswer:
        return self._reader.query(request)

    def generation(self) -> str:
        return self._reader.generation()

    def get_graph(self, iri: str | None) -> Iterator[bytes]:
        return self._reader.get_graph(iri)

    def graph_iris(self) -> tuple[str, ...]:
        return self._reader.graph_iris()

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        return self._reader.export(media_type=media_type, leave_out=leave_out)

    def stats(self) -> StoreStats:
        return self._reader.stats()

    def update(self, text: str, *, base: str = "") -> None:
        self.writer.write(Operation("update", text, base=base))

    def put_graph(self, iri: str | None, triples: bytes) -> None:
        self.writer.write(Operation("put", graphs={iri or "": triples}))

    def post_graph(self, iri: str | None, triples: bytes) -> None:
        self.writer.write(Operation("post", graphs={iri or "": triples}))

    def delete_graph(self, iri: str | None) -> None:
        self.writer.write(Operation("delete", graphs={iri or "": b""}))

    def replace_graphs(
        self, graphs: Mapping[str, bytes], *, additions: Mapping[str, bytes] | None = None
    ) -> None:
        self.writer.write(Operation("replace", graphs=graphs, additions=additions or {}))

    def bulk_load(self, path: str) -> None:
        self.writer.write(Operation("bulk_load", path))

    def snapshot(self) -> str:
        return self.writer.write(Operation("snapshot"))

    def rebuild_index(self) -> str:
        """Make the text index anew and name the generation that it is true of."""
        return self.writer.write(Operation("index"))

    def close(self) -> None:
        self._reader.close()
        self.writer.close()


def open_embedded(folder: DataFolder, *, merged: bool = True, base: str = "") -> EmbeddedStore:
    """Open a data folder in this process; the caller must own it (see ``owner``)."""
    return EmbeddedStore(folder, Committer(folder, merged=merged, base=base), merged=merged)
