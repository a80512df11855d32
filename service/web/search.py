"""Search over everything that has a name, and completions of a name that is being typed."""

from flask import Blueprint, Response, render_template, request

from service.index.kinds import KINDS as INDEXED
from service.index.searching import Hit, SearchIndex
from service.web.context import KINDS
from service.web.downloads import json_response
from service.web.site import current_site

blueprint = Blueprint("search", __name__)

_SHOWN = 20
_MOST = 100


def _index() -> SearchIndex | None:
    return current_site().data.search


def _words() -> str:
    return " ".join(" ".join(request.args.getlist("q")).split())[:200]


def _kind() -> str | None:
    kind = request.args.get("kind", "")
    return kind if kind in INDEXED else None


def _limit() -> int:
    try:
        return max(1, min(int(request.args.get("limit", "10")), _MOST))
    except ValueError:
        return 10


def _rows(hits: tuple[Hit, ...]) -> Response:
    rows = [
        {"iri": hit.iri, "kind": hit.kind, "label": hit.label, "matched": hit.matched}
        for hit in hits
    ]
    return json_response(rows)


@blueprint.get("/search")
def show_search() -> str:
    """Show what bears the words that were asked for, by kind."""
    index, words = _index(), _words()
    kinds = {"solution": "Solutions", **KINDS}
    found = {
        kind: index.search(words, kind, limit=_SHOWN + 1) for kind in kinds if index is not None
    }
    return render_template(
        "search.html",
        words=words,
        groups=[
            (title, kind, found[kind][:_SHOWN], len(found[kind]) > _SHOWN)
            for kind, title in kinds.items()
            if found.get(kind)
        ],
    )


@blueprint.get("/search.json")
def give_search() -> Response:
    """Give what bears the words that were asked for, the best first."""
    index = _index()
    return _rows(index.search(_words(), _kind(), limit=_limit()) if index else ())


@blueprint.get("/suggest.json")
def give_suggestions() -> Response:
    """Give completions of the beginning of a name."""
    index = _index()
    return _rows(index.suggest(_words(), _kind(), limit=_limit()) if index else ())
