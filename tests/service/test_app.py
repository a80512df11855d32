import hashlib
import json
import re
import subprocess
import sys
from html import unescape
from importlib.resources import files

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Settings
from service.errors import QueryTimeoutError, ServiceError, StoreUnavailableError

_HTML = {"Accept": "text/html"}
_PAGES = [
    "/",
    "/solutions",
    "/solutions?threat=4&q=elk&more=country",
    "/solution/alder-bridges.html",
    "/solution/free-rivers.html",
    "/solution/closed-report.html",
    "/case-study/free-rivers",
    "/taxon/cervidae.html",
    "/taxon/acipenser.html",
    "/place/ca.html",
    "/actor/alder-trust.html",
    "/threat/4.html",
    "/intervention/1.1.html",
    "/kmgbf/2.html",
    "/cms/appendix-ii.html",
    "/document/alder-bridges-md",
    "/graph/alder-bridges",
    "/annotation/alder-bridges/m1.html",
    "/threat/",
    "/taxon/",
    "/place/",
    "/actor/",
    "/stress/",
    "/intervention/",
    "/kmgbf/",
    "/cms/",
    "/query",
    "/query?query=ASK%7B%7D",
    "/ontology",
    "/vocabulary/",
    "/vocabulary/threat",
    "/dataset",
]


@pytest.mark.parametrize("path", _PAGES)
def test_app_pages_answer(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=_HTML)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", _PAGES)
def test_app_pages_need_nothing_inline_and_nothing_from_outside(
    client: FlaskClient, path: str
) -> None:
    text = client.get(path, headers=_HTML).text
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|javascript:"
        r"|<script(?! type=\"application/ld\+json\">)(?![^>]* src=\"/static/)",
        text,
    )
    for tag in re.findall(r"<(?:script|img|image|link)\b[^>]*>", text):
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", tag), tag


def test_app_links_lead_somewhere(client: FlaskClient) -> None:
    waiting, statuses = ["/"], {}
    while waiting:
        address = waiting.pop()
        with client.get(address, headers=_HTML) as response:
            statuses[address] = response.status_code
            is_page = response.content_type.startswith("text/html")
            found = re.findall(r'href="(/[^"#]*)', response.text) if is_page else []
        for link in {unescape(link) for link in found}:
            if link not in statuses and link not in waiting and link.count("=") < 2:
                waiting.append(link)
    assert {a: s for a, s in statuses.items() if s not in (200, 303)} == {}
    assert len(statuses) > 150


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/nothing", "/static/style.css"])
def test_app_sets_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/taxon/unknown",
        "/solution/unknown.html",
        "/nothing",
        "/no/such/thing.ttl",
        "/query?question=x",
        "/solutions/",
    ],
)
def test_app_says_what_to_do_about_an_unknown_address(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=_HTML)
    assert response.status_code == 404
    assert "What you can do" in response.text


def test_app_gives_problem_json_to_programs(client: FlaskClient) -> None:
    response = client.get("/taxon/unknown", headers={"Accept": "application/json"})
    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_app_refuses_other_methods(client: FlaskClient) -> None:
    response = client.post("/solutions", headers=_HTML)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_app_refuses_large_bodies(client: FlaskClient) -> None:
    response = client.post(
        "/sparql", data=b"x" * (11 << 20), content_type="application/sparql-query"
    )
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreUnavailableError("/srv/secret/data is gone"), 503),
        (QueryTimeoutError("/srv/secret took long"), 504),
        (ServiceError("/srv/secret broke"), 500),
    ],
)
def test_app_tells_no_paths_when_the_store_fails(
    client: FlaskClient, memory_reader, error: Exception, status: int
) -> None:
    memory_reader.planted["SELECT"] = error
    response = client.get("/", headers=_HTML)
    assert response.status_code == status
    assert "secret" not in response.text


def test_app_tells_no_tracebacks(app: Flask, memory_reader) -> None:
    memory_reader.planted["SELECT"] = RuntimeError("/srv/secret")
    response = app.test_client().get("/", headers=_HTML)
    assert response.status_code == 500
    assert "secret" not in response.text


def test_app_links_by_path_whatever_the_base(memory_reader, memory_texts) -> None:
    app = create_app(Settings(), memory_reader, memory_texts)
    response = app.test_client().get("/solutions", base_url="http://host/mounted/")
    assert 'href="/mounted/solution/alder-bridges.html"' in response.text


def test_app_offers_the_packaged_questions(client: FlaskClient, app: Flask) -> None:
    text = client.get("/", headers=_HTML).text
    questions = app.extensions["ecoduct"].questions
    assert len(questions) >= 6
    for question in questions:
        assert f"/query?question={question.key}" in text


def test_app_imports_neither_spacy_nor_a_store() -> None:
    code = (
        "import sys, service.app\n"
        "bad = {'spacy', 'pyoxigraph', 'owlready2', 'pyshacl', 'numpy', 'markdown_it'}\n"
        "bad &= set(sys.modules)\n"
        "sys.exit(f'imported {sorted(bad)}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_app_ships_vendored_files_as_their_manifest_says() -> None:
    vendor = files("service") / "static" / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    listed = {}
    for package in manifest["packages"]:
        assert package["integrity"].startswith("sha512-")
        assert any(name.endswith("/LICENSE") for name in package["files"])
        listed |= package["files"]
    found = {
        f"{folder.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in vendor.iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
    }
    assert found == listed


def test_app_sends_hsts_over_tls_alone(client: FlaskClient) -> None:
    secure = client.get("/health", base_url="https://host/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/health").headers


@pytest.mark.parametrize("address", ["/", "/solutions", "/query", "/taxon/cervidae.html"])
def test_app_has_nothing_that_another_site_could_forge(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers=_HTML)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert not re.search(r'<form[^>]*method="?post', response.text, re.IGNORECASE)
