"""Turn SSSOM mapping sets into match triples and nodes that justify them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from ontology.build.turtle import Triples, iri, text, typed
from ontology.errors import OntologyError
from ontology.namespaces import DCTERMS, MAPPING_PREFIXES, OWL, RDF, SSSOM, Minter

_SUFFIX = ".sssom.tsv"


@dataclass(frozen=True, slots=True)
class MappingSet:
    """Hold one SSSOM file: what its head says, and its rows."""

    name: str
    metadata: dict[str, str]
    rows: tuple[dict[str, str], ...]


def read_mapping_sets() -> Iterator[MappingSet]:
    """Read the packaged mapping sets in the order of their names."""
    folder = files("ontology") / "mappings"
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(_SUFFIX):
            continue
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        head = [line[1:].partition(":") for line in lines if line.startswith("#")]
        body = "".join(line for line in lines if not line.startswith("#"))
        rows = csv.DictReader(io.StringIO(body, newline=""), delimiter="\t")
        metadata = {key.strip(): value.strip() for key, _, value in head}
        yield MappingSet(file.name.removesuffix(_SUFFIX), metadata, tuple(rows))


def expand_curie(curie: str, minter: Minter) -> str:
    """Return the IRI of a prefixed name: a prefix of the mapping sets or one of our schemes."""
    prefix, colon, local = curie.partition(":")
    if not colon or not local:
        raise OntologyError(f"{curie!r} is not a prefixed name such as threat:4.1")
    if prefix in MAPPING_PREFIXES:
        return MAPPING_PREFIXES[prefix] + local
    return minter.concept(prefix, local)


def write_mappings(triples: Triples, minter: Minter) -> None:
    """Write every mapping as a match and as a sssom:Mapping with its justification."""
    for mapping_set in read_mapping_sets():
        set_iri = minter.concept("mapping", mapping_set.name)
        triples.add(set_iri, str(RDF.type), iri(str(SSSOM.MappingSet)))
        for predicate, key in (
            (DCTERMS.title, "mapping_set_title"),
            (DCTERMS.description, "mapping_set_description"),
            (OWL.versionInfo, "mapping_set_version"),
        ):
            triples.add(set_iri, str(predicate), text(mapping_set.metadata[key]))
        triples.add(set_iri, str(DCTERMS.license), iri(mapping_set.metadata["license"]))
        for row in mapping_set.rows:
            _write_mapping(triples, set_iri, row, minter)


def _write_mapping(triples: Triples, set_iri: str, row: dict[str, str], minter: Minter) -> None:
    subject, predicate, target = (
        expand_curie(row[column], minter) for column in ("subject_id", "predicate_id", "object_id")
    )
    triples.add(subject, predicate, iri(target))
    local = "_".join(row[c].replace(":", "-") for c in ("subject_id", "predicate_id", "object_id"))
    mapping = f"{set_iri}/{local}"
    triples.add(mapping, str(RDF.type), iri(str(SSSOM.Mapping)))
    triples.add(set_iri, str(SSSOM.mappings), iri(mapping))
    triples.add(mapping, str(SSSOM.subject_id), iri(subject))
    triples.add(mapping, str(SSSOM.predicate_id), iri(predicate))
    triples.add(mapping, str(SSSOM.object_id), iri(target))
    justification = expand_curie(row["mapping_justification"], minter)
    triples.add(mapping, str(SSSOM.mapping_justification), iri(justification))
    triples.add(mapping, str(SSSOM.confidence), typed(row["confidence"], "decimal"))
    for predicate_iri, column in (
        (SSSOM.author_label, "author_label"),
        (SSSOM.other, "status"),
        (SSSOM.mapping_source, "source"),
        (SSSOM.comment, "comment"),
    ):
        if row[column]:
            triples.add(mapping, str(predicate_iri), text(row[column]))
