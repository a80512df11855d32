"""The OWLAPI's own check of OWL 2 DL, run by BeanShell; both are Debian packages."""

import re
import subprocess
from pathlib import Path

import pytest

from ontology.build.graphs import vocabulary_graphs
from ontology.namespaces import ECO, OWL, RDF, SKOS, Minter
from ontology.reasoner import schema_triples

JARS = Path("/usr/share/java")
SCRIPT = Path(__file__).parent / "profile" / "owl2_dl.bsh"
IMPORTS = "<https://w3id.org/ecoduct/ontology/imports>"
NEEDED = re.compile(
    r"(?:bsh|atinject-jsr330-api|caffeine|commons-(?:codec|io|lang3|logging|rdf-.*?|text)|guava"
    r"|failureaccess|hppcrt|http(?:client|core)|jackson-.*?|jsonld-java|jsr305|owlapi-.*?"
    r"|rdf4j-.*?|slf4j-(?:api|nop)|xz)\.jar"
)
VERSIONED = re.compile(r"-\d[\w.]*\.jar$")


def merged(*further: str) -> bytes:
    """Merge schema, imports and vocabularies into one ontology, for nothing is fetched."""
    lines = set(schema_triples().decode().splitlines(keepends=True))
    for data in vocabulary_graphs(Minter()).values():
        lines.update(data.decode().splitlines(keepends=True))
    lines.update(further)
    return "".join(sorted(line for line in lines if IMPORTS not in line)).encode()


def check_profile(data: bytes, folder: Path) -> tuple[int, list[str], bool]:
    """Return the number of axioms, what violates the profile, and whether all is within it."""
    jars = sorted(
        str(jar)
        for jar in JARS.glob("*.jar")
        if NEEDED.fullmatch(jar.name) and not VERSIONED.search(jar.name)
    )
    assert jars, f"no jars in {JARS}: install Debian's libowlapi-java and bsh"
    file = folder / "merged.nt"
    file.write_bytes(data)
    command = ["java", f"-Dfile={file}", "-cp", ":".join(jars), "bsh.Interpreter", str(SCRIPT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.partition(": ") for line in done.stdout.splitlines()]
    found = {name: [value for key, _, value in lines if key == name] for name, _, _ in lines}
    assert found.get("within profile"), done.stdout + done.stderr
    return (
        int(found["axioms"][0]),
        found.get("violation", []),
        found["within profile"] == ["true"],
    )


@pytest.mark.slow
@pytest.mark.java
def test_profile_of_schema_vocabularies_and_imports_is_owl2_dl(tmp_path: Path) -> None:
    axioms, violations, within = check_profile(merged(), tmp_path)
    assert (violations, within) == ([], True)
    assert axioms > 40_000


@pytest.mark.slow
@pytest.mark.java
@pytest.mark.parametrize(
    ("triples", "message"),
    [
        ([f"<{ECO.x}> <{ECO.undeclared}> <{ECO.y}> .\n"], "undeclared"),
        (
            [f"<{SKOS.broaderTransitive}> <{RDF.type}> <{OWL.FunctionalProperty}> .\n"],
            "broaderTransitive",
        ),
    ],
    ids=["undeclared-property", "transitive-and-functional"],
)
def test_profile_check_is_seen_to_fail(triples: list[str], message: str, tmp_path: Path) -> None:
    _, violations, within = check_profile(merged(*triples), tmp_path)
    assert not within
    assert any(message in violation for violation in violations)
