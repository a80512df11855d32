import re

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from extract.bench.generator import generate_extractions
from extract.graph import build_graph
from ontology.namespaces import ECO, Minter
from service.app import create_app
from service.config import Settings
from service.store.texts import case_study_of
from service.web import statements

_HTML = {"Accept": "text/html"}
MINTER = Minter()


def _plain(text: str) -> str:
    """Return a page as text: no tags, white space as one space."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def _get(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=_HTML)
    assert response.status_code == 200
    return response.text


def test_pages_show_the_text_with_mentions_by_kind(client: FlaskClient) -> None:
    text = _get(client, "/solution/alder-bridges.html")
    assert re.search(
        r'class="mention m-species" id="m1" href="/taxon/cervus-canadensis.html"', text
    )
    assert re.search(r'class="mention unlinked m-place" id="m2"', text)
    assert "Marked in the text" in text


def test_pages_lead_from_a_statement_to_its_sentence_and_back(client: FlaskClient) -> None:
    text = _get(client, "/solution/alder-bridges.html")
    anchors = set(re.findall(r'class="jump" href="#([^"]+)"', text))
    assert len(anchors) == 3
    for anchor in anchors:
        assert f'class="sentence" id="{anchor}"' in text
    for back in set(re.findall(r'class="cited" href="#([^"]+)"', text)):
        assert f'<div class="fact" id="{back}"' in text


@pytest.fixture
def generated(memory_reader, memory_texts) -> FlaskClient:
    """Return a client of generated records, whose statements repeat and cross."""
    store = memory_reader.store
    for extraction in generate_extractions(12, seed=1, minter=MINTER):
        for graph, triples in build_graph(extraction, MINTER).items():
            for triple in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
                store.add(ox.Quad(*triple.triple, ox.NamedNode(graph)))
                store.add(ox.Quad(*triple.triple))
        memory_texts.texts[extraction.id] = case_study_of(extraction)
    return create_app(Settings(), memory_reader, memory_texts).test_client()


def test_pages_of_solutions_hold_what_their_own_links_name(generated: FlaskClient) -> None:
    solutions = [row["solution"] for row in generated.get("/solutions.json").get_json()]
    assert len(solutions) == 15
    repeats = 0
    for iri in solutions:
        text = _get(generated, f"/{iri.removeprefix(MINTER.base)}.html")
        ids = re.findall(r'\bid="([^"]+)"', text)
        links = set(re.findall(r'href="#([^"]+)"', text))
        assert links - set(ids) == set(), iri
        assert len(ids) == len(set(ids)), iri
        repeats += "mentions taxon" in text
    assert repeats


def test_pages_part_facts_from_what_is_not_counted(client: FlaskClient) -> None:
    text = _plain(_get(client, "/solution/alder-bridges.html"))
    facts, _, others = text.partition("Read, but not counted as facts")
    assert "addresses threat 4.1 Roads" in facts
    assert "negated" not in facts
    assert "implemented by Alder Trust negated stated score 0.70" in others
    assert "inferred" in facts


def test_pages_say_what_is_inferred_and_not_stated(client: FlaskClient) -> None:
    for path in ("/solution/alder-bridges.html", "/solutions"):
        text = _plain(_get(client, path))
        assert "Targets inferred Target 2: Restore ecosystems" in text
        assert "Countries Canada" in text


def test_pages_name_the_source_and_its_rights(client: FlaskClient) -> None:
    text = _plain(_get(client, "/solution/alder-bridges.html"))
    assert "From Report alder-bridges" in text
    assert "Rights: CC BY 4.0." in text


@pytest.mark.parametrize("path", ["/solution/free-rivers.html", "/case-study/free-rivers"])
def test_pages_quote_single_sentences_where_rights_allow_no_more(
    client: FlaskClient, path: str
) -> None:
    text = _get(client, path)
    assert "Two dams in Romania were removed." in text
    assert "allow single sentences" in text
    assert 'class="text"' not in text
    anchors = set(re.findall(r'class="jump" href="#([^"]+)"', text))
    assert anchors and all(f'<li id="{anchor}"' in text for anchor in anchors)


@pytest.mark.parametrize(
    "path",
    [
        "/solution/closed-report.html",
        "/solution/closed-report.csv",
        "/solution/closed-report.json",
        "/taxon/cervus-canadensis.html",
        "/taxon/cervus-canadensis.csv",
        "/place/ca.html",
        "/solution/closed-report.ttl",
        "/graph/closed-report.ttl",
    ],
)
def test_pages_quote_nothing_where_rights_allow_none(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "moved freely" not in response.text


@pytest.mark.parametrize(
    "path",
    ["/solution/free-rivers.html", "/graph/free-rivers.ttl", "/case-study/free-rivers.nt", "/"],
)
def test_pages_never_give_more_than_sentences_of_a_text_for_snippets(
    client: FlaskClient, path: str
) -> None:
    text = client.get(path).text
    assert "removed. Sturgeon" not in text
    assert "removed.\\n" not in text


def test_pages_escape_what_texts_hold(client: FlaskClient) -> None:
    text = _get(client, "/solution/free-rivers.html")
    assert "Fishers <b>planned" not in text
    assert "Fishers &lt;b&gt;planned&lt;/b&gt; a patrol." in text


def test_pages_show_an_entity_with_identifiers_and_evidence(client: FlaskClient) -> None:
    text = _get(client, "/taxon/cervus-canadensis.html")
    assert "<i>Cervus canadensis</i>" in text
    assert 'href="http://www.wikidata.org/entity/Q1" rel="noopener external">Wikidata Q1' in text
    assert 'href="/taxon/cervidae.html"' in text
    assert "Elk died in traffic on the Alder road." in text
    target = re.search(r'href="/case-study/alder-bridges.html#([^"]+)"', text)
    assert target
    assert f'id="{target[1]}"' in _get(client, "/case-study/alder-bridges.html")


def test_pages_of_entities_part_what_is_stated_from_what_is_inferred(client: FlaskClient) -> None:
    target = _plain(_get(client, "/kmgbf/2.html"))
    assert "1 statement about Target 2: Restore ecosystems: 0 stated in a text, 1 " in target
    assert "Inferred No text says these." in target
    assert "Stated" not in target
    threat = _plain(_get(client, "/threat/4.1.html"))
    assert "1 stated in a text, 0 inferred by rules." in threat
    assert "No text says these." not in threat


def test_pages_of_entities_name_the_solution_of_each_statement(generated: FlaskClient) -> None:
    texts = _get(generated, "/intervention/1.1.html"), _get(generated, "/threat/4.1.html")
    for text in texts:
        rows = re.findall(r'<tr>\s*<td><a href="([^"]+)"', text)
        assert rows
        assert all(row.startswith("/solution/") for row in rows)


@pytest.mark.parametrize("path", ["/place/ca", "/threat/4", "/taxon/cervidae", "/threat/7.2"])
def test_pages_of_entities_are_the_same_however_statements_are_looked_up(
    app: Flask, generated: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    by_object = _get(generated, f"{path}.html")
    monkeypatch.setattr(statements, "_MOST_OBJECTS", 0)
    assert _get(app.test_client(), f"{path}.html") == by_object


def test_pages_of_concepts_show_notation_scheme_and_version(client: FlaskClient) -> None:
    text = _plain(_get(client, "/threat/4.1.html"))
    assert "Notation 4.1" in text
    assert "Scheme IUCN threats (version 3.x)" in text


@pytest.mark.parametrize("path", ["/taxon/cervidae.html", "/threat/4.html"])
def test_pages_of_wider_entities_hold_what_is_stated_of_narrower_ones(
    client: FlaskClient, path: str
) -> None:
    assert "Elk died in traffic on the Alder road." in _get(client, path)


def test_pages_of_taxa_say_how_cms_lists_them(client: FlaskClient) -> None:
    assert "CMS Appendix II" in _plain(_get(client, "/taxon/acipenser.html"))
    assert "CMS Appendix" not in _plain(_get(client, "/taxon/cervidae.html")).partition("Named")[0]
    assert "Sturgeon" in _plain(_get(client, "/cms/appendix-ii.html"))


def test_pages_never_show_what_is_recalled_as_fact(memory_reader, client: FlaskClient) -> None:
    listing, concept = "/taxon/acipenser.html", "/threat/4.html"
    assert "recalled" not in _get(client, listing) + _get(client, concept)
    memory_reader.store.load(
        f"""<{MINTER.base}listing/acipenser> <{ECO.sourceStatus}> "recalled" .
        <{MINTER.threat("4")}> <{ECO.sourceStatus}> "recalled" .""".encode(),
        format=ox.RdfFormat.N_TRIPLES,
    )
    memory_reader.current = "g2"
    assert "CMS Appendix II recalled" in _plain(_get(client, listing))
    page = _plain(_get(client, concept))
    assert "still to be confirmed in its source: do not take it for a fact" in page
    record = client.get("/api/taxon/acipenser").json
    assert record is not None
    assert record["listings"][0]["source_status"] == "recalled"


def test_pages_of_countries_hold_a_map(client: FlaskClient) -> None:
    assert "<circle" in _get(client, "/place/ca.html")


def test_pages_show_one_statement_by_itself(client: FlaskClient) -> None:
    page = _get(client, "/solution/free-rivers.html")
    address = re.search(r'href="(/assertion/free-rivers/[^"]+)"', page)
    assert address
    text = _plain(_get(client, address[1]))
    assert "One statement and its evidence" in text
    assert "test:rule" in text
    assert "Show in the case study" in text


def test_pages_say_where_a_number_of_solutions_comes_from(client: FlaskClient) -> None:
    text = _plain(_get(client, "/threat/"))
    assert "4 Transport 1 0" in text
    assert "7.2 Dams 1 1" in text


def test_pages_answer_an_empty_graph(memory_reader, client: FlaskClient) -> None:
    memory_reader.store.clear()
    for path in ("/", "/solutions", "/taxon/", "/query", "/ontology", "/vocabulary/", "/dataset"):
        assert client.get(path, headers=_HTML).status_code == 200
    assert "ecoduct ingest" in _get(client, "/")
