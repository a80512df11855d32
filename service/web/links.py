"""Turn IRIs into links: ours by path under this service, others with the name of their database."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from ontology.databases import DATABASES as IDENTIFIED
from ontology.namespaces import AGROVOC, ECO, GEMET, OBO, SDGIO, UN_SDG

SUFFIXES = ("html", "ttl", "jsonld", "nt", "rdf", "csv", "json")
"""What can follow the address of a thing after a dot."""
DATABASES: tuple[tuple[str, str], ...] = (
    *((str(database.space), database.name) for database in IDENTIFIED if database.space),
    (str(UN_SDG), "UN SDG"),
    (str(GEMET), "GEMET"),
    (f"{OBO}ENVO_", "ENVO"),
    (str(AGROVOC), "AGROVOC"),
    (str(SDGIO), "SDGIO"),
)
"""Databases that we link to: where their IRIs begin, and their names."""
_SAFE = "/-._~!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Linker:
    """Make links for a base of IRIs and the path that the service is mounted at."""

    base: str
    root: str = ""

    def is_ours(self, iri: str) -> bool:
        return iri.startswith(self.base)

    def key(self, iri: str) -> str:
        """Return the part of one of our IRIs after the base and the kind."""
        return iri.removeprefix(self.base).partition("/")[2]

    def kind(self, iri: str) -> str:
        """Return the kind of one of our IRIs: taxon, place, solution …; empty for others."""
        return iri.removeprefix(self.base).partition("/")[0] if self.is_ours(iri) else ""

    def href(self, iri: str, suffix: str = "html") -> str:
        """Return the address of the page about an IRI; of another site's IRI, itself.

        What is neither ours nor on the web gets no address.
        """
        if iri.startswith(str(ECO)):
            return f"{self.root}/ontology#{quote(iri.removeprefix(str(ECO)))}"
        if self.is_ours(iri):
            path = quote(iri.removeprefix(self.base).partition("#")[0], safe=_SAFE)
            ending = "" if path.endswith("/") or not suffix else f".{suffix}"
            return f"{self.root}/{path}{ending}"
        return iri if iri.startswith(("http://", "https://")) else ""


def split_suffix(key: str) -> tuple[str, str]:
    """Part ``4.1.html`` into ``4.1`` and ``html``; the suffix is empty where there is none."""
    stem, _, ending = key.rpartition(".")
    return (stem, ending) if stem and ending in SUFFIXES else (key, "")


def external_name(iri: str) -> str:
    """Name an outside identifier by its database."""
    for namespace, name in DATABASES:
        if iri.startswith(namespace):
            return f"{name} {unquote(iri.removeprefix(namespace)).strip('/')}"
    return iri.partition("://")[2] or iri


def local_name(iri: str) -> str:
    """Return the last readable part of an IRI."""
    return unquote(iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2])
