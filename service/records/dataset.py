"""The triples of the dataset as a whole: what it holds, counted, and where it can be had."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ontology.namespaces import (
    CC_BY,
    DCAT,
    DCTERMS,
    ECO,
    FOAF,
    MEDIA_TYPES,
    OWL,
    RDF,
    RDFS,
    VOID,
    XSD,
    Minter,
)

DATASET_TITLE = "Ecoduct: conservation case studies as linked data"
DATASET_DESCRIPTION = (
    "What conservation case studies say of species, places, actors, threats, interventions and "
    "policy targets, with the sentence behind each statement, and the vocabularies it is said in."
)
_RIGHTS = (
    "Statements and vocabularies: CC BY 4.0. Quoted sentences belong to the authors of their "
    "sources and are given as the rights of each source allow."
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Partition:
    """Count the entities of a class or the triples of a property."""

    iri: str
    count: int


@dataclass(frozen=True, slots=True)
class Linkset:
    """Count the links by one property to one other database."""

    key: str
    """Name of the database in an IRI."""
    name: str
    space: str
    """Where the IRIs of the database begin."""
    predicate: str
    count: int
    dump: str = ""
    """Address of the file that holds the links; empty where there is none."""

    @property
    def part(self) -> str:
        """Name this linkset as a part of the dataset."""
        return f"{self.key}-{self.predicate.rpartition('#')[2]}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold what was counted in the graph."""

    triples: int
    entities: int
    subjects: int | None
    objects: int | None
    """Distinct terms; None where they were not counted."""
    documents: int
    classes: tuple[Partition, ...] = ()
    properties: tuple[Partition, ...] = ()
    linksets: tuple[Linkset, ...] = ()
    schemes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    modified: str = ""
    """When the last run ended, as xsd:dateTime; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Dump:
    """Name one file that holds the whole dataset, packed with gzip."""

    key: str
    title: str
    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Name where a deployment answers."""

    page: str
    sparql: str
    dumps: tuple[Dump, ...] = field(default_factory=tuple)


def _iri(value: object) -> str:
    return f"<{value}>"


def _text(value: str, lang: str = "") -> str:
    return f'"{value.translate(_ESCAPES)}"' + (f"@{lang}" if lang else "")


def _number(value: int) -> str:
    return f'"{value}"^^<{XSD.integer}>'


def _lines(subject: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"<{subject}> <{predicate}> {value} .\n" for predicate, value in pairs]


def _standing(minter: Minter, version: str) -> Pairs:
    """Say what is true of the dataset whatever it holds."""
    return [
        (str(RDF.type), _iri(DCAT.Dataset)),
        (str(RDF.type), _iri(VOID.Dataset)),
        (str(DCTERMS.title), _text(DATASET_TITLE, "en")),
        (str(RDFS.label), _text(DATASET_TITLE, "en")),
        (str(DCTERMS.description), _text(DATASET_DESCRIPTION, "en")),
        (str(DCTERMS.license), _iri(CC_BY)),
        (str(DCTERMS.rights), _text(_RIGHTS, "en")),
        (str(DCTERMS.conformsTo), _iri(str(ECO).rstrip("#"))),
        (str(OWL.versionInfo), _text(version)),
        (str(VOID.uriSpace), _text(minter.base)),
        (str(VOID.vocabulary), _iri(ECO)),
    ]


def dataset_graph(minter: Minter, version: str) -> bytes:
    """Write the dataset's own graph: what needs no counting, and so never goes out of date."""
    return "".join(sorted(_lines(minter.dataset(), _standing(minter, version)))).encode()


def _heading(minter: Minter, figures: Figures, addresses: Addresses, version: str) -> Pairs:
    pairs: Pairs = [
        *_standing(minter, version),
        (str(FOAF.homepage), _iri(addresses.page)),
        (str(DCAT.landingPage), _iri(addresses.page)),
        (str(VOID.sparqlEndpoint), _iri(addresses.sparql)),
        (str(VOID.triples), _number(figures.triples)),
        (str(VOID.entities), _number(figures.entities)),
        (str(VOID.documents), _number(figures.documents)),
        (str(VOID.classes), _number(len(figures.classes))),
        (str(VOID.properties), _number(len(figures.properties))),
    ]
    if figures.subjects is not None:
        pairs.append((str(VOID.distinctSubjects), _number(figures.subjects)))
    if figures.objects is not None:
        pairs.append((str(VOID.distinctObjects), _number(figures.objects)))
    if figures.modified:
        pairs.append((str(DCTERMS.modified), f'"{figures.modified}"^^<{XSD.dateTime}>'))
    pairs += [(str(DCTERMS.language), _text(lang)) for lang in figures.languages]
    pairs += [(str(DCTERMS.source), _iri(source)) for source in figures.sources]
    pairs += [(str(DCAT.themeTaxonomy), _iri(scheme)) for scheme in figures.schemes]
    return pairs


def _distributions(minter: Minter, addresses: Addresses) -> list[str]:
    dataset, service = minter.dataset(), minter.dataset("sparql")
    lines = _lines(dataset, [(str(DCAT.distribution), _iri(minter.dataset("by-sparql")))])
    for dump in addresses.dumps:
        part = minter.dataset(dump.key)
        lines += _lines(
            dataset,
            [(str(DCAT.distribution), _iri(part)), (str(VOID.dataDump), _iri(dump.address))],
        )
        lines += _lines(
            part,
            [
                (str(RDF.type), _iri(DCAT.Distribution)),
                (str(DCTERMS.title), _text(dump.title, "en")),
                (str(DCTERMS.license), _iri(CC_BY)),
                (str(DCAT.accessURL), _iri(addresses.page)),
                (str(DCAT.downloadURL), _iri(dump.address)),
                (str(DCAT.mediaType), _iri(MEDIA_TYPES[dump.media_type])),
                (str(DCAT.compressFormat), _iri(MEDIA_TYPES["application/gzip"])),
            ],
        )
    lines += _lines(
        minter.dataset("by-sparql"),
        [
            (str(RDF.type), _iri(DCAT.Distribution)),
            (str(DCTERMS.title), _text("By query", "en")),
            (str(DCTERMS.license), _iri(CC_BY)),
            (str(DCAT.accessURL), _iri(addresses.sparql)),
            (str(DCAT.accessService), _iri(service)),
        ],
    )
    return lines + _lines(
        service,
        [
            (str(RDF.type), _iri(DCAT.DataService)),
            (str(DCTERMS.title), _text("SPARQL endpoint", "en")),
            (str(DCAT.endpointURL), _iri(addresses.sparql)),
            (str(DCAT.servesDataset), _iri(dataset)),
        ],
    )


def _partitions(minter: Minter, figures: Figures) -> list[str]:
    dataset = minter.dataset()
    lines = []
    kinds = (
        ("class", VOID.classPartition, VOID["class"], VOID.entities, figures.classes),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, figures.properties),
    )
    for kind, link, names, counts, partitions in kinds:
        for partition in sorted(partitions, key=lambda item: item.iri):
            part = minter.dataset(f"{kind}-{_part_key(partition.iri)}")
            lines += _lines(dataset, [(str(link), _iri(part))])
            lines += _lines(
                part,
                [
                    (str(RDF.type), _iri(VOID.Dataset)),
                    (str(names), _iri(partition.iri)),
                    (str(counts), _number(partition.count)),
                ],
            )
    return lines


def _part_key(iri: str) -> str:
    """Reduce an IRI to what can stand after a hash: its host or first word, and its last part."""
    parts = [part for part in iri.replace("#", "/").split("/") if part]
    host = parts[1] if len(parts) > 2 else parts[0]
    middle = [part for part in parts[2:-1] if not part.isdigit()]
    return "-".join([host, *middle, parts[-1]])


def _linksets(minter: Minter, figures: Figures) -> list[str]:
    dataset = minter.dataset()
    lines = []
    for linkset in figures.linksets:
        part, target = minter.dataset(linkset.part), minter.dataset(linkset.key)
        lines += _lines(dataset, [(str(VOID.subset), _iri(part))])
        lines += _lines(
            part,
            [
                (str(RDF.type), _iri(VOID.Linkset)),
                (str(DCTERMS.title), _text(f"Links to {linkset.name}", "en")),
                (str(DCTERMS.license), _iri(CC_BY)),
                (str(VOID.target), _iri(dataset)),
                (str(VOID.target), _iri(target)),
                (str(VOID.subjectsTarget), _iri(dataset)),
                (str(VOID.objectsTarget), _iri(target)),
                (str(VOID.linkPredicate), _iri(linkset.predicate)),
                (str(VOID.triples), _number(linkset.count)),
                *([(str(VOID.dataDump), _iri(linkset.dump))] if linkset.dump else []),
            ],
        )
        lines += _lines(
            target,
            [
                (str(RDF.type), _iri(VOID.Dataset)),
                (str(DCTERMS.title), _text(linkset.name)),
                (str(VOID.uriSpace), _text(linkset.space)),
            ],
        )
    return lines


def describe_dataset(
    minter: Minter, figures: Figures, addresses: Addresses, *, version: str
) -> bytes:
    """Write the dataset in DCAT and VoID as sorted N-Triples."""
    lines = _lines(minter.dataset(), _heading(minter, figures, addresses, version))
    lines += _distributions(minter, addresses)
    lines += _partitions(minter, figures) + _linksets(minter, figures)
    return "".join(sorted(set(lines))).encode()
