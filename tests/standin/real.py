"""The case studies of the shipped document as records, so that real texts are among the made."""

from importlib.resources import files
from typing import Any

from corpus.documents import Source
from corpus.reading import read_data

_TEXT = "texts/UNEP-CMS-COP14-Inf.42.md"


def real_records() -> tuple[dict[str, Any], ...]:
    """Return a record for each of the twelve; the same in every language, as old pages are."""
    data = files("corpus").joinpath(_TEXT).read_bytes()
    records = []
    for number, study in enumerate(read_data(data, Source(_TEXT, "", "text/markdown")), start=1):
        prose = [
            study.text[b.start : b.end] for b in study.blocks if b.type in ("prose", "list_item")
        ]
        records.append(
            {
                "id": str(number),
                "url": study.url,
                "title": study.title,
                "summary": "".join(f"<p>{paragraph}</p>" for paragraph in prose),
                "classifications": {},
                "contributors": [],
                "field_location": "",
                "field_location_geofield": None,
            }
        )
    return tuple(records)
