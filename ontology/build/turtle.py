"""Hold triples as N-Triples terms and write them as N-Triples or as readable Turtle."""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import ECO, RDF, XSD

Triple = tuple[str, str, str]
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPE = f"<{RDF.type}>"
_INTEGER = re.compile(rf'"(-?\d+)"\^\^<{re.escape(str(XSD.integer))}>')
_DECIMAL = re.compile(rf'"(-?\d+\.\d+)"\^\^<{re.escape(str(XSD.decimal))}>')


def iri(value: str) -> str:
    """Write an IRI as an N-Triples term; raise ValueError where it is none."""
    return str(NamedNode(value))


def text(value: str, lang: str | None = None) -> str:
    return str(Literal(value, language=lang) if lang else Literal(value))


def typed(value: str, datatype: str) -> str:
    """Write a literal of an XSD datatype given by its local name."""
    return str(Literal(value, datatype=NamedNode(str(XSD[datatype]))))


class Triples:
    """Collect distinct triples; same facts, same bytes."""

    def __init__(self) -> None:
        self.triples: set[Triple] = set()

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Add a subject and predicate IRI with a term made by this module."""
        self.triples.add((iri(subject), iri(predicate), term))

    def add_type(self, subject: str, *classes: str) -> None:
        """State classes: of our own schema by local name, others by IRI."""
        for name in classes:
            self.add(subject, str(RDF.type), iri(name if ":" in name else str(ECO[name])))

    def to_ntriples(self) -> bytes:
        """Write sorted N-Triples."""
        return "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(self.triples)).encode()


class _Shortener:
    """Shorten the IRIs of terms by prefixes, longest namespace first; note those used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.namespaces = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: dict[str, str] = {}
        self.known: dict[str, str] = {}

    def term(self, term: str) -> str:
        short = self.known.get(term)
        if short is None:
            short = self.known[term] = self._shorten(term)
        return short

    def _shorten(self, term: str) -> str:
        if term.startswith("<"):
            return self._shorten_iri(term)
        if number := _INTEGER.fullmatch(term) or _DECIMAL.fullmatch(term):
            return number.group(1)
        value, mark, datatype = term.rpartition("^^")
        return f"{value}^^{self._shorten_iri(datatype)}" if mark and value else term

    def _shorten_iri(self, term: str) -> str:
        for prefix, namespace in self.namespaces:
            if term.startswith(namespace, 1):
                local = term[len(namespace) + 1 : -1]
                if _LOCAL.fullmatch(local):
                    self.used[prefix] = namespace
                    return f"{prefix}:{local}"
        return term


def write_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str], heading: str) -> bytes:
    """Write Turtle with subjects, predicates and objects sorted, types first.

    Heading lines become comments at the top.
    """
    shortener = _Shortener(prefixes)
    subjects: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, term in sorted(set(triples)):
        subjects.setdefault(subject, {}).setdefault(predicate, []).append(term)
    blocks = []
    for subject, predicates in subjects.items():
        parts = []
        for predicate in sorted(predicates, key=lambda p: (p != _TYPE, p)):
            verb = "a" if predicate == _TYPE else shortener.term(predicate)
            objects = ", ".join(shortener.term(term) for term in predicates[predicate])
            parts.append(f"    {verb} {objects}")
        blocks.append(f"{shortener.term(subject)}\n" + " ;\n".join(parts) + " .\n")
    lines = [f"# {line}\n" for line in heading.splitlines()]
    lines += [f"@prefix {p}: <{n}> .\n" for p, n in sorted(shortener.used.items())]
    return ("".join(lines) + "\n" + "\n".join(blocks)).encode()
