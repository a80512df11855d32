"""The HTTP client: manners, limits, and answers that go wrong in every way known."""

import gzip
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from corpus.errors import FetchError, GoneError
from corpus.fetching.addresses import is_public
from corpus.fetching.challenges import is_challenge
from corpus.fetching.client import Fetcher, FetchLimits
from tests.corpus.small_site import Site
from tests.standin.pages import CHALLENGE

_DRIPS = ("body byte by byte", "head line by line")
FAST = FetchLimits(private=True, interval_s=0, timeout_s=30, max_bytes=1_000_000, attempts=2)


def _endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def _slow(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    for _ in range(40):
        request.wfile.write(b"x")
        time.sleep(0.1)


def _slow_head(request: BaseHTTPRequestHandler) -> None:
    for _ in range(40):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: x\r\n" if _ == 0 else b"X-Slow: x\r\n")
        time.sleep(0.1)


def _hang_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


def _cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"half")
    request.close_connection = True


def _nonsense(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")
    request.close_connection = True


def _many_headers(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    for number in range(5000):
        request.send_header(f"X-{number}", "y" * 200)
    request.end_headers()
    request.close_connection = True


def _packed(body: bytes, encoding: str) -> Callable[[Site], None]:
    return lambda site: site.page("/x", body, Content_Encoding=encoding)


def _raw(handler: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[Site], None]:
    return lambda site: site.answers.__setitem__("/x", handler)


def _moves(location: str, status: int = 302) -> Callable[[Site], None]:
    return lambda site: site.page("/x", b"", status, Location=location)


def _long_way(site: Site) -> None:
    for number in range(20):
        site.page(f"/{number}", b"", 301, Location=f"/{number + 1}")
    site.page("/x", b"", 301, Location="/0")


def _pair(site: Site) -> None:
    site.page("/x", b"", 301, Location="/y")
    site.page("/y", b"", 301, Location="/x")


BAD_ANSWERS = {
    "redirect to itself": (_moves("/x"), "round in a circle"),
    "redirects in a pair": (_pair, "round in a circle"),
    "redirects without end": (_long_way, "more than 5 redirects"),
    "redirect to a file": (_moves("file:///etc/passwd"), "not a web address"),
    "redirect to nowhere": (_moves("http://no-such-host.invalid/"), "no such host"),
    "redirect to nonsense": (_moves("http://[broken"), "not a"),
    "endless body": (_raw(_endless), "larger than the limit of 1 MB"),
    "body byte by byte": (_raw(_slow), "no answer in time"),
    "head line by line": (_raw(_slow_head), "no answer in time|connection failed"),
    "hang-up": (_raw(_hang_up), "connection failed"),
    "cut body": (_raw(_cut), "connection failed"),
    "no HTTP": (_raw(_nonsense), "connection failed"),
    "head too large": (_raw(_many_headers), "connection failed"),
    "gzip bomb": (_packed(gzip.compress(bytes(50_000_000)), "gzip"), "larger than the limit"),
    "deflate bomb": (_packed(zlib.compress(bytes(50_000_000)), "deflate"), "larger than the"),
    "packed twice": (_packed(gzip.compress(gzip.compress(b"x")), "gzip, gzip"), "more than once"),
    "damaged gzip": (_packed(b"not gzip", "gzip"), "packed answer is damaged"),
    "not there": (lambda site: None, "not there any more"),
    "gone": (lambda site: site.page("/x", b"", 410), "not there any more"),
    "refused": (lambda site: site.page("/x", b"", 403), "the site refuses it"),
    "key wanted": (lambda site: site.page("/x", b"", 401), "check key and rights"),
    "teapot": (lambda site: site.page("/x", b"", 418), "answered 418"),
    "always failing": (lambda site: site.page("/x", b"", 500), "answered 500; try later"),
    "always busy": (lambda site: site.page("/x", b"", 429, Retry_After="1"), "asks to wait 1 s"),
    "busy for a day": (lambda site: site.page("/x", b"", 503, Retry_After="86400"), "wait 86400"),
    "challenge": (lambda site: site.page("/x", CHALLENGE, 403), "Cloudflare challenge"),
    "challenge as success": (lambda site: site.page("/x", CHALLENGE), "Cloudflare challenge"),
    "challenge by header": (
        lambda site: site.page("/x", b"wait", 403, cf_mitigated="challenge"),
        "Cloudflare challenge",
    ),
    "challenge while busy": (lambda site: site.page("/x", CHALLENGE, 503), "Cloudflare challenge"),
}


@pytest.mark.parametrize("way", BAD_ANSWERS)
def test_fetching_says_what_is_wrong_with_an_answer(site: Site, way: str) -> None:
    prepare, pattern = BAD_ANSWERS[way]
    prepare(site)
    site.page("/robots.txt", "")
    limits = replace(FAST, timeout_s=0.7, attempts=1) if way in _DRIPS else FAST
    with (
        Fetcher(limits, sleep=lambda _: None) as fetcher,
        pytest.raises(FetchError, match=pattern) as caught,
    ):
        fetcher.fetch(f"{site.base}/x", robots=way not in _DRIPS)
    assert not re.search(r"Error\b|0x|Traceback", str(caught.value))
    assert isinstance(caught.value, GoneError) == (way in ("not there", "gone"))


def test_fetching_answers_that_go_wrong_are_many() -> None:
    assert len(BAD_ANSWERS) >= 25


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a.test/x", "no address", "http://", "https:///x", "data:,x"],
)
def test_fetching_takes_web_addresses_only(fetcher: Fetcher, address: str) -> None:
    with pytest.raises(FetchError, match="not a web address"):
        fetcher.fetch(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_fetching_refuses_addresses_of_private_networks(host: str) -> None:
    with (
        Fetcher(FetchLimits(interval_s=0)) as fetcher,
        pytest.raises(FetchError, match="set allow_private"),
    ):
        fetcher.fetch(f"http://{host}/x")


def test_fetching_refuses_a_redirect_into_a_private_network(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first host counts as public here, and what it points to does not.
    monkeypatch.setattr("corpus.fetching.transport.is_public", lambda address: address[-1] == "1")
    site.page("/x", b"", 302, Location="http://127.0.0.2:9/secret")
    with Fetcher(FetchLimits(interval_s=0)) as fetcher, pytest.raises(FetchError, match="private"):
        fetcher.fetch(f"{site.base}/x")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("192.168.1.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
    ],
)
def test_fetching_tells_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_fetching_reuses_the_connection(site: Site, fetcher: Fetcher) -> None:
    for number in range(5):
        site.page(f"/{number}", "x")
        fetcher.fetch(f"{site.base}/{number}")
    assert site.connections == 1
    assert site.paths() == ["/robots.txt", "/0", "/1", "/2", "/3", "/4"]


def test_fetching_follows_redirects_and_tells_where_they_led(site: Site, fetcher: Fetcher) -> None:
    site.page("/x", b"", 301, Location="y?z=1")
    site.page("/y?z=1", "there", Content_Type="Text/Plain; charset=latin-1")
    page = fetcher.fetch(f"{site.base}/x")
    assert (page.url, page.data) == (f"{site.base}/y?z=1", b"there")
    assert (page.media_type, page.charset) == ("text/plain", "latin-1")


def test_fetching_obeys_robots(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.page("/private/x", "x")
    site.page("/open", "x")
    assert fetcher.fetch(f"{site.base}/open").data == b"x"
    with pytest.raises(FetchError, match=r"robots\.txt asks programs not to"):
        fetcher.fetch(f"{site.base}/private/x")
    assert fetcher.fetch(f"{site.base}/private/x", robots=False).data == b"x"
    assert site.paths().count("/robots.txt") == 1


def test_fetching_takes_failing_robots_for_a_no(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", b"", 500)
    site.page("/x", "x")
    with pytest.raises(FetchError, match="answered 500"):
        fetcher.fetch(f"{site.base}/x")
    assert "/x" not in site.paths()


def test_fetching_waits_between_requests_to_one_host(site: Site) -> None:
    waits: list[float] = []
    site.page("/robots.txt", "User-agent: ecoduct\nCrawl-delay: 7\n")
    site.page("/x", "x")
    with Fetcher(FetchLimits(private=True, interval_s=2), sleep=waits.append) as fetcher:
        for _ in range(3):
            fetcher.fetch(f"{site.base}/x")
    assert [round(wait) for wait in waits] == [2, 7, 7]


def test_fetching_tries_again_after_the_time_asked_for(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    answers = [(429, "7"), (503, ""), (200, "")]

    def answer(request: BaseHTTPRequestHandler) -> None:
        status, after = answers.pop(0)
        request.send_response(status)
        if after:
            request.send_header("Retry-After", after)
        request.send_header("Content-Length", "2")
        request.end_headers()
        request.wfile.write(b"ok")

    site.answers["/x"] = answer
    assert fetcher.fetch(f"{site.base}/x").data == b"ok"
    assert waits[0] == 7
    assert 1 <= waits[1] <= 5
    assert len(waits) == 2


def test_fetching_gives_up_after_the_attempts_and_backs_off(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    site.page("/x", b"", 502)
    with pytest.raises(FetchError, match="answered 502"):
        fetcher.fetch(f"{site.base}/x")
    assert site.paths().count("/x") == 5
    assert [1 <= wait <= 10 for wait in waits] == [True] * 4
    assert waits[3] > waits[0]


def test_fetching_does_not_wait_for_a_host_that_asks_for_a_day(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    site.page("/x", b"", 429, Retry_After="86400")
    with pytest.raises(FetchError, match="asks to wait 86400 s"):
        fetcher.fetch(f"{site.base}/x")
    assert waits == []
    assert site.paths().count("/x") == 1


def test_fetching_asks_whether_what_it_keeps_still_stands(site: Site, tmp_path: Path) -> None:
    body = [b"first"]

    def answer(request: BaseHTTPRequestHandler) -> None:
        tag = f'"{body[0].decode()}"'
        same = request.headers.get("If-None-Match") == tag
        request.send_response(304 if same else 200)
        request.send_header("ETag", tag)
        request.send_header("Last-Modified", "Mon, 01 Jan 2001 00:00:00 GMT")
        request.send_header("Content-Length", "0" if same else str(len(body[0])))
        request.end_headers()
        request.wfile.write(b"" if same else body[0])

    site.answers["/x"] = answer
    seen = []
    for text in (b"first", b"first", b"second"):
        body[0] = text
        with Fetcher(FAST, cache=tmp_path / "cache" / "http.sqlite") as fetcher:
            page = fetcher.fetch(f"{site.base}/x")
            seen.append((page.data, page.unchanged, page.version))
    assert seen == [
        (b"first", False, '"first"'),
        (b"first", True, '"first"'),
        (b"second", False, '"second"'),
    ]


def test_fetching_keeps_secrets_to_the_addresses_they_are_for(site: Site, tmp_path: Path) -> None:
    site.page("/api/list?page=1&key=hidden", "x")
    site.page("/other", "y")
    cache = tmp_path / "http.sqlite"
    secrets = {f"{site.base}/api/": {"key": "hidden"}}
    with Fetcher(FAST, cache=cache, secrets=secrets) as fetcher:
        page = fetcher.fetch(f"{site.base}/api/list?page=1")
        fetcher.fetch(f"{site.base}/other")
    assert "hidden" not in page.url
    assert site.paths() == ["/robots.txt", "/api/list?page=1&key=hidden", "/other"]
    stored = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert b"/api/list?page=1" in stored
    assert b"hidden" not in stored


def test_fetching_names_itself_and_whom_to_write_to(site: Site) -> None:
    site.page("/x", "x")
    with Fetcher(FAST, contact="https://operator.test/about") as fetcher:
        fetcher.fetch(f"{site.base}/x")
    assert site.asked[-1][1]["user-agent"] == "ecoduct (+https://operator.test/about)"


def test_fetching_does_not_take_a_long_page_with_the_guards_script_for_a_challenge() -> None:
    page = b"<script src='/cdn-cgi/challenge-platform/x.js'></script>" + b"<p>words here</p>" * 900
    assert is_challenge(CHALLENGE.encode())
    assert not is_challenge(page)
