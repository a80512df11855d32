import json
import re
from urllib.robotparser import RobotFileParser

import pyoxigraph as ox
from flask.testing import FlaskClient

from service.errors import StoreUnavailableError


def test_operations_say_that_the_service_is_ready(client: FlaskClient, memory_reader) -> None:
    body = json.loads(client.get("/health").data)
    quads = memory_reader.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    triples = len(list(quads))
    assert body == {"live": True, "ready": True, "triples": triples, "generation": "g1"}


def test_operations_say_that_it_is_not_ready(client: FlaskClient, memory_reader) -> None:
    memory_reader.planted["SELECT"] = StoreUnavailableError("/srv/secret")
    response = client.get("/health")
    assert response.status_code == 503
    assert json.loads(response.data)["ready"] is False
    assert "secret" not in response.text
    assert client.get("/health/live").status_code == 200


def test_operations_keep_crawlers_out_of_choices_of_facets(client: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    page = client.get("/solutions").text
    choices = re.findall(r'<a href="(/solutions\?[^"]+)"([^>]*)>', page)
    assert choices
    for address, attributes in choices:
        assert 'rel="nofollow"' in attributes
        assert not robots.can_fetch("any", address)
    for address in ("/", "/solutions", "/solutions?page=2", "/taxon/cervidae.html", "/sparql"):
        assert robots.can_fetch("any", address), address
