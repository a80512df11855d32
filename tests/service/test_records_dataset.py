import pyoxigraph as ox

from ontology.namespaces import DCAT, RDF, SKOS, VOID, WIKIDATA, Minter
from service.records.dataset import (
    Addresses,
    Dump,
    Figures,
    Linkset,
    Partition,
    describe_dataset,
)

MINTER = Minter("https://bio.example.net/kg/")
ADDRESSES = Addresses(
    "https://bio.example.net/dataset",
    "https://bio.example.net/sparql",
    (Dump("dump-nq", "Graphs", "https://bio.example.net/d.nq.gz", "application/n-quads"),),
)
FIGURES = Figures(
    triples=9,
    entities=3,
    subjects=None,
    objects=None,
    documents=1,
    classes=(Partition(str(SKOS.Concept), 2), Partition("https://a.net/2004/Concept", 1)),
    linksets=(
        Linkset("wikidata", "Wikidata", str(WIKIDATA), str(SKOS.exactMatch), 2),
        Linkset("wikidata", "Wikidata", str(WIKIDATA), str(SKOS.closeMatch), 1),
    ),
)


def _triples(figures: Figures = FIGURES) -> list[tuple[str, str, str]]:
    data = describe_dataset(MINTER, figures, ADDRESSES, version="1.2")
    return [
        (q.subject.value, q.predicate.value, q.object.value)
        for q in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)
    ]


def _subjects(predicate: object, value: object) -> list[str]:
    return [s for s, p, o in _triples() if (p, o) == (str(predicate), str(value))]


def test_records_dataset_leaves_out_what_was_not_counted() -> None:
    assert not [p for _, p, _ in _triples() if p == str(VOID.distinctSubjects)]
    assert _subjects(VOID.triples, 9) == ["https://bio.example.net/kg/dataset"]


def test_records_dataset_names_each_class_and_each_linkset_apart() -> None:
    parts = _subjects(RDF.type, VOID.Dataset)
    assert len(parts) == len(set(parts)) == 4
    assert _subjects(RDF.type, VOID.Linkset) == [
        "https://bio.example.net/kg/dataset#wikidata-closeMatch",
        "https://bio.example.net/kg/dataset#wikidata-exactMatch",
    ]


def test_records_dataset_ties_its_distributions_to_their_files() -> None:
    assert _subjects(DCAT.downloadURL, "https://bio.example.net/d.nq.gz") == [
        "https://bio.example.net/kg/dataset#dump-nq"
    ]
    assert _subjects(DCAT.servesDataset, MINTER.dataset()) == [MINTER.dataset("sparql")]


def test_records_dataset_escapes_texts() -> None:
    figures = Figures(1, 1, 1, 1, 1, languages=('e"n\\',))
    assert 'e"n\\' in [o for _, _, o in _triples(figures)]
