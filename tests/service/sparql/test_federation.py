import pytest

from service.sparql.federation import Federation, drop_relayed, is_allowed

_RELAY = "http://127.0.0.1:1/secret/"
_FEDERATION = Federation(("data.test", "other.test:81"), _RELAY)


@pytest.mark.parametrize(
    "address",
    [
        "http://data.test/sparql",
        "https://DATA.test:8443/",
        "http://data.test",
        "http://other.test:81/x?default-graph-uri=urn:a",
    ],
)
def test_federation_allows_hosts_on_the_list(address: str) -> None:
    assert is_allowed(address, _FEDERATION.hosts)


@pytest.mark.parametrize(
    "address",
    [
        "http://other.test/",
        "http://other.test:82/",
        "http://data.test.evil.test/",
        "http://evil.test/data.test",
        "http://evil.test#data.test",
        "http://evil.test?@data.test",
        "http://data.test@evil.test/",
        "http://user@data.test/",
        "http://data.test:x/",
        "http://[data.test/",
        "ftp://data.test/",
        "file:///data.test",
        "//data.test/",
        "http:data.test",
        "",
    ],
)
def test_federation_allows_no_other(address: str) -> None:
    assert not is_allowed(address, _FEDERATION.hosts)


@pytest.mark.parametrize(
    ("text", "routed"),
    [
        (
            "ASK { SERVICE <http://data.test/a?b=c> { ?s ?p ?o } }",
            f"ASK {{ SERVICE <{_RELAY}http%3A%2F%2Fdata.test%2Fa%3Fb%3Dc> {{ ?s ?p ?o }} }}",
        ),
        (
            "ASK { service silent <http://data.test/> {} }",
            f"ASK {{ service silent <{_RELAY}http%3A%2F%2Fdata.test%2F> {{}} }}",
        ),
        ("ASK { SERVICE <http://evil.test/> {} }", "ASK { SERVICE <http://evil.test/> {} }"),
        ("ASK { SERVICE ?x {} }", "ASK { SERVICE ?x {} }"),
        ("ASK { SERVICE </a> {} }", "ASK { SERVICE </a> {} }"),
        ("ASK { ?s ?p 'SERVICE <http://data.test/>{'}",) * 2,
    ],
)
def test_federation_routes_to_the_relay(text: str, routed: str) -> None:
    assert _FEDERATION.route(text) == routed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"ASK {{ SERVICE SILENT <{_RELAY}x> {{}} }}", "ASK {  {} }"),
        (f"{{ SERVICE <{_RELAY}x> {{ SERVICE <urn:e> {{}} }} }}", "{  { SERVICE <urn:e> {} } }"),
    ],
)
def test_federation_drops_only_what_the_relay_gets(text: str, left: str) -> None:
    assert drop_relayed(text, _RELAY) == left
    assert drop_relayed(text, "") == text
