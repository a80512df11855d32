"""An application that writes, over a store in a temporary folder, with one token of each scope."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Settings
from service.sparql.access import WriteAccess
from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from service.store.tokens import TokenStore


@dataclass(frozen=True, slots=True)
class NoTexts:
    """Keep no texts."""

    def case_study(self, document: str, checksum: str | None = None) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Writable:
    """Hold a client and the tokens that it may send."""

    client: FlaskClient
    tokens: dict[str, str]
    store: TokenStore

    def send(
        self,
        method: str,
        path: str,
        data: str | bytes = "",
        content_type: str | None = None,
        *,
        scope: str | None = "admin",
        **headers: str,
    ) -> TestResponse:
        if scope is not None:
            headers["Authorization"] = f"Bearer {self.tokens[scope]}"
        return self.client.open(
            path, method=method, data=data, content_type=content_type, headers=headers
        )

    def update(self, text: str, **parameters: str | list[str]) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens['admin']}"}
        return self.client.post(
            "/update",
            data=text,
            content_type="application/sparql-update",
            query_string=parameters,
            headers=headers,
        )

    def ask(self, pattern: str) -> bool:
        response = self.client.post("/sparql", data={"query": f"ASK {{ {pattern} }}"})
        assert response.status_code == 200, response.text
        return b"true" in response.data

    def count(self) -> int:
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        response = self.client.post("/sparql", data={"query": query, "format": "csv"})
        return int(response.text.split()[1])


@pytest.fixture
def make_writable(tmp_path: Path) -> Iterator[Callable[..., Writable]]:
    """Return a maker of writable applications by their kind of default graph."""
    closing: list[Committer | SnapshotReader] = []

    def make(default_graph: str = "merged") -> Writable:
        folder = DataFolder(tmp_path / default_graph)
        merged = default_graph == "merged"
        committer = Committer(folder, merged=merged)
        reader = SnapshotReader(folder.snapshots, merged=merged)
        closing.extend((reader, committer))
        store = TokenStore(folder.tokens)
        tokens = {scope: store.add(scope, [scope]) for scope in ("ingest", "curate", "admin")}
        settings = Settings(data_dir=folder.path, default_graph=default_graph)
        access = WriteAccess(committer, store)
        app = create_app(settings, reader, NoTexts(), access=access)
        return Writable(app.test_client(), tokens, store)

    yield make
    for item in closing:
        item.close()


@pytest.fixture
def merged(make_writable: Callable[..., Writable]) -> Writable:
    """Return an application whose default graph is the merge of all graphs."""
    return make_writable("merged")


@pytest.fixture
def own(make_writable: Callable[..., Writable]) -> Writable:
    """Return an application whose default graph is the store's own."""
    return make_writable("own")
