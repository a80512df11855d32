"""Part long lists into pages."""

from dataclasses import dataclass

SIZE = 24


@dataclass(frozen=True, slots=True)
class Page:
    """Say which part of a list is shown."""

    number: int
    last: int
    start: int
    end: int
    total: int


def paginate(total: int, wanted: str, *, size: int = SIZE) -> Page:
    """Return the page that is wanted, or the nearest that there is."""
    last = max(1, -(-total // size))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
    number = min(max(number, 1), last)
    start = (number - 1) * size
    return Page(number, last, start, min(start + size, total), total)
