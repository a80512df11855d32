"""Give the same rows as CSV or JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from flask import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> object:
    """Keep spreadsheets from running text as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_response(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> Response:
    """Write rows as CSV by RFC 4180."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return Response(buffer.getvalue(), content_type="text/csv; charset=utf-8")


def json_response(data: object) -> Response:
    """Write data as JSON."""
    return Response(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json")


def rows_response(
    suffix: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> Response:
    """Write rows by the suffix of the address: ``csv`` or ``json``."""
    if suffix == "csv":
        return csv_response(columns, rows)
    return json_response([{column: row.get(column, "") for column in columns} for row in rows])
