"""Quality checks: queries of which every row is a violation."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph

from ontology.errors import OntologyError
from ontology.validation import Violation


@dataclass(frozen=True, slots=True)
class Check:
    """Hold one check: its query selects ``?node`` and ``?value``."""

    name: str
    title: str
    remedy: str
    text: str


@cache
def load_checks() -> tuple[Check, ...]:
    """Read the packaged checks in the order of their names."""
    folder = files("ontology") / "violations"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    return tuple(_read_check(name, (folder / name).read_text(encoding="utf-8")) for name in names)


def _read_check(file_name: str, text: str) -> Check:
    fields = {}
    for line in text.splitlines():
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            fields[name] = value
    if not fields.get("title") or not fields.get("remedy"):
        raise OntologyError(f"{file_name}: the head must give '# title: …' and '# remedy: …'")
    return Check(file_name.removesuffix(".rq"), fields["title"], fields["remedy"], text)


def make_store(graphs: Iterable[bytes]) -> pyoxigraph.Store:
    """Merge N-Triples into the default graph of a store in memory."""
    store = pyoxigraph.Store()
    for data in graphs:
        store.load(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def find_violations(store: pyoxigraph.Store, checks: Iterable[Check] = ()) -> tuple[Violation, ...]:
    """Run checks, all of them where none is named, over a store and return the sorted rows."""
    found = set()
    for check in tuple(checks) or load_checks():
        solutions = store.query(check.text)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise OntologyError(f"check {check.name} is no SELECT query")
        for solution in solutions:
            node, value = solution["node"], solution["value"]
            found.add(
                Violation(
                    node=_plain(node),
                    rule=check.name,
                    constraint="quality check",
                    value=_plain(value),
                    message=check.title,
                    remedy=check.remedy,
                )
            )
    return tuple(sorted(found))


def _plain(term: object) -> str:
    if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode):
        return term.value
    return ""
