"""A new release of a vocabulary: a target is split, and what was said of it still answers."""

import csv
import io
import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from ontology import vocabulary
from ontology.build.checks import check_vocabulary
from ontology.build.graphs import vocabulary_graphs
from ontology.competency import load_questions
from ontology.namespaces import DCTERMS, ECO, OWL, RDFS, Minter
from ontology.quality import find_violations, make_store
from ontology.vocabulary import LANGUAGES, load_vocabulary, scheme_table
from service.bench import running_service
from service.store.embedded import open_embedded
from service.store.folder import DataFolder

MINTER = Minter()
OLD, PARTS = "10", ("10a", "10b")
QUESTIONS = {question.key[:2]: question for question in load_questions()}
STATEMENT = f"""
<{MINTER.solution("farm")}> <{ECO.contributesToTarget}> <{MINTER.kmgbf(OLD)}> ;
  <{RDFS.label}> "A farm for bees" .
<{MINTER.assertion("farm", "1")}> <{ECO.assertedSubject}> <{MINTER.solution("farm")}> ;
  <{ECO.assertedPredicate}> <{ECO.contributesToTarget}> ;
  <{ECO.assertedObject}> <{MINTER.kmgbf(OLD)}> ;
  <{ECO.basis}> <{ECO.stated}> ; <{ECO.confidence}> 0.9 ;
  <{ECO.assertedIn}> <{MINTER.case_study("farm")}> .
<{MINTER.case_study("farm")}> <{ECO.displayRight}> "none" .
"""


def write_release(target: Path, *, keep_old: bool) -> Path:
    """Write the framework's table anew, with one target split in two."""
    source = files("ontology") / "vocabularies" / "kmgbf.csv"
    text = source.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    released = []
    for row in rows:
        if row["code"] != OLD:
            released.append(row)
            continue
        if keep_old:
            released.append(row | {"status": "deprecated", "replaced_by": "|".join(PARTS)})
        released += [
            row
            | {"code": code, "notation": code, "identifier": ""}
            | {f"label_{lang}": f"Part {code}" for lang in LANGUAGES}
            for code in PARTS
        ]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(released)
    return target


def clear_caches() -> None:
    for cached in (load_vocabulary, scheme_table, vocabulary_graphs):
        cached.cache_clear()


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pyoxigraph.Store]:
    """Return the vocabularies of the new release, with a statement made before it."""
    for table in (files("ontology") / "vocabularies").iterdir():
        if table.name.endswith(".csv"):
            (tmp_path / table.name).write_bytes(table.read_bytes())
    write_release(tmp_path / "kmgbf.csv", keep_old=True)
    monkeypatch.setattr(vocabulary, "vocabulary_folder", lambda: tmp_path)
    clear_caches()
    store = make_store(vocabulary_graphs(MINTER).values())
    store.load(STATEMENT.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    yield store
    monkeypatch.undo()
    clear_caches()


def ask(store: pyoxigraph.Store, number: str, **values: str) -> list[dict[str, str]]:
    solutions = store.query(QUESTIONS[number].render(values=values))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{n: row[n].value for n in names if row[n] is not None} for row in solutions]


def test_release_that_splits_a_target_is_accepted(tmp_path: Path) -> None:
    assert check_vocabulary(write_release(tmp_path / "kmgbf.csv", keep_old=True)) == ()


def test_release_that_drops_a_target_is_refused(tmp_path: Path) -> None:
    problems = check_vocabulary(write_release(tmp_path / "kmgbf.csv", keep_old=False))
    assert str(problems[0]) == (
        "line 1, column code: '10' is gone; keep its row, with status deprecated and replaced_by"
    )


def test_release_deprecates_the_old_concept_and_names_its_successors(
    released: pyoxigraph.Store,
) -> None:
    old = pyoxigraph.NamedNode(MINTER.kmgbf(OLD))
    described = {
        (q.predicate.value, q.object.value) for q in released.quads_for_pattern(old, None, None)
    }
    successors = {(str(DCTERMS.isReplacedBy), MINTER.kmgbf(code)) for code in PARTS}
    assert successors | {(str(OWL.deprecated), "true")} <= described
    assert any(predicate == str(RDFS.label) for predicate, _ in described)


def test_release_breaks_no_check(released: pyoxigraph.Store) -> None:
    assert [v for v in find_violations(released) if "/kmgbf/" in v.node] == []


def test_release_keeps_answers_about_the_old_concept(released: pyoxigraph.Store) -> None:
    rows = ask(released, "01", target=f"<{MINTER.kmgbf(OLD)}>")
    assert [row["title"] for row in rows] == ["A farm for bees"]


def test_release_counts_no_gap_for_a_deprecated_target(released: pyoxigraph.Store) -> None:
    numbers = [row["number"] for row in ask(released, "06")]
    assert OLD not in numbers
    assert set(PARTS) <= set(numbers)


def fetch(address: str, accept: str) -> tuple[str, str]:
    """Follow redirects as a browser does; return the last address and what it answers."""
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.url, response.read().decode()


@pytest.mark.slow
def test_release_keeps_the_old_concept_answering_over_http(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = tmp_path / "data"
    store = open_embedded(DataFolder(data))
    turtle = pyoxigraph.parse(STATEMENT, format=pyoxigraph.RdfFormat.TURTLE)
    statement = pyoxigraph.serialize(turtle, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert statement is not None
    framework = MINTER.vocabulary_graph("kmgbf")
    store.replace_graphs({**vocabulary_graphs(MINTER), MINTER.document_graph("farm"): statement})
    request.getfixturevalue("released")
    store.replace_graphs({framework: vocabulary_graphs(MINTER)[framework]})
    store.close()
    with running_service(data) as (address, _):
        landed, page = fetch(f"{address}/kmgbf/{OLD}", "text/html")
        assert landed == f"{address}/kmgbf/{OLD}.html"
        assert f"Target {OLD}: " in page
        _, turtle_text = fetch(f"{address}/kmgbf/{OLD}", "text/turtle")
        described = rdflib.Graph().parse(data=turtle_text, format="turtle")
        old = rdflib.URIRef(MINTER.kmgbf(OLD))
        successors = {str(o) for o in described.objects(old, DCTERMS.isReplacedBy)}
        assert successors == {MINTER.kmgbf(code) for code in PARTS}
        for code in PARTS:
            assert f"Part {code}" in fetch(f"{address}/kmgbf/{code}", "text/html")[1]
        question = QUESTIONS["01"].render(values={"target": f"<{MINTER.kmgbf(OLD)}>"})
        query = urllib.parse.urlencode({"query": question})
        _, answer = fetch(f"{address}/sparql?{query}", "application/sparql-results+json")
        rows = json.loads(answer)["results"]["bindings"]
        assert [row["title"]["value"] for row in rows] == ["A farm for bees"]
