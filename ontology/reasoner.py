"""Check by HermiT that schema, vocabularies and data hold together; needs Java."""

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import owlready2
import pyoxigraph

from ontology.errors import OntologyError
from ontology.namespaces import OWL, RDF, RDFS

_MEMORY_MB = 2000
_COMMAND = "org.semanticweb.HermiT.cli.CommandLine"
_NOTHING = "owl:Nothing"
_ANNOTATIONS = frozenset(
    f"<{name}>" for name in (RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy)
) | {f"<{OWL[name]}>" for name in ("imports", "versionInfo", "deprecated")}
"""Built-in annotations, which say nothing to a reasoner; imports are merged beforehand."""


@dataclass(frozen=True, slots=True)
class Report:
    """Say whether a graph is consistent, and which classes can have no instance."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    triples: int


def schema_triples() -> bytes:
    """Return schema.ttl and imports.ttl as one set of N-Triples."""
    lines = []
    for name in ("schema.ttl", "imports.ttl"):
        source = (files("ontology") / name).read_bytes()
        for triple in pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.TURTLE):
            lines.append(f"{triple.subject} {triple.predicate} {triple.object} .\n")
    return "".join(sorted(lines)).encode()


def logical_triples(graphs: Iterable[bytes]) -> bytes:
    """Merge N-Triples with the schema and leave out annotations, which entail nothing."""
    lines = set(schema_triples().decode().splitlines(keepends=True))
    annotation = f"<{RDF.type}> <{OWL.AnnotationProperty}> ."
    silent = _ANNOTATIONS | {line.split(" ")[0] for line in lines if annotation in line}
    for data in graphs:
        lines.update(data.decode().splitlines(keepends=True))
    kept = (line for line in lines if line.split(" ", 2)[1] not in silent)
    return "".join(sorted(kept)).encode()


def reason(graphs: Iterable[bytes]) -> Report:
    """Run HermiT over the schema with further N-Triples, no datatype ignored.

    Raise OntologyError where Java is missing or the reasoner itself fails.
    """
    data = logical_triples(graphs)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "ontology.nt", Path(folder) / "ontology.rdf"
        source.write_bytes(data)
        world = owlready2.World()
        world.get_ontology(source.as_uri()).load()
        world.save(str(target), format="rdfxml")
        output = _run_hermit(target)
    triples = data.count(b"\n")
    if "InconsistentOntologyException" in output:
        return Report(False, (), triples)
    names = [line.strip() for line in output.splitlines()[1:] if line.strip()]
    return Report(True, tuple(sorted(set(names) - {_NOTHING})), triples)


def _run_hermit(path: Path) -> str:
    """Ask the HermiT that comes with owlready2 for unsatisfiable classes."""
    with as_file(files("owlready2")) as package:
        jar = package / "hermit"
        command = [
            *(owlready2.JAVA_EXE, f"-Xmx{_MEMORY_MB}M", "-cp", f"{jar}:{jar / 'HermiT.jar'}"),
            *(_COMMAND, "-U", path.as_uri()),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise OntologyError(
                "Java was not found; install a Java runtime (Debian: default-jre-headless)"
            ) from error
    output = done.stdout + done.stderr
    if _NOTHING not in output and "InconsistentOntologyException" not in output:
        raise OntologyError(f"the reasoner failed: {output.strip()[:500]}")
    return output
