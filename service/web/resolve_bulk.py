"""Resolve whole tables: CSV or JSON lines in, the same with what was found added, streamed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import islice

from flask import Response, request, stream_with_context

from extract.reconcile.bulk import NAME_COLUMNS, OUTPUT_COLUMNS, RowMatcher, readable_columns
from extract.reconcile.ranked import ReconcileType
from service.names import OpenNames
from service.problems import ProblemError
from service.sparql.negotiation import Offer, negotiate
from service.web.entity_solutions import count_solutions
from service.web.site import current_site

MOST_ROWS = 10_000
_CHUNK = 250
_CSV = Offer("text/csv", "text/csv", ("csv",))
_LINES = Offer("application/x-ndjson", "application/x-ndjson", ("jsonl", "ndjson"))
_LINES_TOO = Offer("application/x-ndjson", "application/jsonl")
_OFFERS = (_CSV, _LINES, _LINES_TOO)
_ADDED = (*OUTPUT_COLUMNS, "solutions")
_GENERIC = ("database", "id")
Row = dict[str, str]


def _refuse(what: str, status: int = HTTPStatus.BAD_REQUEST) -> ProblemError:
    return ProblemError(status, what)


def answer_table(names: OpenNames, types: tuple[ReconcileType, ...]) -> Response:
    """Answer a table that was sent, in its own form or in the one the Accept header wants."""
    sent = negotiate(request.content_type or "", _OFFERS) if request.content_type else None
    if sent is None:
        raise _refuse(
            "send text/csv with a header, or application/x-ndjson",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        )
    try:
        text = request.get_data().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse(f"the body is not UTF-8: {error}") from error
    rows = _read_csv(text) if sent is _CSV else _read_lines(text)
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    known = ", ".join(NAME_COLUMNS[:2])
    if not (readable_columns(columns) or set(_GENERIC) <= set(columns)):
        raise _refuse(
            f"no column to resolve by among {', '.join(columns) or 'none'}; name one after a "
            f"database (GET /resolve lists them), {known}, or give database and id"
        )
    accept = request.headers.get("Accept", "")
    wanted = sent if accept in ("", "*/*") else negotiate(accept, _OFFERS)
    if wanted is None:
        raise _refuse("answers are text/csv or application/x-ndjson", HTTPStatus.NOT_ACCEPTABLE)
    found = _match_all(names, rows, columns, types)
    chunks = _write_csv(found, columns) if wanted is _CSV else _write_lines(found)
    return Response(stream_with_context(chunks), content_type=wanted.label)


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        raise _refuse(
            f"more than {MOST_ROWS} rows; send them in several parts",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )


def _read_csv(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for cells in reader:
            if any(cells):
                if len(cells) > len(header):
                    raise _refuse(f"line {reader.line_num}: more cells than the header has")
                cells += [""] * (len(header) - len(cells))
                rows.append(dict(zip(header, cells, strict=True)))
                _check_count(len(rows))
    except csv.Error as error:
        raise _refuse(f"line {reader.line_num}: {error}") from error
    if not rows:
        raise _refuse("no rows; send a header line and a line for each row")
    return rows


def _read_lines(text: str) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise _refuse(f"line {number} is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise _refuse(f"line {number} is no object")
        rows.append({k: "" if v is None else str(v) for k, v in value.items()})
        _check_count(len(rows))
    if not rows:
        raise _refuse("no rows; send an object on each line")
    return rows


def _match_all(
    names: OpenNames,
    rows: Iterable[Row],
    columns: tuple[str, ...],
    types: tuple[ReconcileType, ...],
) -> Iterator[tuple[Row, Row]]:
    """Yield each row with what was added to it; solutions are counted for many at a time."""
    generic = set(_GENERIC) <= set(columns)
    databases = sorted({row.get("database", "") for row in rows}) if generic else []
    matcher = RowMatcher(names.queries, (*columns, *databases), types=types)
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        matches = [matcher.match(_spread(row) if generic else row) for row in chunk]
        counts = count_solutions(current_site().data, (m.iri for m in matches if m.iri))
        for row, match in zip(chunk, matches, strict=True):
            solutions = str(counts.get(match.iri, 0)) if match.iri else ""
            yield row, {**match.cells(), "solutions": solutions}


def _spread(row: Mapping[str, str]) -> Row:
    """Write ``database,id`` as a column named after the database."""
    return {**row, row.get("database", ""): row.get("id", "")}


def _write_csv(found: Iterator[tuple[Row, Row]], columns: tuple[str, ...]) -> Iterator[str]:
    kept = [column for column in columns if column not in _ADDED]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*kept, *_ADDED])
    for row, added in found:
        writer.writerow([*(row.get(c, "") for c in kept), *(added[c] for c in _ADDED)])
        if buffer.tell() > 8192:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _write_lines(found: Iterator[tuple[Row, Row]]) -> Iterator[str]:
    for row, added in found:
        typed: dict[str, object] = {**row, **added}
        typed["score"] = float(added["score"] or 0)
        typed["solutions"] = int(added["solutions"] or 0)
        yield json.dumps(typed, ensure_ascii=False) + "\n"
