"""Read from one graph what the text index holds of it: names of things, words of solutions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import cast

import pyoxigraph as ox

from ontology.gazetteer.folding import fold
from ontology.namespaces import DWC, ECO, OA, RDFS, SKOS
from service.index.kinds import KINDS, Role, facet_words

_ROLES: tuple[tuple[str, Role], ...] = (
    (str(RDFS.label), "label"),
    (str(SKOS.prefLabel), "label"),
    (str(SKOS.altLabel), "name"),
    (str(DWC.vernacularName), "name"),
    (str(DWC.scientificName), "name"),
    (str(SKOS.notation), "code"),
)
_QUOTES = f"""
SELECT DISTINCT ?source ?exact WHERE {{
  ?quote <{OA.exact}> ?exact . ?target <{OA.hasSelector}> ?quote ; <{OA.hasSource}> ?source
}}
"""
_DESCRIBES, _ASSERTED_IN, _SUBJECT = (
    ox.NamedNode(str(ECO[n])) for n in ("describes", "assertedIn", "assertedSubject")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one text by which a thing can be found."""

    iri: str
    kind: str
    role: Role
    """``label``, other ``name``, ``code``, or running ``text`` of a solution."""
    language: str
    text: str

    @property
    def digest(self) -> bytes:
        """Tell entries apart in 16 bytes."""
        parts = (self.iri, self.role, self.language, self.text)
        return blake2b("\n".join(parts).encode(), digest_size=16).digest()

    @property
    def key(self) -> str | None:
        """Return the folded name; running text has none."""
        return None if self.role == "text" else fold(self.text)

    @property
    def facet(self) -> str:
        """Return words that choose by kind, language and role in the index."""
        return facet_words(self.kind, self.language, self.role)


def kind_of(iri: str, base: str) -> str | None:
    """Return the kind of thing that an IRI names; None where it cannot be found by text."""
    if not iri.startswith(base):
        return None
    kind, _, key = iri[len(base) :].partition("/")
    return kind if key and kind in KINDS else None


def _values(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
    """Give subject and value; blank nodes and triple terms are passed over."""
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            yield quad.subject.value, quad.object.value


def read_entries(store: ox.Store, graph: str, base: str) -> set[Entry]:
    """Return the entries of a named graph; the empty string is the default graph."""
    where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    found = set()
    for predicate, role in _ROLES:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, where):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                iri, label = quad.subject.value, quad.object
                kind = kind_of(iri, base)
                if kind is not None and label.value.strip():
                    found.add(Entry(iri, kind, role, label.language or "", label.value))
    titles = [e for e in found if e.kind == "solution" and e.role == "label"]
    return found | _texts(store, where, base, titles)


def _texts(
    store: ox.Store,
    where: ox.NamedNode | ox.DefaultGraph,
    base: str,
    titles: Iterable[Entry],
) -> set[Entry]:
    """Gather what a graph quotes of each text under its solution, titles with it."""

    def pairs(predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
        return _values(store.quads_for_pattern(None, predicate, None, where))

    rows = cast("ox.QuerySolutions", store.query(_QUOTES, default_graph=where))
    quotes = [(row["source"].value, row["exact"].value) for row in rows]
    if not quotes:
        return set()
    subjects = dict(pairs(_SUBJECT))
    solutions = dict(
        chain(
            (
                (case_study, subjects[assertion])
                for assertion, case_study in pairs(_ASSERTED_IN)
                if kind_of(subjects.get(assertion, ""), base) == "solution"
            ),
            pairs(_DESCRIBES),
        )
    )
    gathered: dict[str, list[str]] = {}
    for source, exact in quotes:
        solution = solutions.get(source)
        if solution is not None and kind_of(solution, base) == "solution":
            gathered.setdefault(solution, []).append(exact)
    for title in titles:
        if title.iri in gathered:
            gathered[title.iri].append(title.text)
    return {
        Entry(solution, "solution", "text", "", _join(parts))
        for solution, parts in gathered.items()
    }


def _join(parts: list[str]) -> str:
    """Join quotes, each once, without those that stand in a longer one."""
    whole = ""
    for part in sorted(set(parts), key=lambda part: (-len(part), part)):
        if part not in whole:
            whole += f"{part}\n"
    return whole
