"""The texts of case studies, kept outside the graph so that rights can be held to.

A text is stored before the graph that quotes it and becomes the one that is shown after it, so a
page never shows a text with the offsets of another version.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.documents import Block, Break, CaseStudy, Source
from extract.records import Extraction
from service.store.sqlite import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (
    id TEXT NOT NULL,
    checksum TEXT NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    record TEXT NOT NULL,
    PRIMARY KEY (id, checksum)
) WITHOUT ROWID
"""


def text_checksum(text: str) -> str:
    """Return the checksum of a text as its graph states it."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def case_study_json(case_study: CaseStudy) -> str:
    """Write a case study as JSON, keys sorted."""
    return json.dumps(asdict(case_study), ensure_ascii=False, sort_keys=True)


def _from_json(record: str) -> CaseStudy:
    data: dict[str, Any] = json.loads(record)
    data["source"] = Source(**data["source"])
    data["blocks"] = tuple(Block(**block) for block in data["blocks"])
    data["offset_map"] = tuple(Break(**item) for item in data["offset_map"])
    data["contributors"] = tuple(data["contributors"])
    data["contacts"] = tuple(data["contacts"])
    data["declared"] = tuple(tuple(pair) for pair in data.get("declared", ()))
    data["declared"] = tuple((name, value) for name, value in data.get("declared", ()))
    return CaseStudy(**data)


def case_study_of(extraction: Extraction) -> CaseStudy:
    """Return the text part of an extraction record."""
    return CaseStudy(
        id=extraction.id,
        title=extraction.title,
        lang=extraction.lang,
        text=extraction.text,
        blocks=extraction.blocks,
        offset_map=extraction.offset_map,
        source=extraction.source,
        url=extraction.url,
    )


class TextStore:
    """Keep case studies by identifier and checksum of their text; usable from any thread."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)

    def add(self, case_studies: Iterable[CaseStudy]) -> None:
        """Store texts without showing them yet."""
        rows = [(c.id, text_checksum(c.text), case_study_json(c)) for c in case_studies]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO texts (id, checksum, record) VALUES (?, ?, ?) "
                "ON CONFLICT (id, checksum) DO UPDATE SET record = excluded.record",
                rows,
            )

    def show(self, case_studies: Iterable[CaseStudy]) -> None:
        """Make these texts the ones that are shown and drop their other versions."""
        rows = [(c.id, text_checksum(c.text)) for c in case_studies]
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM texts WHERE id = ? AND checksum <> ?", rows)
            connection.executemany("UPDATE texts SET shown = 1 WHERE id = ? AND checksum = ?", rows)

    def remove(self, identifiers: Iterable[str]) -> None:
        """Drop texts in all their versions."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM texts WHERE id = ?", [(i,) for i in identifiers])

    def case_study(self, document: str, checksum: str | None = None) -> CaseStudy | None:
        """Return the text of a case study, or the version with this checksum; None if not kept.

        What of it may be shown is for the caller to hold to: ``source.display`` says it.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT record FROM texts WHERE id = ?1 AND (checksum = ?2 OR ?2 IS NULL) "
                "ORDER BY shown DESC LIMIT 1",
                (document, checksum),
            ).fetchone()
        return _from_json(row[0]) if row else None

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()
