"""Collect triples as N-Triples lines."""

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import ECO, RDF, RDFS, XSD

_TYPE = f"<{RDF.type}>"
_LABEL = f"<{RDFS.label}>"
_DECIMAL = NamedNode(str(XSD.decimal))
_INTEGER = NamedNode(str(XSD.integer))
_BOOLEAN = NamedNode(str(XSD.boolean))


def iri(value: str) -> str:
    """Write an IRI as an N-Triples term; raise ValueError where it is none."""
    return str(NamedNode(value))


def text(value: str, lang: str | None = None) -> str:
    """Write a string, with a language tag where one is given."""
    return str(Literal(value, language=lang) if lang and lang != "und" else Literal(value))


def decimal(value: float, places: int = 4) -> str:
    """Write a number as xsd:decimal, with no more digits than places and no idle zeros."""
    digits = f"{round(value, places) + 0.0:.{places}f}"  # no minus before nought
    if "." in digits:
        digits = digits.rstrip("0")
    return str(Literal(digits + "0" if digits.endswith(".") else digits, datatype=_DECIMAL))


def integer(value: int) -> str:
    return str(Literal(str(value), datatype=_INTEGER))


def boolean(value: bool) -> str:
    return str(Literal("true" if value else "false", datatype=_BOOLEAN))


class Triples:
    """A set of triples, written sorted, so that the same facts give the same bytes."""

    def __init__(self) -> None:
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Add a triple of a subject and predicate IRI and a term from this module."""
        self._lines.add(f"{iri(subject)} {iri(predicate)} {term} .\n")

    def add_type(self, subject: str, *classes: str) -> None:
        """State classes of our own schema by local name, others by IRI."""
        for name in classes:
            value = name if ":" in name else str(ECO[name])
            self._lines.add(f"{iri(subject)} {_TYPE} {iri(value)} .\n")

    def add_label(self, subject: str, label: str, lang: str | None = None) -> None:
        self._lines.add(f"{iri(subject)} {_LABEL} {text(label, lang)} .\n")

    def to_bytes(self) -> bytes:
        return "".join(sorted(self._lines)).encode("utf-8")

    def __len__(self) -> int:
        return len(self._lines)
