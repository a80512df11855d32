"""Paging by cursor: a page begins after the sort key of the last item, whatever came or went."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from service.problems import ProblemError

T = TypeVar("T")
SortKey = tuple[str, ...]
DEFAULT_LIMIT = 50
MAX_LIMIT = 500
PAGING_PARAMETERS = ("limit", "cursor")


@dataclass(frozen=True, slots=True)
class CursorPage(Generic[T]):
    """Hold the items of one page, the number of all and the address of the next page."""

    items: Sequence[T]
    total: int
    next: str | None


def check_parameters(known: Sequence[str]) -> None:
    """Refuse a request that has a parameter that nobody reads."""
    unknown = sorted(set(request.args) - set(known))
    if unknown:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f"no parameter is called {', '.join(map(repr, unknown))}; "
            f"there are {', '.join(sorted(known))}",
        )


def read_limit() -> int:
    """Read how many items a page holds; raise ProblemError where it is no such number."""
    text = request.args.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_LIMIT):
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"limit must be a whole number from 1 to {MAX_LIMIT}"
        )
    return int(text)


def write_cursor(key: SortKey) -> str:
    """Write a sort key as text that an address can hold."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(text: str, *, length: int) -> SortKey:
    """Read a cursor; raise ProblemError where it is none of ours."""
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise _bad_cursor() from error
    if not (isinstance(key, list) and len(key) == length and all(isinstance(k, str) for k in key)):
        raise _bad_cursor()
    return tuple(key)


def _bad_cursor() -> ProblemError:
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        "the cursor is none that this service gave; leave it out to begin at the first page",
    )


def page_of(items: Sequence[T], key: Callable[[T], SortKey], *, length: int) -> CursorPage[T]:
    """Sort items by key and return the page that the request asks for."""
    limit = read_limit()
    ordered = sorted(items, key=key)
    if "cursor" in request.args:
        last = read_cursor(request.args["cursor"], length=length)
        rest = [item for item in ordered if key(item) > last]
    else:
        rest = ordered
    shown = rest[:limit]
    following = None
    if len(rest) > limit:
        arguments = {name: request.args.getlist(name) for name in request.args if name != "cursor"}
        query = urlencode({**arguments, "cursor": write_cursor(key(shown[-1]))}, doseq=True)
        following = f"{request.base_url}?{query}"
    return CursorPage(shown, len(ordered), following)
