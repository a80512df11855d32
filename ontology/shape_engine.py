"""Run compiled SHACL shapes over the triples of one graph."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ontology.namespaces import RDF, SH, XSD
from ontology.shape_compiler import Facts, Shape, ShapeSet, lexical

_TYPE = f"<{RDF.type}>"
_IRI = f"<{SH.IRI}>"
_LITERAL = f"<{SH.Literal}>"
_STRING = f"<{XSD.string}>"
_LEXICAL = {
    f"<{XSD.decimal}>": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    f"<{XSD.integer}>": re.compile(r"[+-]?\d+"),
    f"<{XSD.boolean}>": re.compile(r"true|false|1|0"),
    f"<{XSD.dateTime}>": re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
}
_NUMERIC = tuple(f"^^<{XSD[name]}>" for name in ("decimal", "integer", "double", "float"))
_compile_pattern = lru_cache(maxsize=256)(re.compile)


@dataclass(frozen=True, slots=True)
class Finding:
    """Say which node breaks which shape, by which value."""

    node: str
    shape: Shape
    constraint: str
    """Local name of the SHACL component."""
    value: str = ""


class Engine:
    """Check facts against shapes, with the types of things that other graphs describe."""

    def __init__(
        self, shapes: ShapeSet, facts: Facts, context: Mapping[str, frozenset[str]]
    ) -> None:
        self.shapes = shapes
        self.facts = facts
        self.context = context
        self.superclasses = shapes.superclasses
        self.types: dict[str, frozenset[str]] = {}
        self.instances: dict[str, list[str]] = {}
        for subject, predicates in facts.items():
            if _TYPE in predicates:
                self.types[subject] = self._wider(predicates[_TYPE])
                for name in self.types[subject]:
                    self.instances.setdefault(name, []).append(subject)

    def _wider(self, names: list[str]) -> frozenset[str]:
        wider = self.superclasses
        return frozenset(names).union(*(wider[name] for name in names if name in wider))

    def run(self) -> Iterator[Finding]:
        """Yield every finding, each shape in turn."""
        for shape in self.shapes.shapes:
            for focus in self._targets(shape):
                yield from self._check(shape, focus)

    def _targets(self, shape: Shape) -> list[str]:
        found: dict[str, None] = {}
        for name in shape.target_classes:
            found.update(dict.fromkeys(self.instances.get(name, ())))
        for predicate in shape.target_subjects_of:
            found.update(
                (s, None) for s, predicates in self.facts.items() if predicate in predicates
            )
        return list(found)

    def _check(self, shape: Shape, focus: str) -> Iterator[Finding]:
        if shape.path:
            values = self.facts.get(focus, {}).get(shape.path, [])
            yield from self._check_counts(shape, focus, values)
        else:
            values = [focus]
        for value in values:
            if shape.classes or shape.datatype or shape.node_kind or shape.allowed is not None:
                yield from self._check_kind(shape, focus, value)
            if shape.pattern or shape.min_inclusive is not None or shape.max_inclusive is not None:
                yield from self._check_value(shape, focus, value)
            if shape.alternatives and not any(
                next(self._check(other, value), None) is None for other in shape.alternatives
            ):
                yield Finding(focus, shape, "Or", value)
            for other in shape.properties:
                yield from self._check(other, value)
            if shape.closed_to is not None:
                for predicate in self.facts.get(value, ()):
                    if predicate not in shape.closed_to:
                        yield Finding(focus, shape, "Closed", predicate)

    def _check_counts(self, shape: Shape, focus: str, values: list[str]) -> Iterator[Finding]:
        if shape.min_count is not None and len(values) < shape.min_count:
            yield Finding(focus, shape, "MinCount")
        if shape.max_count is not None and len(values) > shape.max_count:
            yield Finding(focus, shape, "MaxCount")
        if shape.has_value and shape.has_value not in values:
            yield Finding(focus, shape, "HasValue", shape.has_value)
        if shape.unique_lang:
            tags = Counter(tag for value in values if (tag := _language(value)))
            for tag, count in tags.items():
                if count > 1:
                    yield Finding(focus, shape, "UniqueLang", tag)
        if shape.less_than:
            for other in self.facts.get(focus, {}).get(shape.less_than, []):
                for value in values:
                    if not _is_less(value, other):
                        yield Finding(focus, shape, "LessThan", value)

    def _check_kind(self, shape: Shape, focus: str, value: str) -> Iterator[Finding]:
        for name in shape.classes:
            if name not in self.types.get(value, ()) and name not in self.context.get(value, ()):
                yield Finding(focus, shape, "Class", value)
        if shape.datatype and not _has_datatype(value, shape.datatype):
            yield Finding(focus, shape, "Datatype", value)
        if shape.node_kind == _IRI and not value.startswith("<"):
            yield Finding(focus, shape, "NodeKind", value)
        if shape.node_kind == _LITERAL and not value.startswith('"'):
            yield Finding(focus, shape, "NodeKind", value)
        if shape.allowed is not None and value not in shape.allowed:
            yield Finding(focus, shape, "In", value)

    def _check_value(self, shape: Shape, focus: str, value: str) -> Iterator[Finding]:
        text = lexical(value).strip("<>") if value.startswith("<") else lexical(value)
        if shape.pattern and not _compile_pattern(shape.pattern).search(text):
            yield Finding(focus, shape, "Pattern", value)
        number = _number(value)
        if shape.min_inclusive is not None and not (
            number is not None and number >= shape.min_inclusive
        ):
            yield Finding(focus, shape, "MinInclusive", value)
        if shape.max_inclusive is not None and not (
            number is not None and number <= shape.max_inclusive
        ):
            yield Finding(focus, shape, "MaxInclusive", value)


def _number(term: str) -> float | None:
    """Return the value of a literal of a numeric type; None for any other term."""
    if not term.endswith(_NUMERIC):
        return None
    try:
        return float(lexical(term))
    except ValueError:
        return None


def _is_less(value: str, other: str) -> bool:
    first, second = _number(value), _number(other)
    return first is not None and second is not None and first < second


def _language(term: str) -> str:
    return term.rpartition('"@')[2].lower() if '"@' in term and term[-1] != '"' else ""


def _has_datatype(term: str, datatype: str) -> bool:
    if not term.startswith('"'):
        return False
    tail = term[term.rindex('"') + 1 :]
    if not tail:
        return datatype == _STRING
    if tail[2:] != datatype:
        return False
    form = _LEXICAL.get(datatype)
    return form is None or form.fullmatch(lexical(term)) is not None
