"""The catalogue of bad files: each is read, or refused with a reason that a person understands."""

import random
import re
from pathlib import Path

import pytest

from corpus.documents import Source
from corpus.errors import CorpusError
from corpus.readers import media_type_of
from corpus.reading import read_case_studies, read_data
from tests.corpus.bad_files import FILES, READ, BadFile

_JARGON = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|<class|NoneType|object at")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_bad_input_ends_as_a_text_or_with_a_reason(file: BadFile) -> None:
    source = Source(file.name, "", media_type_of(Path(file.name)))
    try:
        studies = read_data(file.make(), source)
    except CorpusError as error:
        reason = str(error)
        assert re.search(file.outcome, reason), reason
        assert reason.startswith(file.name)
        assert not _JARGON.search(reason)
        assert len(reason) < 400
        assert file.outcome != READ
    else:
        assert file.outcome == READ, [study.text[:200] for study in studies]
        for study in studies:
            assert study.text.startswith(study.title)
            assert all(study.text[b.start : b.end].strip() for b in study.blocks)
            study.text.encode()


def test_bad_input_catalogue_is_large() -> None:
    assert len(FILES) >= 90
    assert len({file.name for file in FILES}) == len(FILES)


def test_bad_input_a_file_of_200_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(CorpusError, match="200 MB is over the limit of 20 MB"):
        list(read_case_studies(path))


@pytest.mark.parametrize(
    ("name", "absent"),
    [("script.html", "bad()"), ("entities.html", "root:"), ("script.md", "<script>")],
)
def test_bad_input_leaves_scripts_and_entities_out(name: str, absent: str) -> None:
    file = next(file for file in FILES if file.name == name)
    source = Source(file.name, "", media_type_of(Path(file.name)))
    (study,) = read_data(file.make(), source)
    assert absent not in study.text


def _damage(data: bytes, rng: random.Random) -> bytes:
    """Change, add, double or drop some bytes."""
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        place = rng.randrange(len(damaged))
        other = rng.randrange(len(damaged))
        damaged[place : place + rng.randrange(9)] = rng.choice(
            (b"", rng.randbytes(rng.randrange(9)), damaged[other : other + rng.randrange(60)])
        )
        if len(damaged) < 20:
            return data
    return bytes(damaged)


@pytest.mark.parametrize(
    "name", ["report.docx", "word.pdf", "script.html", "wrong-fields.json", "far.csv", "crlf.md"]
)
def test_bad_input_no_damage_ends_otherwise(name: str) -> None:
    file = next(file for file in FILES if file.name == name)
    source = Source(file.name, "", media_type_of(Path(file.name)))
    rng = random.Random(name)
    data = file.make()
    ended = {"read": 0, "refused": 0}
    for _ in range(60):
        try:
            studies = read_data(_damage(data, rng), source)
        except CorpusError as error:
            assert not _JARGON.search(str(error))
            ended["refused"] += 1
        else:
            assert all(study.text.startswith(study.title) for study in studies)
            ended["read"] += 1
    assert sum(ended.values()) == 60
