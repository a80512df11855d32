"""Read SHACL shapes into records that an engine can run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pyoxigraph

from ontology.errors import OntologyError
from ontology.namespaces import RDF, RDFS, SH

Facts = dict[str, dict[str, list[str]]]
"""Objects by subject and predicate, all as N-Triples terms."""

_KNOWN = frozenset(
    {
        "targetClass",
        "targetSubjectsOf",
        "property",
        "path",
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minInclusive",
        "maxInclusive",
        "pattern",
        "in",
        "hasValue",
        "lessThan",
        "uniqueLang",
        "or",
        "closed",
        "ignoredProperties",
        "message",
        "description",
    }
)
"""The part of SHACL Core that the shapes may use."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold one node shape, or one property shape where ``path`` is set."""

    name: str
    path: str = ""
    target_classes: tuple[str, ...] = ()
    target_subjects_of: tuple[str, ...] = ()
    properties: tuple["Shape", ...] = ()
    classes: tuple[str, ...] = ()
    datatype: str = ""
    node_kind: str = ""
    min_count: int | None = None
    max_count: int | None = None
    min_inclusive: float | None = None
    max_inclusive: float | None = None
    pattern: str = ""
    allowed: frozenset[str] | None = None
    has_value: str = ""
    less_than: str = ""
    unique_lang: bool = False
    alternatives: tuple["Shape", ...] = ()
    """One of them must hold for each value."""
    closed_to: frozenset[str] | None = None
    """The only properties allowed, where the shape is closed."""
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ShapeSet:
    """Hold all shapes with targets, and the subclasses that targets take in."""

    shapes: tuple[Shape, ...]
    superclasses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every class with itself and all wider classes."""


def read_facts(*sources: bytes) -> Facts:
    """Parse Turtle into a table of its triples."""
    facts: Facts = {}
    for source in sources:
        for triple in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
            predicates = facts.setdefault(str(triple.subject), {})
            predicates.setdefault(str(triple.predicate), []).append(str(triple.object))
    return facts


def shape_sources() -> dict[str, bytes]:
    """Return the packaged shape files by name."""
    folder = files("ontology") / "shapes"
    found = {f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(".ttl")}
    return dict(sorted(found.items()))


@cache
def load_shapes() -> ShapeSet:
    """Compile the packaged shapes with the class tree of the schema."""
    schema = files("ontology") / "schema.ttl"
    return compile_shapes(shape_sources().values(), schema.read_bytes())


def compile_shapes(sources: Iterable[bytes], schema: bytes) -> ShapeSet:
    """Compile shapes; raise OntologyError where one uses SHACL that the engine does not know."""
    compiler = _Compiler(read_facts(*sources))
    facts = compiler.facts
    targets = [
        subject
        for subject in sorted(facts)
        if _sh("targetClass") in facts[subject] or _sh("targetSubjectsOf") in facts[subject]
    ]
    shapes = tuple(compiler.shape(subject) for subject in targets)
    return ShapeSet(shapes, _class_tree(read_facts(schema)))


def _class_tree(facts: Facts) -> dict[str, frozenset[str]]:
    above = {
        subject: [o for o in predicates.get(f"<{RDFS.subClassOf}>", []) if o.startswith("<")]
        for subject, predicates in facts.items()
        if f"<{RDFS.subClassOf}>" in predicates
    }

    def wider(name: str) -> set[str]:
        return {name}.union(*(wider(other) for other in above.get(name, [])))

    return {name: frozenset(wider(name)) for name in above}


def _sh(name: str) -> str:
    return f"<{SH[name]}>"


class _Compiler:
    """Turn the triples of shapes into records, each shape once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.done: dict[str, Shape] = {}

    def shape(self, subject: str) -> Shape:
        if subject not in self.done:
            self.done[subject] = self._compile(subject)
        return self.done[subject]

    def _compile(self, subject: str) -> Shape:
        facts = self.facts.get(subject)
        if facts is None:
            raise OntologyError(f"shape {subject} is used but not described")
        self._refuse_unknown(subject, facts)

        def many(name: str) -> tuple[str, ...]:
            return tuple(sorted(facts.get(_sh(name), [])))

        def one(name: str) -> str:
            return (facts.get(_sh(name)) or [""])[0]

        def number(name: str) -> float | None:
            value = one(name)
            return float(lexical(value)) if value else None

        properties = tuple(self.shape(name) for name in many("property"))
        closed = None
        if lexical(one("closed")) == "true":
            ignored = self._list(one("ignoredProperties"))
            closed = frozenset(p.path for p in properties) | frozenset(ignored)
        minimum, maximum = number("minCount"), number("maxCount")
        return Shape(
            name=subject.strip("<>"),
            path=one("path"),
            target_classes=many("targetClass"),
            target_subjects_of=many("targetSubjectsOf"),
            properties=properties,
            classes=many("class"),
            datatype=one("datatype"),
            node_kind=one("nodeKind"),
            min_count=None if minimum is None else int(minimum),
            max_count=None if maximum is None else int(maximum),
            min_inclusive=number("minInclusive"),
            max_inclusive=number("maxInclusive"),
            pattern=lexical(one("pattern")),
            allowed=frozenset(self._list(one("in"))) if one("in") else None,
            has_value=one("hasValue"),
            less_than=one("lessThan"),
            unique_lang=lexical(one("uniqueLang")) == "true",
            alternatives=tuple(self.shape(name) for name in self._list(one("or"))),
            closed_to=closed,
            message=lexical(one("message")),
            remedy=lexical(one("description")),
        )

    def _refuse_unknown(self, subject: str, facts: Mapping[str, list[str]]) -> None:
        for predicate in facts:
            name = predicate.strip("<>").removeprefix(str(SH))
            if predicate != f"<{RDF.type}>" and name not in _KNOWN:
                raise OntologyError(
                    f"shape {subject} uses {predicate}, which the gate does not know; "
                    "add it to ontology/shape_engine.py first"
                )

    def _list(self, head: str) -> list[str]:
        items = []
        while head and head != f"<{RDF.nil}>":
            items += self.facts[head][f"<{RDF.first}>"]
            head = self.facts[head][f"<{RDF.rest}>"][0]
        return items


def lexical(term: str) -> str:
    """Return the value of a literal written as an N-Triples term."""
    if not term.startswith('"'):
        return term
    body = term[1 : term.rindex('"')]
    return unescape(body) if "\\" in body else body


_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}


def unescape(body: str) -> str:
    """Undo the escapes that N-Triples writes."""
    parts = body.split("\\")
    out, position = [parts[0]], 1
    while position < len(parts):
        part = parts[position]
        if not part:
            out.append("\\" + (parts[position + 1] if position + 1 < len(parts) else ""))
            position += 2
            continue
        if part[0] in "uU":
            width = 4 if part[0] == "u" else 8
            out.append(chr(int(part[1 : 1 + width], 16)) + part[1 + width :])
        else:
            out.append(_ESCAPES.get(part[0], part[0]) + part[1:])
        position += 1
    return "".join(out)
