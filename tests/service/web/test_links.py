import pytest

from ontology.namespaces import DEFAULT_BASE, ECO, NCBITAXON, WIKIDATA
from service.web.links import Linker, external_name, local_name, split_suffix


@pytest.mark.parametrize(
    ("root", "iri", "address"),
    [
        ("", f"{DEFAULT_BASE}taxon/panthera-onca", "/taxon/panthera-onca.html"),
        ("/eco", f"{DEFAULT_BASE}threat/4.1", "/eco/threat/4.1.html"),
        ("", f"{DEFAULT_BASE}threat/", "/threat/"),
        ("", f"{DEFAULT_BASE}annotation/doc/m1#target", "/annotation/doc/m1.html"),
        ("", f"{DEFAULT_BASE}place/a%2Fb?c", "/place/a%252Fb%3Fc.html"),
        ("", f"{ECO}focalTaxon", "/ontology#focalTaxon"),
        ("", "https://ror.org/012", "https://ror.org/012"),
        ("", "javascript:alert(1)", ""),
        ("", "urn:x:y", ""),
    ],
)
def test_links_point_at_pages_of_this_service(root: str, iri: str, address: str) -> None:
    assert Linker(DEFAULT_BASE, root).href(iri) == address


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("4.1", ("4.1", "")),
        ("4.1.html", ("4.1", "html")),
        ("panthera-onca.ttl", ("panthera-onca", "ttl")),
        ("a/b.jsonld", ("a/b", "jsonld")),
        (".html", (".html", "")),
    ],
)
def test_links_part_keys_from_suffixes(key: str, parts: tuple[str, str]) -> None:
    assert split_suffix(key) == parts


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (str(WIKIDATA["Q35694"]), "Wikidata Q35694"),
        (str(NCBITAXON["9690"]), "NCBI Taxonomy 9690"),
        ("https://example.net/a/", "example.net/a/"),
    ],
)
def test_links_name_outside_identifiers(iri: str, name: str) -> None:
    assert external_name(iri) == name


def test_links_read_the_end_of_an_iri() -> None:
    assert local_name(str(ECO.focalTaxon)) == "focalTaxon"
    assert local_name(f"{DEFAULT_BASE}threat/") == "threat"
