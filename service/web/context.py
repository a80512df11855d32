"""Links, labels and badges in the words of the request that is being answered."""

from collections.abc import Iterable

from flask import request

from service.web.labels import find_labels, humanise
from service.web.links import Linker, external_name, local_name
from service.web.site import current_site

KINDS: dict[str, str] = {
    "taxon": "Species and groups",
    "place": "Places",
    "actor": "Actors",
    "threat": "Threats",
    "stress": "Stresses",
    "intervention": "Interventions",
    "kmgbf": "KMGBF targets",
    "cms": "CMS appendices and instruments",
}
"""Kinds of entities that have an index page, with its heading."""
MENTION_KINDS: dict[str, str] = {
    "species": "Species",
    "place": "Places",
    "actor": "Actors",
    "threat": "Threats",
    "stress": "Stresses",
    "intervention": "Interventions",
    "quantity": "Quantities",
    "project": "Projects",
    "policy_target": "Policy texts",
}
STATUS_NOTES: dict[str, str] = {
    "affirmed": "The text says that it is so.",
    "negated": "The text says that it is not so.",
    "hypothetical": "The text says that it could be so.",
    "planned": "The text says that it is planned.",
    "historical": "The text says that it was so in the past.",
    "stated": "Read from a sentence of the text.",
    "declared": "Given by the source in a field of its own.",
    "inferred": "Concluded by rules from what the text states; the text itself does not say it.",
}


def current_linker() -> Linker:
    """Return the linker for the base of the site and the path it is mounted at."""
    return Linker(current_site().minter.base, request.script_root)


def site_root() -> str:
    """Return the scheme and host that this request came to, for absolute addresses."""
    return request.host_url.rstrip("/")


class Labels:
    """Give labels of IRIs that were looked up together."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._labels = find_labels(current_site().data, wanted)

    def __call__(self, iri: str) -> str:
        return self._labels.get(iri) or local_name(iri)


def predicate_label(iri: str) -> str:
    """Return the words of a property from its name."""
    return humanise(local_name(iri)).replace("kmgbf", "KMGBF")


def template_context() -> dict[str, object]:
    """Return what every template may use."""
    linker = current_linker()
    return {
        "href": linker.href,
        "external_name": external_name,
        "local_name": local_name,
        "predicate_label": predicate_label,
        "kinds": KINDS,
        "mention_kinds": MENTION_KINDS,
        "status_notes": STATUS_NOTES,
        "is_ours": linker.is_ours,
    }
