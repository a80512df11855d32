"""Give the counters of the service to Prometheus at ``/metrics``."""

from flask import Blueprint, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from service.sparql.monitor import Monitor


def make_metrics_blueprint(monitor: Monitor) -> Blueprint:
    """Make the blueprint of what a monitor counts."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def show_metrics() -> Response:
        response = Response(generate_latest(monitor.registry), content_type=CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint
