"""Carry out updates by the SPARQL 1.1 Protocol at ``/update``."""

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from service.config import Settings
from service.errors import ServiceError
from service.problems import ProblemError, refuse
from service.sparql.access import WriteAccess, require_scope
from service.sparql.answering import GENERATION_HEADER
from service.sparql.federation import Federation
from service.sparql.monitor import Monitor
from service.sparql.parameters import read_update
from service.store.operations import Operation

_METHODS = "OPTIONS, POST"


def make_update_blueprint(
    access: WriteAccess | None,
    federation: Federation | None = None,
    *,
    settings: Settings | None = None,
    monitor: Monitor | None = None,
) -> Blueprint:
    """Make the blueprint of the endpoint; it has no answer for other sites' scripts."""
    blueprint = Blueprint("update", __name__)
    limit_s = (settings or Settings()).update_timeout_s
    monitor = monitor or Monitor()

    @blueprint.route("/update", methods=["GET", "HEAD", "OPTIONS", "POST"])
    def carry_out_update() -> Response:
        if request.method == "OPTIONS":
            return Response(status=HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
        watch = monitor.begin("update")
        try:
            if request.method != "POST":
                raise ProblemError(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    "updates are sent by POST, with a token",
                    {"Allow": _METHODS},
                )
            granted = require_scope(access, request, "admin")
            update = read_update(request, limit_s=limit_s, federation=federation)
            watch.text = update.text
            operation = Operation(
                "update",
                update.text,
                base=url_for("update.carry_out_update", _external=True),
                relay=update.relay,
                timeout_s=update.timeout_s,
            )
            generation = granted.writer.write(operation)
        except ServiceError as error:
            watch.fail(error)
            return refuse(error)
        watch.generation = generation
        watch.end()
        return Response(status=HTTPStatus.NO_CONTENT, headers={GENERATION_HEADER: generation})

    return blueprint
