"""Every namespace, prefix and IRI rule; nothing else mints an IRI."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import Namespace
from rdflib.namespace import DCAT as DCAT
from rdflib.namespace import DCTERMS as DCTERMS
from rdflib.namespace import FOAF as FOAF
from rdflib.namespace import ORG as ORG
from rdflib.namespace import OWL as OWL
from rdflib.namespace import PROV as PROV
from rdflib.namespace import RDF as RDF
from rdflib.namespace import RDFS as RDFS
from rdflib.namespace import SH as SH
from rdflib.namespace import SKOS as SKOS
from rdflib.namespace import VOID as VOID
from rdflib.namespace import XSD as XSD
from slugify import slugify as slugify_name

DEFAULT_BASE = "https://w3id.org/ecoduct/"

ECO = Namespace("https://w3id.org/ecoduct/ontology#")
SHAPE = Namespace("https://w3id.org/ecoduct/shape#")
OA = Namespace("http://www.w3.org/ns/oa#")
DWC = Namespace("http://rs.tdwg.org/dwc/terms/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
GEOF = Namespace("http://www.opengis.net/def/function/geosparql/")
WGS84 = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
VANN = Namespace("http://purl.org/vocab/vann/")
SSSOM = Namespace("https://w3id.org/sssom/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SCHEMA = Namespace("https://schema.org/")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
MEDIA_TYPES = Namespace("https://www.iana.org/assignments/media-types/")
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"

WIKIDATA = Namespace("http://www.wikidata.org/entity/")
NCBITAXON = Namespace("http://purl.obolibrary.org/obo/NCBITaxon_")
GBIF_SPECIES = Namespace("https://www.gbif.org/species/")
GEONAMES = Namespace("https://sws.geonames.org/")
ROR = Namespace("https://ror.org/")
UN_SDG = Namespace("http://metadata.un.org/sdg/")
GEMET = Namespace("http://www.eionet.europa.eu/gemet/concept/")
OBO = Namespace("http://purl.obolibrary.org/obo/")
AGROVOC = Namespace("http://aims.fao.org/aos/agrovoc/")
SDGIO = Namespace("http://purl.unep.org/sdg/")
CBD_THESAURUS = Namespace("https://api.cbd.int/api/v2013/thesaurus/terms/")
SEMAPV = Namespace("https://w3id.org/semapv/vocab/")
COL = Namespace("https://www.catalogueoflife.org/data/taxon/")
ITIS = Namespace("https://www.itis.gov/servlet/SingleRpt/SingleRpt?search_topic=TSN&search_value=")
WORMS = Namespace("urn:lsid:marinespecies.org:taxname:")
EBIRD = Namespace("https://ebird.org/species/")
AVIBASE = Namespace("https://avibase.bsc-eoc.org/species.jsp?avibaseid=")
AMPHIBIAWEB = Namespace("https://amphibiaweb.org/species/")
MDD = Namespace("https://www.mammaldiversity.org/taxon/")
RED_LIST = Namespace("https://www.iucnredlist.org/species/")
SPECIES_PLUS = Namespace("https://www.speciesplus.net/species#/taxon_concepts/")
PROTECTED_PLANET = Namespace("https://www.protectedplanet.net/")
ISO_COUNTRY = Namespace("https://www.iso.org/obp/ui/#iso:code:3166:")

MAPPING_PREFIXES: dict[str, str] = {
    "agrovoc": str(AGROVOC),
    "cbdthesaurus": str(CBD_THESAURUS),
    "foaf": str(FOAF),
    "gemet": str(GEMET),
    "obo": str(OBO),
    "org": str(ORG),
    "prov": str(PROV),
    "schemaorg": str(SCHEMA),
    "sdgio": str(SDGIO),
    "semapv": str(SEMAPV),
    "skos": str(SKOS),
    "unsdg": str(UN_SDG),
    "wd": str(WIKIDATA),
}
"""Prefixes of the mapping sets; any other prefix is the path segment of one of our schemes."""

PREFIXES: dict[str, str] = {
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "dwc": str(DWC),
    "eco": str(ECO),
    "foaf": str(FOAF),
    "geo": str(GEO),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "qudt": str(QUDT),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "wd": str(WIKIDATA),
    "wgs84": str(WGS84),
    "xsd": str(XSD),
}


@dataclass(frozen=True, slots=True)
class ExternalSpace:
    """Describe where identifiers, pages or terms of another body begin, and how sure that is."""

    name: str
    prefix: str
    space: str
    kind: str
    """Schema namespace, identifier pattern, page pattern, API address, property …"""
    example: str
    dereferenceable: str
    licence: str
    note: str
    source: str
    status: str
    """``checked``: seen in its source; ``recalled``: from knowledge, to be confirmed."""


@cache
def external_spaces() -> tuple[ExternalSpace, ...]:
    """Read the namespaces and address patterns of other bodies; most are for reference only."""
    text = (files("ontology") / "external_spaces.csv").read_text(encoding="utf-8")
    return tuple(ExternalSpace(**row) for row in csv.DictReader(text.splitlines()))


def slugify(text: str, *, limit: int = 80) -> str:
    """Reduce text to lower-case ASCII words joined by hyphens, cut at a word before limit."""
    slug: str = slugify_name(text, max_length=limit, word_boundary=True, save_order=True)
    return slug or "x" + text.encode("utf-8").hex()[: limit - 1]


@dataclass(frozen=True, slots=True)
class Minter:
    """Mint the IRIs of instances under one base, which ends in a slash."""

    base: str = DEFAULT_BASE

    def case_study(self, document: str) -> str:
        return f"{self.base}case-study/{document}"

    def document(self, key: str) -> str:
        """Name the source that case studies were read from."""
        return f"{self.base}document/{key}"

    def solution(self, key: str) -> str:
        return f"{self.base}solution/{key}"

    def document_graph(self, document: str) -> str:
        return f"{self.base}graph/{document}"

    def inferred_graph(self, document: str) -> str:
        return f"{self.base}graph/{document}/inferred"

    def inferred_from(self, graph: str) -> str | None:
        """Name the graph of what is inferred from a document's graph; None for other graphs."""
        document = graph.removeprefix(self.document_graph(""))
        return None if document == graph or "/" in document else self.inferred_graph(document)

    def document_of_inferred(self, graph: str) -> str | None:
        """Name the document's graph that an inferred graph belongs to; None for other graphs."""
        found = graph.removesuffix(self.inferred_graph("").removeprefix(self.document_graph("")))
        return found if found != graph and self.inferred_from(found) == graph else None

    def vocabulary_graph(self, name: str) -> str:
        return f"{self.base}graph/vocabulary/{name}"

    def service_graph(self, name: str) -> str:
        """Name the graph of runs, curation, links or dataset."""
        return f"{self.base}graph/service/{name}"

    def taxon(self, key: str) -> str:
        return f"{self.base}taxon/{key}"

    def place(self, key: str) -> str:
        return f"{self.base}place/{key}"

    def country(self, iso2: str) -> str:
        return f"{self.base}place/{iso2.lower()}"

    def actor(self, key: str) -> str:
        return f"{self.base}actor/{key}"

    def project(self, key: str) -> str:
        return f"{self.base}project/{key}"

    def quantity(self, document: str, number: int) -> str:
        return f"{self.base}quantity/{document}/{number}"

    def scheme(self, name: str) -> str:
        """Name a concept scheme: threat, stress, intervention, kmgbf, cms, sdg …"""
        return f"{self.base}{name}/"

    def concept(self, scheme: str, code: str) -> str:
        return f"{self.base}{scheme}/{code}"

    def threat(self, code: str) -> str:
        return self.concept("threat", code)

    def stress(self, code: str) -> str:
        return self.concept("stress", code)

    def intervention(self, code: str) -> str:
        return self.concept("intervention", code)

    def kmgbf(self, number: str) -> str:
        return self.concept("kmgbf", number)

    def cms(self, key: str) -> str:
        return self.concept("cms", key)

    def annotation(self, document: str, mention: str) -> str:
        return f"{self.base}annotation/{document}/{mention}"

    def assertion(self, document: str, key: str) -> str:
        return f"{self.base}assertion/{document}/{key}"

    def review(self, document: str, key: str) -> str:
        """Name what a reviewer decided on a mention or statement of a document."""
        return f"{self.base}review/{document}/{key}"

    def run(self, key: str) -> str:
        return f"{self.base}run/{key}"

    def dataset(self, part: str = "") -> str:
        """Name the whole graph as a dataset, or one part of it: a linkset, a dump."""
        return f"{self.base}dataset#{part}" if part else f"{self.base}dataset"

    def genid(self, key: str) -> str:
        """Name what had no name: the IRI that stands for a blank node."""
        return f"{self.base}.well-known/genid/{key}"
