import itertools

import pyoxigraph
import pytest

from service.sparql.tokenizer import (
    decode_escapes,
    is_update,
    query_form,
    remote_keywords,
    tokenize,
)

_BEFORE = (
    "",
    "?s ?p 1",
    "?s ?p true ",
    "?s ?p true",
    '?s ?p "x"',
    "?s ?p ?o.",
    "{}",
    "?s a ex:a .",
)
_KEYWORD = ("SERVICE", "sErViCe ", "SERVICE\n#>\n", "SERVICE\t")
_NAME = ("<http://127.0.0.1:9/>", "ex:x", "serviceex:x", "?s")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("select?x{}", "SELECT"),
        ("SELECTDISTINCT ?x {}", "SELECT"),
        ("# ASK\nPREFIX select: <http://e/construct#> ASK {}", "ASK"),
        ("BASE <http://e/ask> PREFIX : <#> CONSTRUCT WHERE { ?s ?p 'SELECT' }", "CONSTRUCT"),
        ("DESCRIBE <http://e/select>", "DESCRIBE"),
        ("INSERT DATA {} ; SELECT", None),
        ("hello", None),
        ("", None),
    ],
)
def test_tokenizer_finds_the_query_form(text: str, form: str | None) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize(
    ("text", "update"),
    [
        ("PREFIX insert: <http://e/> DELETE WHERE { ?s ?p ?o }", True),
        ("LOAD <http://e/>", True),
        ("SELECT * { ?s ?p 'DELETE' }", False),
    ],
)
def test_tokenizer_tells_updates_from_queries(text: str, update: bool) -> None:
    assert is_update(text) is update


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE', \"SERVICE <http://e/>\" }",
        "SELECT * { ?s ?p '''it''s SERVICE''' }",
        'SELECT * { ?s ?p """a "SERVICE" b\\""" SERVICE""" }',
        "SELECT * { ?s ?p '\\' SERVICE ' }",
        "SELECT * { # SERVICE <http://e/>\n ?SERVICE a ex:SERVICE, <http://e/SERVICE>, _:SERVICE }",
        "SELECT * { ?s ?p 'a'@service }",
        "PREFIX service: <http://e/> SELECT * { ?s service:load ?o FILTER(?o < service:x) }",
        "PREFIX load: <http://e/> SELECT * FROM load:a { GRAPH load:x { ?s load:p ?o } }",
        "PREFIX service: <http://e/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
        "SELECT (1<2 AS ?x) {} # > SERVICE",
    ],
)
def test_tokenizer_lets_harmless_words_pass(text: str) -> None:
    assert remote_keywords(text) == ()


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("SELECT * { SERV\\u0049CE <http://e/> {} }", ("SERVICE",)),
        ("SELECT * { \\U00000053ERVICE SILENT ?x {} }", ("SERVICE",)),
        ('SELECT * { ?s ?p "\\u0022 . SERVICE <http://e/> {} \\u0022" }', ("SERVICE",)),
        ("SELECT * { SERVICESILENTex:x {} }", ("SERVICE",)),
        ("SELECT * { ?s?p?o.SERVICE<http://e/>{} }", ("SERVICE",)),
        ("SELECT * { FILTER(?a<?b)SERVICE<http://e/>{} }", ("SERVICE",)),
        ("LOAD <http://e/>", ("LOAD",)),
        ("PREFIX ex: <http://e/> LOADex:x", ("LOAD",)),
        ("CLEAR ALL;load silent <http://e/> INTO GRAPH <http://e/g>", ("LOAD",)),
        ("INSERT DATA { <a:a> <a:b> 'LOAD' } ; LOAD <http://e/>", ("LOAD",)),
    ],
)
def test_tokenizer_finds_keywords_that_reach_out(text: str, keywords: tuple[str, ...]) -> None:
    assert remote_keywords(text) == keywords


@pytest.mark.parametrize(
    ("before", "keyword", "name"), list(itertools.product(_BEFORE, _KEYWORD, _NAME))
)
def test_tokenizer_finds_every_service_that_the_engine_calls(
    before: str, keyword: str, name: str
) -> None:
    text = (
        "PREFIX ex: <http://127.0.0.1:9/> PREFIX serviceex: <http://127.0.0.1:9/> "
        f"SELECT * {{ {before}{keyword}{name}{{ ?a ?b ?c }} }}"
    )
    subject = pyoxigraph.NamedNode("http://127.0.0.1:9/s")
    store = pyoxigraph.Store()
    for value in (1, True, "x"):
        store.add(pyoxigraph.Quad(subject, subject, pyoxigraph.Literal(value)))
    try:
        list(store.query(text))
        called = False
    except SyntaxError:
        called = False
    except (OSError, RuntimeError):
        called = True
    assert remote_keywords(text) == ("SERVICE",) or not called


def test_tokenizer_cuts_a_query_into_tokens() -> None:
    text = "SELECT ?x { ?x a ex:a.b, <http://e/#> ; ex:p 'it'@en-GB, 1.5e3 . } # end"
    assert [(token.kind, token.text) for token in tokenize(text)] == [
        ("word", "SELECT"),
        ("variable", "?x"),
        ("other", "{"),
        ("variable", "?x"),
        ("word", "a"),
        ("name", "ex:a.b"),
        ("other", ","),
        ("iri", "<http://e/#>"),
        ("other", ";"),
        ("name", "ex:p"),
        ("string", "'it'"),
        ("lang", "@en-GB"),
        ("other", ","),
        ("number", "1.5e3"),
        ("other", "."),
        ("other", "}"),
    ]


def test_tokenizer_decodes_codepoints_and_keeps_impossible_ones() -> None:
    assert decode_escapes("\\u0041\\U00000042\\UFFFFFFFF") == "AB\\UFFFFFFFF"
