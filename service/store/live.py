"""The live store of the one writer: each write is one transaction, the merge kept true.

With the merge on, the store's own default graph holds each triple of the named graphs once. A
triple leaves it with the last named graph that holds it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from ontology.namespaces import Minter
from service.errors import (
    DefaultGraphWriteError,
    QuerySyntaxError,
    RemoteAccessError,
    ServiceError,
    StoreUnavailableError,
)
from service.sparql.federation import drop_relayed
from service.sparql.tokenizer import remote_keywords
from service.store.answers import explain_remote, explain_syntax
from service.store.copying import copy_between_writes
from service.store.derivation import Inferences, Marks, with_inferences
from service.store.folder import DataFolder, explain_disk_error
from service.store.fresh import open_engine, take_in_new_graphs
from service.store.operations import Operation
from service.store.triples import has_blank_node, in_graph, parse_triples, skolemise, to_block
from service.store.update_targets import find_targets

_DEFAULT = ox.DefaultGraph()
REFUSAL = (
    "the default graph is the merge of all named graphs and takes no writes of its own; "
    "name a graph with GRAPH or WITH (or start the service with --default-graph own)"
)
MERGE = """
DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
"""
_BLANK = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) } }"


class LiveStore:
    """Apply operations to the pyoxigraph store on disk; hold it in one process only."""

    def __init__(self, folder: DataFolder, *, merged: bool = True, base: str = "") -> None:
        """Open or make the store; repair the merge where a raw update was cut short."""
        self._folder = folder
        self._merged = merged
        self._minter = Minter(base) if base else Minter()
        self._pending = folder.path / "merge-pending"
        self._inferences = Inferences(
            self._minter,
            triples=self._triples,
            graphs=lambda: (graph.value for graph in self.engine.named_graphs()),
        )
        self.engine = open_engine(folder)
        if merged and self._pending.exists():
            self._rebuild()
            self._conclude(self._inferences.before(None))

    def close(self) -> None:
        """Let go of the engine, which then closes; tracebacks may still hold this object."""
        del self.engine

    def apply(self, operation: Operation) -> bool:
        """Carry out one write; False where nothing changed."""
        try:
            return self._apply(operation)
        except SyntaxError as error:
            raise QuerySyntaxError(f"the update does not parse: {explain_syntax(error)}") from error
        except ValueError as error:
            raise QuerySyntaxError(f"an IRI of the request is not valid: {error}") from error
        except RuntimeError as error:
            raise ServiceError(f"the update cannot be carried out: {error}") from error
        except OSError as error:
            if operation.relay:
                raise explain_remote(error) from error
            raise explain_disk_error(error, self._folder.path) from error

    def _apply(self, operation: Operation) -> bool:
        match operation.kind:
            case "update":
                return self._update(operation)
            case "bulk_load":
                return self._bulk_load(Path(operation.text))
            case "backup":
                copy_between_writes(self.engine, self._folder.path, Path(operation.text))
                return False
            case "snapshot" | "index":
                return True
            case "delete":
                return self._write(dict.fromkeys(operation.graphs, None), {})
            case "replace":
                if take_in_new_graphs(self.engine, operation, merged=self._merged):
                    return True
                graphs = self._parse(operation.graphs)
                return self._write(
                    {iri: triples or None for iri, triples in graphs.items()},
                    self._parse(operation.additions),
                )
            case "put":
                return self._write_by_hand(self._parse(operation.graphs), {})
            case "post":
                return self._write_by_hand({}, self._parse(operation.graphs))

    def _parse(self, graphs: Mapping[str, bytes]) -> dict[str, set[ox.Triple]]:
        parsed = {iri: parse_triples(data) for iri, data in graphs.items()}
        if self._merged:
            for iri, data in graphs.items():
                if b"_:" in data:
                    parsed[iri] = skolemise(parsed[iri], iri, self._minter)
        return parsed

    def _triples(self, iri: str) -> set[ox.Triple]:
        graph = ox.NamedNode(iri) if iri else _DEFAULT
        return {quad.triple for quad in self.engine.quads_for_pattern(None, None, None, graph)}

    def _lacking(self, iri: str, triples: set[ox.Triple]) -> set[ox.Triple]:
        """Return those triples that a graph does not hold yet."""
        graph = ox.NamedNode(iri) if iri else _DEFAULT
        return {
            t
            for t in triples
            if ox.Quad(t.subject, t.predicate, t.object, graph) not in self.engine
        }

    def _write(
        self,
        graphs: Mapping[str, set[ox.Triple] | None],
        additions: Mapping[str, set[ox.Triple]],
    ) -> bool:
        """Set graphs and add to others in one transaction; None removes a graph."""
        if self._merged and ("" in graphs or "" in additions):
            raise DefaultGraphWriteError(REFUSAL)
        graphs = with_inferences(
            graphs, self._minter, is_gone=lambda triples: not triples, gone=None
        )
        added = {iri: self._lacking(iri, triples) for iri, triples in additions.items()}
        steps = (
            self._merged_steps(graphs, added) if self._merged else self._own_steps(graphs, added)
        )
        if steps:
            self.engine.update(" ;\n".join(steps))
        return bool(steps)

    def _write_by_hand(
        self, graphs: Mapping[str, set[ox.Triple]], additions: Mapping[str, set[ox.Triple]]
    ) -> bool:
        marks = self._inferences.before([*graphs, *additions])
        changed = self._write(graphs, additions)
        self._conclude(marks)
        return changed

    def _own_steps(
        self,
        graphs: Mapping[str, set[ox.Triple] | None],
        added: Mapping[str, set[ox.Triple]],
    ) -> list[str]:
        steps = []
        for iri, triples in graphs.items():
            graph = f"GRAPH {ox.NamedNode(iri)}" if iri else "DEFAULT"
            steps.append(f"DROP SILENT {graph}")
            if triples is not None and iri:
                steps.append(f"CREATE SILENT {graph}")
        for iri, new in [*graphs.items(), *added.items()]:
            if new:
                steps.append(f"INSERT DATA {{\n{in_graph(iri, to_block(new))}\n}}")
        return steps

    def _merged_steps(
        self,
        graphs: Mapping[str, set[ox.Triple] | None],
        additions: Mapping[str, set[ox.Triple]],
    ) -> list[str]:
        removed: dict[str, set[ox.Triple]] = {}
        added = dict(additions)
        drops, creates = [], []
        for iri, wanted in graphs.items():
            old, new = self._triples(iri), wanted or set()
            removed[iri], added[iri] = old - new, new - old
            exists = self.engine.contains_named_graph(ox.NamedNode(iri))
            if wanted is None and exists:
                drops.append(f"DROP SILENT GRAPH <{iri}>")
            elif wanted is not None and not wanted and not exists:
                creates.append(f"CREATE SILENT GRAPH <{iri}>")
        leaving = set().union(*removed.values())
        if leaving:
            leaving = leaving.difference(*added.values())
            leaving = {triple for triple in leaving if not self._held_elsewhere(triple, removed)}
        deletes = [in_graph(iri, to_block(triples)) for iri, triples in removed.items() if triples]
        blocks = {iri: to_block(triples) for iri, triples in added.items() if triples}
        inserts = [in_graph(iri, body) + body for iri, body in blocks.items()]
        steps = []
        if deletes:
            steps.append(f"DELETE DATA {{\n{''.join(deletes)}{to_block(leaving)}}}")
        if inserts:
            steps.append(f"INSERT DATA {{\n{''.join(inserts)}}}")
        return steps + drops + creates

    def _held_elsewhere(
        self, triple: ox.Triple, removed: Mapping[str, set[ox.Triple]] | None = None
    ) -> bool:
        """Tell whether a named graph holds a triple, but for graphs that it is removed from."""
        for quad in self.engine.quads_for_pattern(
            triple.subject, triple.predicate, triple.object, None
        ):
            if isinstance(quad.graph_name, ox.DefaultGraph):
                continue
            if removed is None or triple not in removed.get(quad.graph_name.value, ()):
                return True
        return False

    def _update(self, operation: Operation) -> bool:
        text, base = operation.text, operation.base
        remote = remote_keywords(drop_relayed(text, operation.relay))
        if remote:
            raise RemoteAccessError(f"{' and '.join(remote)} would open a connection: refused")
        targets = find_targets(text, base=base)
        marks = self._inferences.before(targets.graphs)
        if not self._merged:
            self.engine.update(text, base_iri=base or None)
            self._conclude(marks)
            return True
        if targets.default:
            raise DefaultGraphWriteError(REFUSAL)
        old = None if targets.graphs is None else {g: self._triples(g) for g in targets.graphs}
        pending_before = self._pending.exists()
        self._pending.touch()
        try:
            self.engine.update(text, base_iri=base or None)
        except (SyntaxError, ValueError, RuntimeError, OSError):
            if not pending_before:
                self._pending.unlink()
            raise
        if old is None:
            self._rebuild()
        else:
            self._mend(old)
        self._conclude(marks)
        return True

    def _conclude(self, marks: Marks) -> None:
        """Bring what was inferred up to date with documents' graphs written by hand."""
        self._write(*self._inferences.after(marks))

    def backup(self, target: Path) -> None:
        """Write a snapshot; from then on the merge needs no mending.

        The engine puts its memory tables on disk for it, so no flush is needed before.
        """
        self.engine.backup(str(target))
        self._pending.unlink(missing_ok=True)

    def _mend(self, old: Mapping[str, set[ox.Triple]]) -> None:
        """Bring the default graph up to date with graphs that a raw update has written."""
        for iri, before in old.items():
            now = self._triples(iri)
            if any(has_blank_node(triple) for triple in now):
                now = self._name_blank_nodes(iri, now)
            self.engine.extend(
                ox.Quad(t.subject, t.predicate, t.object, _DEFAULT) for t in now - before
            )
            leaving = {triple for triple in before - now if not self._held_elsewhere(triple)}
            if leaving:
                self.engine.update(f"DELETE DATA {{\n{to_block(leaving)}}}")

    def _name_blank_nodes(self, iri: str, triples: set[ox.Triple]) -> set[ox.Triple]:
        graph = ox.NamedNode(iri)
        named = skolemise(triples, iri, self._minter)
        self.engine.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in named)
        for triple in triples - named:
            self.engine.remove(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
        return named

    def _rebuild(self) -> None:
        """Make the default graph anew from all named graphs."""
        solutions = cast("ox.QuerySolutions", self.engine.query(_BLANK))
        for iri in [solution["g"].value for solution in solutions]:
            self._name_blank_nodes(iri, self._triples(iri))
        self.engine.update(MERGE)

    def _bulk_load(self, path: Path) -> bool:
        """Load N-Quads or TriG fast; with the merge on only named graphs may be in the file."""
        rdf_format = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
        if rdf_format is None or not rdf_format.supports_datasets:
            raise ServiceError(f"{path}: expected a file of quads, ending in .nq or .trig")
        if not path.is_file():
            raise StoreUnavailableError(f"{path}: no such file")
        if not self._merged:
            self.engine.bulk_load(path=str(path), format=rdf_format)
            return True
        self._pending.touch()
        self.engine.bulk_load(path=str(path), format=rdf_format)
        self._rebuild()
        return True
