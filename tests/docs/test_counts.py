"""Over the shipped case studies VoID, /resolve, the linksets and SPARQL count the same links."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.service.web.test_linksets import check_counts_agree


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def get_data(self) -> bytes:
        return self.body


@dataclass(frozen=True, slots=True)
class _Client:
    """Ask a running service as a test client asks an application."""

    root: str

    def get(self, path: str, **options: Any) -> _Answer:
        query, headers = options.get("query_string"), options.get("headers", {})
        address = f"{self.root}{path}" + (f"?{urlencode(query)}" if query else "")
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as got:
            return _Answer(got.read())


@pytest.mark.slow
def test_counts_of_links_agree_over_the_shipped_case_studies(service_url: str) -> None:
    assert check_counts_agree(_Client(service_url)) >= 12
