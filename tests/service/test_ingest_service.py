"""A running service that watches a source and takes what is posted, as the operator's page says."""

import json
import re
import tomllib
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from service.ingest.state import IngestState
from service.store.folder import DataFolder
from tests.corpus.bad_files import rewrite_docx
from tests.service.running import Service, eventually
from tests.standin.panorama import KEY, PanoramaStandIn

CASE = b"# A corridor for elk\n\nIn Romania a road was closed so that elk can pass.\n"


def documented_settings(address: str) -> dict[str, object]:
    """Return the settings of the operator's page, with key and address of the stand-in."""
    page = Path("docs/for-operators.md").read_text("utf-8")
    (text,) = re.findall(r"```toml\n(panorama_key.*?)```", page, re.DOTALL)
    settings = tomllib.loads(text)
    settings["panorama_key"] = KEY
    settings["sources"] = ",".join(
        source.replace("https://panorama.solutions", address) for source in settings["sources"]
    )
    return settings


def call(url: str, token: str, data: bytes | None = None) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/markdown"}
    with urlopen(Request(url, data, headers), timeout=30) as response:
        answer: dict[str, object] = json.loads(response.read())
    return answer


@pytest.mark.slow
def test_ingest_service_watches_panorama_and_takes_posts(
    tmp_path: Path, gazetteer_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / gazetteer_path.name).symlink_to(gazetteer_path, target_is_directory=True)
    with PanoramaStandIn(count=3) as site:
        settings = documented_settings(site.base)
        with Service(data, fetch_private=True, fetch_interval_s=0, **settings) as service:

            def documents() -> int:
                if not DataFolder(data).state.exists():
                    return 0
                state = IngestState(DataFolder(data).state)
                try:
                    return state.count("done")
                finally:
                    state.close()

            assert eventually(lambda: documents() == 9, 240)
            token = service.add_token()
            with pytest.raises(HTTPError, match="401"):
                call(f"{service.url}/ingest", "eco_none", CASE)
            job = call(f"{service.url}/ingest?name=elk.md", token, CASE)
            status = f"{service.url}{job['status']}"
            assert eventually(lambda: call(status, token)["state"] != "waiting", 240)
            done = call(status, token)
            assert (done["state"], done["reason"]) == ("done", "")
            (case_study,) = done["caseStudies"]  # type: ignore[misc]
            path = str(case_study).removeprefix("https://w3id.org/ecoduct")
            assert eventually(lambda: service.answers(path))
            with urlopen(f"{service.url}/ingest", timeout=30) as response:
                page = response.read().decode()
            assert "Nothing has failed." in page and f"panorama:{site.base}" in page
            outside = tmp_path / "outside.txt"
            archives = {
                "slip.docx": rewrite_docx({f"../../../../../../..{outside}": b"x"}),
                "bomb.docx": rewrite_docx({"word/media/a.bin": bytes(400_000_000)}),
            }
            jobs = {
                name: call(f"{service.url}/ingest?name=../{name}", token, archive)
                for name, archive in archives.items()
            }
            addresses = {name: f"{service.url}{job['status']}" for name, job in jobs.items()}
            for name, address in addresses.items():
                assert eventually(lambda at=address: call(at, token)["state"] != "waiting", 240)
                assert call(address, token)["job"] == name
            assert call(addresses["slip.docx"], token)["state"] == "done"
            bomb = call(addresses["bomb.docx"], token)
            assert bomb["state"] == "failed"
            assert bomb["reason"] == "bomb.docx: would unpack to 401 MB; not read"
            assert not outside.exists()
