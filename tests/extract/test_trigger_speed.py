"""Reading triggers stays fast, however large the lexicons grow."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.reading import read_case_studies
from extract.matching.triggers import KINDS, TriggerReader, load_reader
from ontology.lexicon import load_families, load_roles, load_triggers

REPEATS = 20


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Return the sentences of the shipped texts, many times over."""
    found: list[str] = []
    for study in read_case_studies(Path("corpus")):
        found.extend(part[0] for part in re.finditer(r"[^.!?\n]+[.!?\n]*", study.text))
    return found * REPEATS


def spend(reader: TriggerReader, sentences: list[str]) -> float:
    """Return the least CPU seconds of three readings."""
    taken = []
    for _ in range(3):
        clock = time.process_time()
        for sentence in sentences:
            reader.read(sentence, 0, len(sentence))
        taken.append(time.process_time() - clock)
    return min(taken)


@pytest.mark.slow
def test_trigger_speed_is_above_sixty_thousand_words_a_second(sentences: list[str]) -> None:
    words = sum(len(sentence.split()) for sentence in sentences)
    assert words / spend(load_reader("en"), sentences) >= 60_000


@pytest.mark.slow
def test_trigger_speed_hardly_falls_with_a_lexicon_twice_as_large(sentences: list[str]) -> None:
    rows = [row for kind in KINDS for row in load_triggers(kind) if row.lang == "en"]
    words = sorted({word for row in rows for word in re.findall(r"[a-z]{4,}", row.pattern)})
    more = [
        replace(
            row,
            pattern=f"{words[number * 7 % len(words)]} {words[number * 13 % len(words)]}",
            where=f"more.csv:{number}",
            requires="",
            forbids="",
        )
        for number, row in enumerate(rows)
    ]
    larger = TriggerReader("en", rows + more, load_families(), load_roles())
    # A tenth is the aim; the rest is the noise of a shared machine.
    assert spend(larger, sentences) <= 1.25 * spend(load_reader("en"), sentences)
