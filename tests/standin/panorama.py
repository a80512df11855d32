"""A stand-in for the PANORAMA site on loopback: its keyed API, its pages, its bad days.

Deterministic from a seed. Run it by hand with ``python -m tests.standin.panorama``.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.standin.pages import CHALLENGE, make_page, make_record
from tests.standin.texts import LANGUAGES, make_facts

KEY = "stand-in-key"

SPOILS: dict[str, dict[str, Any]] = {
    "no title": {"title": None},
    "title of a wrong type": {"title": ["a", "list"]},
    "empty summary": {"summary": ""},
    "summary of a wrong type": {"summary": 7},
    "no summary": {"summary": None},
    "a challenge page for summary": {"summary": CHALLENGE},
}
"""What can be wrong with a record itself; none of them makes a text."""

FAULTS = ("429", "503", "500", "challenge", "reset", "truncated")
"""What can go wrong with an answer; all but the challenge are over at the next try."""


class PanoramaStandIn:
    """Serve solutions; change, remove and spoil them between runs."""

    def __init__(
        self,
        *,
        seed: int = 1,
        count: int = 300,
        per_page: int = 50,
        real: tuple[dict[str, Any], ...] = (),
        port: int = 0,
        paragraphs: int = 2,
    ) -> None:
        """``real`` are further records, given as they are in each language."""
        self.paragraphs = paragraphs
        self.seed = seed
        self.per_page = per_page
        self.versions = dict.fromkeys(range(count), 0)
        self.spoiled: dict[int, str] = {}
        self.removed: set[int] = set()
        self.real = real
        self.fault_every = 0
        """Each so-manieth request goes wrong first, 0 for none; the ways take turns."""
        self.faults: tuple[str, ...] = FAULTS[:3]
        self.endless = False
        """Whether paging never ends: each page past the last repeats the first."""
        self.requests: Counter[str] = Counter()
        self.cpu_s = 0.0
        """CPU seconds that answering took: what a real site would spend elsewhere."""
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self.server.daemon_threads = True
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "PanoramaStandIn":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def _some(self, share: float, seed: int) -> list[int]:
        standing = sorted(set(self.versions) - self.removed - set(self.spoiled))
        return sorted(random.Random(seed).sample(standing, round(share * len(standing))))

    def change(self, share: float, *, seed: int) -> list[int]:
        """Give a share of the solutions a new text; return their numbers."""
        chosen = self._some(share, seed)
        for number in chosen:
            self.versions[number] += 1
        return chosen

    def remove(self, share: float, *, seed: int) -> list[int]:
        """Take a share of the solutions away; return their numbers."""
        chosen = self._some(share, seed)
        self.removed.update(chosen)
        return chosen

    def spoil(self, share: float, *, seed: int) -> dict[int, str]:
        """Spoil a share of the records, the ways taking turns; return number and way."""
        chosen = self._some(share, seed)
        ways = list(SPOILS)
        self.spoiled.update({n: ways[i % len(ways)] for i, n in enumerate(chosen)})
        return {number: self.spoiled[number] for number in chosen}

    def mend(self) -> None:
        """Give every spoiled record back as it was."""
        self.spoiled.clear()

    def standing(self) -> list[int]:
        """Return the numbers of the solutions that are there, spoiled ones too."""
        return sorted(set(self.versions) - self.removed)

    def records(self, lang: str) -> list[dict[str, Any]]:
        """Return what the API lists in a language, in its order."""
        made = [self._record(number, lang) for number in self.standing()]
        return made + [{**record, "url": record["url"].replace("/en/", f"/{lang}/")}
                       for record in self.real]  # fmt: skip

    def _record(self, number: int, lang: str) -> dict[str, Any]:
        facts = make_facts(self.seed, number, self.versions[number])
        record = make_record(
            self.seed, facts, lang, "https://panorama.solutions", paragraphs_most=self.paragraphs
        )
        return record | SPOILS.get(self.spoiled.get(number, ""), {})

    def answer(self, target: str) -> tuple[int, str, dict[str, str], bytes]:
        """Return status, kind of fault, headers and body for a request."""
        parts = urlsplit(target)
        with self.lock:
            self.requests[parts.path] += 1
            total = sum(self.requests.values())
        if self.fault_every and total % self.fault_every == 0:
            fault = self.faults[total // self.fault_every % len(self.faults)]
            if fault in ("429", "503"):
                return int(fault), fault, {"Retry-After": "1"}, b"slow down"
            if fault == "500":
                return 500, fault, {}, b"oops"
            if fault == "challenge":
                return 403, fault, {"Server": "cloudflare"}, CHALLENGE.encode()
            return 200, fault, {}, b'{"solutions": [{"sol'
        if parts.path == "/robots.txt":
            return 200, "", {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /user/\n"
        if match := re.fullmatch(r"/(en|fr|es)/api/v1/solutions", parts.path):
            return self._list(match[1], parse_qs(parts.query))
        if match := re.fullmatch(r"/(en|fr|es)/(?:solution/.*-|node/1)0*?(\d+)", parts.path):
            number = int(match[2])
            if number in self.removed:
                return 410, "", {}, b"gone"
            if number in self.versions:
                facts = make_facts(self.seed, number, self.versions[number])
                page = make_page(self.seed, facts, match[1], self.base)
                return 200, "", {"Content-Type": "text/html; charset=utf-8"}, page.encode()
        return 404, "", {}, b"not found"

    def _list(
        self, lang: str, query: dict[str, list[str]]
    ) -> tuple[int, str, dict[str, str], bytes]:
        if query.get("api_key") != [KEY]:
            return 403, "", {}, b'{"message": "no valid key"}'
        records = self.records(lang)
        wanted = query.get("country_iso_2[]")
        if wanted:
            of = {str(10_000 + n): make_facts(self.seed, n).country[0] for n in self.versions}
            records = [record for record in records if of.get(record["id"]) in wanted]
        page = int(query.get("page", ["0"])[0])
        part = records[page * self.per_page : (page + 1) * self.per_page]
        if self.endless and not part:
            part = records[: self.per_page]
        body = {
            "solutions": [{"solution": record} for record in part],
            "pager": {"count": len(records) + (10**9 if self.endless else 0)},
        }
        data = json.dumps(body, ensure_ascii=False).encode()
        return 200, "", {"Content-Type": "application/json"}, data


def _handler(site: PanoramaStandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            began = time.thread_time()
            try:
                self._answer()
            finally:
                with site.lock:
                    site.cpu_s += time.thread_time() - began

        def _answer(self) -> None:
            status, fault, headers, body = site.answer(self.path)
            if fault == "reset":
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (fault == "truncated")))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = fault == "truncated"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def main() -> None:
    """Serve until interrupted."""
    import sys

    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    with PanoramaStandIn(port=port) as site:
        sys.stderr.write(f"{site.base}, key {KEY}, languages {', '.join(LANGUAGES)}\n")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
