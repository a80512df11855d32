"""Every IRI that the shipped graph mints answers, in HTML and in four forms of the same triples."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.namespaces import DEFAULT_BASE, ECO
from service.app import create_app
from service.config import Settings
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from service.store.texts import TextStore

pytestmark = pytest.mark.slow

_FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def reader(shipped_data: Path) -> Iterator[SnapshotReader]:
    reader = SnapshotReader(DataFolder(shipped_data).snapshots)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def shipped_client(reader: SnapshotReader, shipped_data: Path) -> FlaskClient:
    texts = TextStore(DataFolder(shipped_data).texts)
    return create_app(Settings(data_dir=shipped_data), reader, texts).test_client()


def _minted(reader: SnapshotReader) -> list[str]:
    """List the paths of all IRIs under the base; those of terms and parts lead to a document."""
    found = set()
    exported = b"".join(reader.export(media_type="application/n-quads"))
    for quad in ox.parse(exported, format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(DEFAULT_BASE):
                found.add(term.value.removeprefix(DEFAULT_BASE).partition("#")[0])
    return sorted(found)


def _follow(client: FlaskClient, path: str, accept: str) -> tuple[int, str, bytes]:
    response = client.get(path, headers={"Accept": accept}, follow_redirects=True)
    return response.status_code, response.content_type.partition(";")[0], response.data


def _triples(body: bytes, form: ox.RdfFormat) -> frozenset[str]:
    """Return triples as lines; blank nodes, which each form names anew, get names that agree."""
    triples = ox.Dataset(ox.parse(body, format=form))
    lines = frozenset(map(str, triples))
    if not any("_:" in line for line in lines):
        return lines
    triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, triples))


def test_every_iri_answers(shipped_client: FlaskClient, reader: SnapshotReader) -> None:
    wrong = []
    paths = _minted(reader)
    assert len(paths) > 4000
    for path in paths:
        status, kind, _ = _follow(shipped_client, f"/{path}", "text/html")
        if (status, kind) != (200, "text/html"):
            wrong.append((path, "text/html", status, kind))
        answers = set()
        for form in _FORMATS.values():
            media_type = form.media_type.partition(";")[0]
            status, kind, body = _follow(shipped_client, f"/{path}", media_type)
            if (status, kind) != (200, media_type):
                wrong.append((path, media_type, status, kind))
                continue
            answers.add(_triples(body, form))
        if len(answers) != 1 or not next(iter(answers)):
            wrong.append((path, "not the same triples in all forms", len(answers), ""))
    assert wrong == []


def test_every_term_stands_in_the_ontology(
    shipped_client: FlaskClient, reader: SnapshotReader
) -> None:
    exported = b"".join(reader.export(media_type="application/n-quads"))
    terms = {
        term.value.removeprefix(str(ECO))
        for quad in ox.parse(exported, format=ox.RdfFormat.N_QUADS)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(ECO))
    }
    page = shipped_client.get("/ontology", headers={"Accept": "text/html"}).text
    assert sorted(t for t in terms if t and f'id="{t}"' not in page) == []
