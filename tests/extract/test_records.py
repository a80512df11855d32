"""The JSON contract of extractions."""

import json

import pytest

from extract.bench.generator import generate_extractions
from extract.errors import ExtractError
from extract.records import extraction_from_json, extraction_to_json
from ontology.namespaces import Minter


def _line() -> str:
    return extraction_to_json(next(generate_extractions(1, seed=3, minter=Minter())))


def test_records_come_back_as_they_were_written() -> None:
    line = _line()
    assert extraction_to_json(extraction_from_json(line)) == line


def test_records_quote_what_stands_in_the_text() -> None:
    extraction = extraction_from_json(_line())
    assert extraction.mentions
    assert all(extraction.text[m.start : m.end] == m.text for m in extraction.mentions)


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"id": 1}', "no json"])
def test_records_refuse_what_is_no_extraction(line: str) -> None:
    with pytest.raises(ExtractError, match="not an extraction record"):
        extraction_from_json(line)


def test_records_refuse_a_quote_that_is_not_its_slice() -> None:
    data = json.loads(_line())
    data["mentions"][0]["text"] = "other"
    with pytest.raises(ExtractError, match="quotes 'other'"):
        extraction_from_json(json.dumps(data))
