"""Reading in a process of its own, which hostile bytes can end without harm."""

from pathlib import Path

import pytest

from corpus.documents import Source
from corpus.errors import CorpusError
from corpus.sources.protocol import Fetched, SourceItem
from service.config import Settings
from service.ingest.reading import ReadingEndedError, ReadingProcess, table_columns


def fetched(data: bytes, name: str, media_type: str) -> Fetched:
    return Fetched(SourceItem(name), data, Source(name, "", media_type))


GOOD = fetched(b"# Title\n\nA road was closed.\n", "a.md", "text/markdown")


@pytest.mark.slow
def test_ingest_reading_goes_on_after_what_cannot_be_read() -> None:
    reader = ReadingProcess()
    with pytest.raises(CorpusError, match="empty"):
        reader.read(fetched(b"", "b.md", "text/markdown"))
    (study,) = reader.read(GOOD)
    reader.close()
    assert study.title == "Title"


@pytest.mark.slow
def test_ingest_reading_ends_at_its_time_and_starts_anew() -> None:
    reader = ReadingProcess(seconds=0.0)
    with pytest.raises(ReadingEndedError, match="not read after 0 s"):
        reader.read(GOOD)
    reader._seconds = 120.0
    (study,) = reader.read(GOOD)
    reader.close()
    assert study.lang


@pytest.mark.slow
def test_ingest_reading_stays_within_its_memory() -> None:
    reader = ReadingProcess(megabytes=60)
    big = fetched(b"# T\n\n" + b"word and more. " * 400_000, "big.md", "text/markdown")
    with pytest.raises(CorpusError, match=r"more than 60 MB|ended on it"):
        reader.read(big)
    reader.close()


@pytest.mark.slow
def test_ingest_reading_opens_no_file_that_a_text_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is heron", "utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    page = f"{entity}<html><body><h1>T</h1><p>Roads &s; and more words here.</p></body></html>"
    reader = ReadingProcess()
    try:
        studies = reader.read(fetched(page.encode(), "x.html", "text/html"))
    except CorpusError as error:
        assert "heron" not in str(error)
    else:
        assert all("heron" not in study.text for study in studies)
    finally:
        reader.close()


@pytest.mark.slow
def test_ingest_reading_knows_columns_by_the_names_that_are_set() -> None:
    table = fetched(b"Thema,Corps\nWege,A road was closed for elk.\n", "t.csv", "text/csv")
    unknown = ReadingProcess()
    with pytest.raises(CorpusError, match="no title; its columns are Thema, Corps"):
        unknown.read(table)
    unknown.close()
    settings = Settings(columns=("title=Thema", "text=Corps"))
    reader = ReadingProcess(columns=table_columns(settings))
    (study,) = reader.read(table)
    reader.close()
    assert (study.title, study.text.splitlines()[-1]) == ("Wege", "A road was closed for elk.")
