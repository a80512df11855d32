"""IRIs of other databases in the shipped graph are written as those databases write them."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.databases import DATABASES
from ontology.namespaces import DEFAULT_BASE, SKOS
from service.queries import is_valid_iri
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader

_SHAPES = (
    r"http://aims\.fao\.org/aos/agrovoc/c_[0-9a-f]+",
    r"http://metadata\.un\.org/sdg/(?:\d{1,2}(?:\.[0-9a-z]{1,2}(?:\.\d)?)?|C\d{6})",
    r"http://purl\.obolibrary\.org/obo/ENVO_\d{7,8}",
    r"http://purl\.obolibrary\.org/obo/NCBITaxon_[1-9]\d*",
    r"http://purl\.unep\.org/sdg/SDGIO_\d{7,8}",
    r"http://www\.eionet\.europa\.eu/gemet/concept/\d+",
    r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    r"https://api\.cbd\.int/api/v2013/thesaurus/terms/[A-Z0-9-]+",
    r"https://www\.catalogueoflife\.org/data/taxon/[0-9A-Z]+",
    r"https://www\.itis\.gov/servlet/SingleRpt/SingleRpt\?search_topic=TSN&search_value=[1-9]\d*",
    r"https://www\.protectedplanet\.net/[1-9]\d*",
    r"urn:lsid:marinespecies\.org:taxname:[1-9]\d*",
    r"https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}\d{2}",
    r"https://sws\.geonames\.org/[1-9]\d*/",
    r"https://www\.gbif\.org/species/[1-9]\d*",
    r"https://www\.iso\.org/obp/ui/#iso:code:3166:[A-Z]{2}",
    r"https://www\.mammaldiversity\.org/taxon/100\d{4}",
    r"https://www\.speciesplus\.net/species#/taxon_concepts/[1-9]\d*",
    r"https://avibase\.bsc-eoc\.org/species\.jsp\?avibaseid=[0-9A-F]{8,16}",
    r"https://ebird\.org/species/[a-z0-9-]+",
    r"https?://[\w.]*iucnredlist\.org/species/[1-9]\d*(?:/[1-9]\d*)?",
    r"https?://(?:amphibiaweb\.org|www\.amphibiaweb\.org)/species/[1-9]\d*",
)
"""Patterns by the databases themselves, as Bioregistry too lists them; not those of the code."""
_TERMS = re.compile(
    r"(?:https://schema\.org/|http://xmlns\.com/foaf/0\.1/|http://www\.w3\.org/ns/(?:org|prov)#)"
    r"[A-Za-z]+"
)
_MATCHES = frozenset(
    str(SKOS[name])
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)


def _is_well_formed(iri: str) -> bool:
    return any(re.fullmatch(shape, iri) for shape in _SHAPES) or bool(_TERMS.fullmatch(iri))


@pytest.mark.parametrize(
    "iri",
    [
        "http://purl.obolibrary.org/obo/NCBITaxon_x",
        "http://www.wikidata.org/wiki/Q42",
        "https://sws.geonames.org/12",
        "https://www.gbif.org/species/",
    ],
)
def test_external_iris_of_another_shape_are_told(iri: str) -> None:
    assert not _is_well_formed(iri)


def test_external_iris_of_examples_are_well_formed() -> None:
    made = {database.key: database.iri(database.example) for database in DATABASES}
    odd = {key: iri for key, iri in made.items() if iri and not _is_well_formed(iri)}
    assert odd == {}


@pytest.mark.slow
def test_external_iris_of_the_shipped_graph_are_well_formed(shipped_data: Path) -> None:
    reader = SnapshotReader(DataFolder(shipped_data).snapshots)
    exported = b"".join(reader.export(media_type="application/n-quads"))
    reader.close()
    matched, every = set(), set()
    for quad in ox.parse(exported, format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and not term.value.startswith(DEFAULT_BASE):
                every.add(term.value)
                if quad.predicate.value in _MATCHES:
                    matched.add(term.value)
    matched -= _MATCHES
    assert len(matched) > 400
    assert sorted(iri for iri in matched if not _is_well_formed(iri)) == []
    assert sorted(iri for iri in every if not is_valid_iri(iri)) == []
