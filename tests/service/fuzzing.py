"""Send odd requests to a running service and hold it to what it promises of them."""

import http.client
import random
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import psutil
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.service.running import Service, eventually
from tests.service.sparql.test_fuzz import _ACCEPT, _GRAPHS, _METHODS, _TYPES, _mutate

INTENDED = {503, 504}
"""What a server error may be: too much is asked, or it took too long."""
_CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
LIMITS = {
    "query_timeout_s": 2,
    "update_timeout_s": 4,
    "client_cpu_s": 0,
    "answer_rows": 50_000,
    "query_memory_mb": 300,
}
"""Narrow limits, so that no request lasts; one client sends all, so no shares."""


def _send(connection: http.client.HTTPConnection, token: str, dice: random.Random) -> int:
    text, graph, accept = _mutate(dice), dice.choice(_GRAPHS), dice.choice(_ACCEPT)
    headers = {"Authorization": f"Bearer {token}", "Accept": accept}
    method, body, path = "POST", text.encode("utf-8", "replace"), "/sparql"
    match dice.randrange(5):
        case 0:
            headers["Content-Type"] = "application/sparql-query"
        case 1:
            path, headers["Content-Type"] = "/update", "application/sparql-update"
            if graph:
                path += "?" + urlencode({"using-graph-uri": graph})
        case 2:
            method, body = "GET", b""
            path += "?" + urlencode({"query": text, "named-graph-uri": graph, "timeout": "1"})
        case 3:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            path = dice.choice(("/sparql", "/update"))
            body = urlencode({path[1:].replace("sparql", "query"): text}).encode()
        case _:
            method, headers["Content-Type"] = dice.choice(_METHODS), dice.choice(_TYPES)
            path = "/rdf-graph-store?" + urlencode({"graph": graph})
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
    except (http.client.HTTPException, ConnectionError):
        # The server ends the connection of a request that it cannot read, or of a cut answer.
        connection.close()
        return 0
    return response.status


def send_mutations(service: Service, token: str, count: int, *, seed: int = 0) -> Counter[int]:
    """Send requests made of pieces of SPARQL; count their statuses, 0 for a closed connection."""
    dice = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    statuses = Counter(_send(connection, token, dice) for _ in range(count))
    connection.close()
    return statuses


def send_described(service: Service, token: str, examples: int, tags: list[str]) -> int:
    """Send requests made from openapi.json and check each answer against it; count them."""
    schema = schemathesis.openapi.from_url(f"{service.url}/openapi.json").include(tag=tags)
    sent = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        def check(case: schemathesis.Case) -> None:
            nonlocal sent
            sent += 1
            response = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=60)
            if response.status_code not in INTENDED:
                case.validate_response(response, checks=[*_CHECKS, not_a_server_error])
            else:
                case.validate_response(response, checks=_CHECKS)

        run = settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )(given(case=operation.as_strategy())(check))
        run()
    return sent


def memory_mb(service: Service) -> dict[str, float]:
    """Measure the memory of the writer and of the web process."""
    sizes = [psutil.Process(pid).memory_info().rss / 1e6 for pid in sorted(service.children())]
    return dict(zip(("writer", "web"), sizes, strict=True))


def nothing_left_over(service: Service, readers: int = 2) -> bool:
    """Tell whether only the processes that belong to a service at rest are running."""
    return eventually(lambda: len(service.readers()) == readers and len(service.children()) == 2)


def log_lines(service: Service) -> int:
    """Count the requests in the query log."""
    path = Path(service.data, "logs", "queries.jsonl")
    return len(path.read_text().splitlines()) if path.exists() else 0
