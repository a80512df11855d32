"""Take texts over HTTP, and show how ingestion goes: runs and failures."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for

from corpus.errors import CorpusError
from service.config import Settings
from service.errors import ServiceError
from service.ingest.failures import Failure, list_failures
from service.problems import ProblemError, refuse
from service.records.run_list import list_runs
from service.sparql.access import WriteAccess, require_scope
from service.web.downloads import json_response
from service.web.site import current_site

if TYPE_CHECKING:
    from service.ingest.inbox import Inbox

_RUNS = 50


def _read_upload() -> tuple[bytes, str, str]:
    """Return bytes, media type and name of what is posted: a body, or one file of a form."""
    if request.mimetype == "multipart/form-data":
        file = next(iter(request.files.values()), None)
        if file is None:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "the form holds no file")
        return file.read(), file.mimetype, request.args.get("name") or file.filename or ""
    return request.get_data(), request.mimetype, request.args.get("name", "")


def _shown(failure: Failure) -> dict[str, str]:
    """Return a failure without the folders of this machine."""
    folder, _, name = failure.item.rpartition("/")
    key = name if failure.key == failure.item and failure.item.startswith("/") else failure.key
    reason = (
        failure.reason.replace(f"{folder}/", "")
        if failure.item.startswith("/")
        else (failure.reason)
    )
    return {"kind": failure.kind, "key": key, "reason": reason, "updated": failure.updated}


def _inbox(settings: Settings) -> "Inbox":
    # Brings all readers along, which would make the start of the service a third longer.
    from service.ingest.inbox import Inbox

    return Inbox(settings)


def make_ingest_blueprint(
    access: WriteAccess | None, settings: Settings, posted: Callable[[], None] | None = None
) -> Blueprint:
    """Make the blueprint; ``posted`` is told of what is taken, without access it only shows."""
    blueprint = Blueprint("ingest", __name__)

    @blueprint.get("/ingest")
    def show_ingestion() -> str:
        site = current_site()
        return render_template(
            "ingest.html",
            runs=list_runs(site.data, site.minter, limit=_RUNS),
            failures=[_shown(failure) for failure in list_failures(settings)],
        )

    @blueprint.post("/ingest")
    def take() -> Response:
        try:
            require_scope(access, request, "ingest")
            data, media_type, name = _read_upload()
            job = _inbox(settings).put(data, media_type=media_type, name=name)
            if posted is not None:
                posted()
        except CorpusError as error:
            return refuse(ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, str(error)))
        except ServiceError as error:
            return refuse(error)
        address = url_for("ingest.show_job", job=job)
        response = json_response({"job": job, "status": address})
        response.status_code = HTTPStatus.ACCEPTED
        response.headers["Location"] = address
        return response

    @blueprint.get("/ingest/jobs/<job>")
    def show_job(job: str) -> Response:
        try:
            require_scope(access, request, "ingest")
        except ServiceError as error:
            return refuse(error)
        found = _inbox(settings).job(job)
        body = {"job": found.id, "state": found.state, "reason": found.reason}
        minter = current_site().minter
        response = json_response(body | {"caseStudies": [*map(minter.case_study, found.documents)]})
        if found.state == "unknown":
            response.status_code = HTTPStatus.NOT_FOUND
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint
