import json
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient


def _markup(client: FlaskClient, path: str) -> dict[str, object]:
    html = client.get(path).get_data(as_text=True)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(found)


@pytest.mark.parametrize(
    ("path", "kind", "key", "value"),
    [
        (
            "/solution/alder-bridges.html",
            "CreativeWork",
            "name",
            "Bridges for elk over the Alder road",
        ),
        ("/taxon/cervus-canadensis.html", "Taxon", "name", "Cervus canadensis"),
        ("/taxon/cervus-canadensis.html", "Taxon", "taxonRank", "species"),
        ("/taxon/cervus-canadensis.html", "Taxon", "sameAs", ["http://www.wikidata.org/entity/Q1"]),
        ("/place/ro.html", "Country", "name", "Romania"),
        ("/actor/alder-trust.html", "Organization", "name", "Alder Trust"),
        ("/threat/4.1.html", "DefinedTerm", "termCode", "4.1"),
        ("/dataset.html", "Dataset", "license", "https://creativecommons.org/licenses/by/4.0/"),
    ],
)
def test_structured_data_say_what_a_page_is_about(
    client: FlaskClient, path: str, kind: str, key: str, value: object
) -> None:
    markup = _markup(client, path)
    assert markup["@type"] == kind
    assert markup[key] == value


def test_structured_data_are_linked_data(client: FlaskClient) -> None:
    markup = _markup(client, "/solution/free-rivers.html")
    quads = ox.parse(json.dumps(markup), format=ox.RdfFormat.JSON_LD)
    solution = ox.NamedNode("https://w3id.org/ecoduct/solution/free-rivers")
    predicate = ox.NamedNode("https://schema.org/about")
    about = {q.object.value for q in quads if (q.subject, q.predicate) == (solution, predicate)}
    assert "https://w3id.org/ecoduct/taxon/acipenser" in about
    assert "https://w3id.org/ecoduct/threat/7.2" in about


def test_structured_data_cannot_end_their_element(client, memory_reader) -> None:
    memory_reader.store.update(
        "PREFIX eco: <https://w3id.org/ecoduct/ontology#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "INSERT DATA { <https://w3id.org/ecoduct/solution/evil> a eco:Solution ; "
        'rdfs:label "</script><script>alert(1)</script>" }'
    )
    html = client.get("/solution/evil.html").get_data(as_text=True)
    assert "<script>alert" not in html
    assert _markup(client, "/solution/evil.html")["name"] == "</script><script>alert(1)</script>"
