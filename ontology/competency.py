"""Read the questions that the project answers: SPARQL with a title, a text and parameters."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from ontology.errors import OntologyError
from ontology.namespaces import DEFAULT_BASE, ECO

ParameterKind = Literal["iri", "string", "number", "datetime"]
_KINDS = get_args(ParameterKind)
_EARTH_KM = 6371.0088
_FORMS: dict[str, re.Pattern[str]] = {
    "iri": re.compile(r"<[^\x00-\x20<>\"{}|\\^`]*>|[A-Za-z][\w-]*:[\w.-]*\w"),
    "string": re.compile(r'"(?:[^"\\\n\r]|\\["\\nrt])*"(?:@[A-Za-z-]+)?'),
    "number": re.compile(r'\d+(?:\.\d+)?|"[+-]?\d+(?:\.\d+)?"\^\^xsd:decimal'),
    "datetime": re.compile(r'"[0-9T:.Z+-]+"\^\^xsd:dateTime'),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describe one value that may be changed; ``default`` is a SPARQL term."""

    name: str
    kind: ParameterKind
    label: str
    default: str


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question with its query, which answers the default values as it stands."""

    key: str
    title: str
    description: str
    view: str
    """How the answer is best shown: table, map or matrix."""
    parameters: tuple[Parameter, ...]
    text: str

    def render(self, base: str = DEFAULT_BASE, values: Mapping[str, str] | None = None) -> str:
        """Return the query for a deployment's base, with some parameters as SPARQL terms.

        Raise OntologyError where a parameter is unknown or its term is not of its kind.
        """
        text = self.text
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, term in (values or {}).items():
            if name not in known:
                raise OntologyError(f"question {self.key} has no parameter {name!r}")
            if not _FORMS[known[name].kind].fullmatch(term):
                raise OntologyError(f"parameter {name}: {term!r} is no {known[name].kind}")
            block = f"VALUES ?{name} {{ {known[name].default} }}"
            text = text.replace(block, f"VALUES ?{name} {{ {term} }}")
        if base == DEFAULT_BASE:
            return text
        ours = str(ECO)
        return text.replace(ours, "\0").replace(DEFAULT_BASE, base).replace("\0", ours)


def near_point(lat: float, lon: float, km: float) -> dict[str, str]:
    """Return the parameters of a search within a distance of a point in decimal degrees.

    Numbers are typed literals, for rdflib cannot parse a bare negative number.
    """
    phi, theta = math.radians(lat), math.radians(lon)
    chord = 2 * math.sin(min(km / (2 * _EARTH_KM), math.pi / 2))
    values = {
        "px": math.cos(phi) * math.cos(theta),
        "py": math.cos(phi) * math.sin(theta),
        "pz": math.sin(phi),
        "limit": chord * chord,
    }
    return {name: f'"{value:.6f}"^^xsd:decimal' for name, value in values.items()}


@cache
def load_questions() -> tuple[Question, ...]:
    """Read the packaged questions in the order of their file names."""
    folder = files("ontology") / "queries"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    return tuple(
        read_question(name.removesuffix(".rq"), (folder / name).read_text(encoding="utf-8"))
        for name in names
    )


def read_question(key: str, text: str) -> Question:
    """Read one query with the comments at its head; raise OntologyError where they are broken."""
    fields: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        name, colon, value = line[1:].partition(":")
        name, value = name.strip(), value.strip()
        if not colon or name not in ("title", "description", "parameter", "view"):
            raise OntologyError(f"question {key}: {line!r} is no title, description, parameter")
        if name == "parameter":
            parameters.append(_read_parameter(key, value, text))
        else:
            fields[name] = value
    for name in ("title", "description"):
        if not fields.get(name):
            raise OntologyError(f"question {key} has no {name}")
    view = fields.get("view", "table")
    return Question(key, fields["title"], fields["description"], view, tuple(parameters), text)


def _read_parameter(key: str, value: str, text: str) -> Parameter:
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != 3 or parts[1] not in _KINDS:
        raise OntologyError(f"question {key}: {value!r} is not 'name | kind | label'")
    name, kind, label = parts
    block = re.search(rf"VALUES \?{re.escape(name)} \{{ (.*?) \}}", text)
    if block is None:
        raise OntologyError(f"question {key}: no 'VALUES ?{name} {{ … }}' gives a default")
    kinds: dict[str, ParameterKind] = {known: known for known in _KINDS}
    return Parameter(name, kinds[kind], label, block.group(1))
