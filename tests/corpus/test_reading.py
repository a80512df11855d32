"""Files and folders of texts, good and bad."""

from pathlib import Path

import pytest

from corpus.decoding import MAX_BYTES, checksum, decode_text
from corpus.errors import CorpusError
from corpus.reading import list_sources, read_case_studies

GOOD = "# A title\n\nA paragraph on wolves.\n"


def test_reading_splits_the_shipped_document_into_twelve() -> None:
    studies = list(read_case_studies(Path("corpus")))
    assert len(studies) == 12
    assert {study.lang for study in studies} == {"en"}
    assert {study.source.display for study in studies} == {"full"}
    assert all(study.url.startswith("https://panorama.solutions/en/solution/") for study in studies)
    assert all(study.contacts == ("species@iucn.org",) for study in studies)
    assert sum(bool(study.contributors) for study in studies) == 12
    assert len({study.id for study in studies}) == 12


def test_reading_leaves_no_markup_in_the_shipped_texts() -> None:
    for study in read_case_studies(Path("corpus")):
        assert not any(mark in study.text for mark in ("](", "**", "<sup>", "Want to learn", "@"))


def test_reading_takes_a_folder_in_order_and_only_formats_with_a_reader(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(GOOD)
    (tmp_path / "a.txt").write_text("Plain title\n\nText.\n")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.md").write_text(GOOD)
    assert [source.file for source, _ in list_sources(tmp_path)] == ["a.txt", "b.md"]


def test_reading_takes_only_listed_files_where_a_table_lies(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "b.md").write_text(GOOD)
    (tmp_path / "SOURCES.csv").write_text(
        "file,title,symbol,creator,url,licence,display,checksum\n"
        f"b.md,B,SYM/1,,,CC0,snippets,{checksum(GOOD.encode())}\n"
    )
    (study,) = read_case_studies(tmp_path)
    assert (study.id, study.source.display) == ("sym-1-a-title", "snippets")


def test_reading_refuses_a_file_that_is_not_the_registered_one(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(GOOD)
    (tmp_path / "SOURCES.csv").write_text(
        "file,title,symbol,creator,url,licence,display,checksum\nb.md,B,,,,,full,sha256:0\n"
    )
    with pytest.raises(CorpusError, match="not the one registered"):
        list(read_case_studies(tmp_path))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.md", b"", "the file is empty"),
        ("blank.md", b" \n\n", "the file is empty"),
        ("binary.md", bytes(range(256)) * 8, "binary data, not text"),
        (
            "broken.md",
            "# Título\n\nAñ".encode() + b"\xc3\n",
            r"damaged UTF-8 at byte \d+ \(line 3\)",
        ),
        ("untitled.md", b"Only prose here.\n", "no title"),
        ("picture.png", b"\x89PNG", "no reader for this type of file"),
    ],
)
def test_reading_says_what_is_wrong(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=message):
        list(read_case_studies(path))


def test_reading_refuses_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 30_000_000)
    with pytest.raises(CorpusError, match="50 MB is over the limit of 20 MB"):
        list(read_case_studies(path))


def test_reading_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file or folder"):
        list(read_case_studies(tmp_path / "none.md"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfOne\r\ntwo\rthree", "One\ntwo\nthree"),
        ("Écologie".encode("utf-16"), "Écologie"),
        ("Les espèces protégées de la forêt sont menacées. ".encode("cp1252") * 4, "espèces"),
    ],
)
def test_decoding_reads_other_encodings(data: bytes, text: str) -> None:
    assert text in decode_text(data, "file")


def test_decoding_says_when_it_guessed_an_encoding(caplog: pytest.LogCaptureFixture) -> None:
    decode_text("La forêt protégée des espèces menacées. ".encode("cp1252") * 4, "old.md")
    assert "old.md: not UTF-8; read as cp1252" in caplog.text
