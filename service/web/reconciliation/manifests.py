"""Say what the reconciliation service offers, as both versions of the API have it."""

from importlib.metadata import version
from typing import Any

from flask import url_for

from ontology.namespaces import ECO
from service.web.reconciliation.reading import MOST_QUERIES
from service.web.reconciliation.types import TYPES
from service.web.site import current_site

Json = dict[str, Any]
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 260
_NAME = "Ecoduct: species, places, actors, threats, interventions and policy targets"
_BATCH = 500
_LIMIT_HELP = "Most values for each row (0 for all)"
_COUNT_HELP = "Fetch the number of values instead of the values"


def service_root() -> str:
    """Return the address of the service, without a slash at its end."""
    return url_for("reconciliation.answer", _external=True)


def _types() -> list[Json]:
    return [{"id": info.id, "name": info.name} for info in TYPES]


def old_manifest() -> Json:
    """Return the manifest of version 0.2."""
    root = service_root()

    def suggest(what: str) -> Json:
        return {
            "service_url": root,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": root,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.1", "0.2"],
        "name": _NAME,
        "identifierSpace": current_site().minter.base,
        "schemaSpace": str(ECO),
        "documentation": f"{root}/about",
        "serviceVersion": version("ecoduct"),
        "logo": url_for("static", filename="icon.svg", _external=True),
        "defaultTypes": _types(),
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{root}/about#feature-{{{{id}}}}"},
        "preview": {
            "url": f"{root}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {what: suggest(what) for what in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/extend/propose"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": _LIMIT_HELP,
                },
                {
                    "name": "count",
                    "label": "Count",
                    "type": "checkbox",
                    "default": False,
                    "help_text": _COUNT_HELP,
                },
            ],
        },
        "batchSize": _BATCH,
    }


def draft_manifest() -> Json:
    """Return the manifest of the 1.0 draft."""
    root = service_root()
    return {
        "versions": ["1.0-draft"],
        "name": _NAME,
        "lang": "en",
        "documentation": f"{root}/about",
        "serviceVersion": version("ecoduct"),
        "logo": url_for("static", filename="icon.svg", _external=True),
        "defaultTypes": _types(),
        "view": {"url": f"{root}/view?id={{id}}"},
        "featureView": {"url": f"{root}/about#feature-{{id}}"},
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {
                    "id": "limit",
                    "name": "Limit",
                    "type": "number",
                    "default": 0,
                    "helpText": _LIMIT_HELP,
                },
                {
                    "id": "count",
                    "name": "Count",
                    "type": "checkbox",
                    "default": False,
                    "helpText": _COUNT_HELP,
                },
            ],
        },
        "batchSize": MOST_QUERIES,
        "standardizedScore": True,
    }
