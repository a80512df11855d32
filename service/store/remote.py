"""A store behind any SPARQL 1.1 HTTP endpoint, spoken to with SPARQLWrapper."""

import secrets
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from ontology.namespaces import Minter
from service.errors import (
    DefaultGraphWriteError,
    QueryTimeoutError,
    RemoteAccessError,
    ServiceError,
)
from service.sparql.tokenizer import query_form, remote_keywords, tokenize
from service.store.answers import GRAPH_DEFAULT, RESULTS_DEFAULT, choose_media_type, write_answer
from service.store.derivation import Inferences, Marks, with_inferences
from service.store.exporting import export_graphs
from service.store.live import MERGE, REFUSAL
from service.store.protocol import QueryAnswer, QueryRequest, StoreStats
from service.store.sparql_client import Endpoint, SparqlClient
from service.store.triples import parse_triples, skolemise, to_lines
from service.store.update_targets import find_targets

_CHUNK = 1 << 16
_BATCH = 20_000
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def _block(graph: str, lines: list[str]) -> str:
    body = "\n".join(lines)
    return f"{{\nGRAPH {ox.NamedNode(graph)} {{\n{body}\n}}\n}}" if graph else f"{{\n{body}\n}}"


def leave_merge(graphs: Collection[str]) -> str:
    """Write the update that takes out of the default graph what only these graphs hold."""
    names = sorted(str(ox.NamedNode(graph)) for graph in graphs)
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES ?old {{ {' '.join(names)} }} "
        "GRAPH ?old { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } "
        f"FILTER (?g NOT IN ({', '.join(names)})) }} }}"
    )


class RemoteStore:
    """Read and write triples on a SPARQL server.

    Each write is one update request. Answers are checked to be whole before they are given out:
    servers end a query that takes too long in the middle of a successful response.
    """

    def __init__(
        self, endpoint: Endpoint, *, merged: bool = True, base: str = "", timeout_s: float = 30.0
    ) -> None:
        self._client = SparqlClient(endpoint)
        self._merged = merged
        self._minter = Minter(base) if base else Minter()
        self._timeout_s = timeout_s
        self._inferences = Inferences(
            self._minter,
            triples=lambda iri: parse_triples(b"".join(self.get_graph(iri))),
            graphs=self.graph_iris,
        )
        self._key = secrets.token_hex(4)
        self._writes = 0

    def generation(self) -> str:
        """Name the state by what was written through this object; other writers go unseen."""
        return f"{self._key}-{self._writes:08d}"

    def close(self) -> None:
        """Hold nothing, so free nothing."""

    def query(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query; asked for in a form that shows whether it is whole, then converted."""
        self._refuse_remote(request.text)
        text = f"BASE <{request.base}>\n{request.text}" if request.base else request.text
        timeout_s = min(request.timeout_s or self._timeout_s, self._timeout_s)
        wrapper = self._client.prepare(text, update=False, timeout_s=timeout_s)
        for iri in request.default_graphs:
            wrapper.addDefaultGraph(iri)
        for iri in request.named_graphs:
            wrapper.addNamedGraph(iri)
        triples = query_form(request.text) in ("CONSTRUCT", "DESCRIBE")
        wrapper.addCustomHttpHeader("Accept", GRAPH_DEFAULT if triples else RESULTS_DEFAULT)
        body = self._client.send(wrapper, timeout_s)
        try:
            media_type, data = self._convert(body, request.media_type, triples=triples)
        except SyntaxError as error:
            raise QueryTimeoutError(
                f"the server broke its answer off, as it does when time is up: {error}"
            ) from error
        return QueryAnswer(media_type, self._chunks(data), self.generation())

    def _convert(
        self, body: IO[bytes], wanted: str | None, *, triples: bool
    ) -> tuple[str, IO[bytes]]:
        if triples:
            chosen = wanted or GRAPH_DEFAULT
            target = ox.RdfFormat.from_media_type(chosen)
            if target is None:
                raise ServiceError(f"CONSTRUCT and DESCRIBE queries have no answer in {chosen}")
            parsed = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            output = BytesIO()
            ox.serialize((quad.triple for quad in parsed), output, format=target)
        else:
            results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            chosen = choose_media_type(results, wanted)
            output = BytesIO()
            write_answer(results, chosen, output)
        output.seek(0)
        return chosen, output

    def _chunks(self, data: IO[bytes]) -> Iterator[bytes]:
        while chunk := data.read(_CHUNK):
            yield chunk

    def _rows(self, text: str) -> list[dict[str, Any]]:
        wrapper = self._client.prepare(text, update=False, timeout_s=self._timeout_s)
        wrapper.addCustomHttpHeader("Accept", RESULTS_DEFAULT)
        body = self._client.send(wrapper, self._timeout_s)
        results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(results, ox.QuerySolutions)
        names = [variable.value for variable in results.variables]
        return [{name: row[name] for name in names} for row in results]

    def _refuse_remote(self, text: str) -> None:
        remote = remote_keywords(text)
        if remote:
            raise RemoteAccessError(f"{' and '.join(remote)} would open a connection: refused")

    def _run(self, text: str) -> None:
        wrapper = self._client.prepare(text, update=True, timeout_s=self._timeout_s)
        self._client.send(wrapper, self._timeout_s)
        self._writes += 1

    def update(self, text: str, *, base: str = "") -> None:
        """Carry out an update and, in the same request, bring the merge up to date.

        Another request may follow for what was inferred from what it has changed.
        """
        self._refuse_remote(text)
        text = f"BASE <{base}>\n{text}" if base else text
        targets = find_targets(text)
        if self._merged:
            if targets.default:
                raise DefaultGraphWriteError(REFUSAL)
            last = [token.text for token in tokenize(text)][-1:]
            text = f"{text}\n{'' if last == [';'] else ';'}\n{MERGE}"
        marks = self._inferences.before(targets.graphs)
        self._run(text)
        self._conclude(marks)

    def _conclude(self, marks: Marks) -> None:
        replaced, added = self._inferences.after(marks)
        self._write(
            {iri: to_lines(triples or ()) for iri, triples in replaced.items()},
            {iri: to_lines(triples) for iri, triples in added.items()},
        )

    def get_graph(self, iri: str | None) -> Iterator[bytes]:
        """Give a graph as sorted N-Triples."""
        return (f"{line}\n".encode() for line in self._lines(iri))

    def _lines(self, iri: str | None) -> list[str]:
        pattern = "?s ?p ?o"
        if iri is not None:
            pattern = f"GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }}"
        request = QueryRequest(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
        return to_lines(parse_triples(b"".join(self.query(request).chunks)))

    def _parse(self, iri: str, data: bytes) -> list[str]:
        triples = parse_triples(data)
        return to_lines(skolemise(triples, iri, self._minter) if self._merged else triples)

    def _write(
        self, graphs: Mapping[str, list[str]], additions: Mapping[str, list[str]] | None = None
    ) -> None:
        """Set graphs and add to others, in one request."""
        additions = additions or {}
        if self._merged and ("" in graphs or "" in additions):
            raise DefaultGraphWriteError(REFUSAL)
        graphs = with_inferences(graphs, self._minter, is_gone=lambda lines: not lines, gone=[])
        steps = [leave_merge(graphs)] if self._merged and graphs else []
        steps += [
            f"DROP SILENT GRAPH {ox.NamedNode(iri)}" if iri else "DROP SILENT DEFAULT"
            for iri in graphs
        ]
        for iri, lines in [*graphs.items(), *additions.items()]:
            if lines:
                steps.append("INSERT DATA " + _block(iri, lines))
                if self._merged:
                    steps.append("INSERT DATA " + _block("", lines))
        if steps:
            self._run(" ;\n".join(steps))

    def put_graph(self, iri: str | None, triples: bytes) -> None:
        marks = self._inferences.before([iri or ""])
        self._write({iri or "": self._parse(iri or "", triples)})
        self._conclude(marks)

    def post_graph(self, iri: str | None, triples: bytes) -> None:
        marks = self._inferences.before([iri or ""])
        self._write({}, {iri or "": self._parse(iri or "", triples)})
        self._conclude(marks)

    def delete_graph(self, iri: str | None) -> None:
        self._write({iri or "": []})

    def replace_graphs(
        self, graphs: Mapping[str, bytes], *, additions: Mapping[str, bytes] | None = None
    ) -> None:
        self._write(
            {iri: self._parse(iri, data) for iri, data in graphs.items()},
            {iri: self._parse(iri, data) for iri, data in (additions or {}).items()},
        )

    def bulk_load(self, path: str) -> None:
        """Load a file of quads in batches; not one transaction."""
        rdf_format = ox.RdfFormat.from_extension(Path(path).suffix.lstrip("."))
        if rdf_format is None or not rdf_format.supports_datasets:
            raise ServiceError(f"{path}: expected a file of quads, ending in .nq or .trig")
        batch: dict[str, set[ox.Triple]] = {}
        size = 0
        for quad in ox.parse(path=path, format=rdf_format):
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            batch.setdefault(graph, set()).add(quad.triple)
            size += 1
            if size == _BATCH:
                self._add(batch)
                batch, size = {}, 0
        self._add(batch)

    def _add(self, batch: Mapping[str, set[ox.Triple]]) -> None:
        if self._merged:
            named = {
                iri: to_lines(skolemise(triples, iri, self._minter))
                for iri, triples in batch.items()
                if iri
            }
            self._write({}, named)
        else:
            self._write({}, {iri: to_lines(triples) for iri, triples in batch.items()})

    def graph_iris(self) -> tuple[str, ...]:
        return tuple(sorted(row["g"].value for row in self._rows(_GRAPHS)))

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """Write everything, sorted; see ``export_graphs``."""
        return export_graphs(
            self.graph_iris(),
            self._lines,
            media_type=media_type,
            merged=self._merged,
            leave_out=leave_out,
        )

    def snapshot(self) -> str:
        """Name the state; the server keeps no snapshots that we could read."""
        return self.generation()

    def stats(self) -> StoreStats:
        triples = int(self._rows(_COUNT)[0]["n"].value)
        return StoreStats(self.generation(), triples, len(self.graph_iris()))
