"""Splitting compilations and typing blocks."""

import pytest

from corpus.building import source_offset
from corpus.documents import CaseStudy, Source
from corpus.errors import CorpusError
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.splitter import normalise_url, solution_key, split_document

COMPILATION = """\
A circular of the secretariat

# Lessons from five rivers

Preface of the editors.

## Otters return to the Lower Vesk

### In short

The **Vesk Trust** took down 3 weirs over 12 km<sup>2</sup>.

[Vesk Trust](#)

© A. Photographer

Otter at dusk on the river Vesk.

Find out more?

See [www.rivers.test/en/solution/otters-vesk?x=1](http://www.rivers.test/en/solution/otters-vesk?x=1)
Write to [team@rivers.test](mailto:team@rivers.test)

## Eels climb again

### In short

- a first step
- a second *step*

Read [rivers.test/en/solution/eels](https://rivers.test/en/solution/eels/)
"""


def _split(text: str, *, reader=read_markdown) -> tuple[CaseStudy, ...]:
    return split_document(reader(text.encode(), Source("rivers.md", "", "text/markdown")))


def _blocks(case_study: CaseStudy) -> list[tuple[str, str]]:
    return [(b.type, case_study.text[b.start : b.end]) for b in case_study.blocks]


def test_splitter_finds_each_case_study_of_a_compilation() -> None:
    first, second = _split(COMPILATION)
    assert first.title == "Otters return to the Lower Vesk"
    assert first.id == "rivers-otters-return-to-the-lower-vesk"
    assert first.url == "https://rivers.test/en/solution/otters-vesk"
    assert first.contributors == ("Vesk Trust",)
    assert first.contacts == ("team@rivers.test",)
    assert second.title == "Eels climb again"
    assert second.url == "https://rivers.test/en/solution/eels"


def test_splitter_types_blocks_and_drops_calls_to_action() -> None:
    first, second = _split(COMPILATION)
    assert _blocks(first) == [
        ("title", "Otters return to the Lower Vesk"),
        ("heading", "In short"),
        ("prose", "The Vesk Trust took down 3 weirs over 12 km2."),
        ("credit", "Vesk Trust"),
        ("credit", "© A. Photographer"),
        ("caption", "Otter at dusk on the river Vesk."),
    ]
    assert _blocks(second)[2:] == [
        ("list_item", "- a first step"),
        ("list_item", "- a second step"),
    ]


def test_splitter_text_is_title_blank_line_paragraphs() -> None:
    first, _ = _split(COMPILATION)
    assert first.text.startswith("Otters return to the Lower Vesk\n\nIn short\n\nThe Vesk Trust")


def test_splitter_maps_every_character_to_its_place_in_the_source() -> None:
    for case_study in _split(COMPILATION):
        for offset, char in enumerate(case_study.text):
            if not char.isspace():
                place, page = source_offset(case_study.offset_map, offset)
                assert (COMPILATION[place], page) == (char, None)


def test_splitter_keeps_a_text_with_one_title_whole() -> None:
    (study,) = _split("# One title\n\n## Context\n\nFirst.\n\n## Results\n\nSecond.\n")
    assert study.text == "One title\n\nContext\n\nFirst.\n\nResults\n\nSecond."
    assert study.id == "rivers-one-title"


def test_splitter_keeps_characters_and_list_marks_as_written() -> None:
    (study,) = _split("# R&amp;D \\* notes\n\n2. Step “two”\n")
    assert study.text == "R&amp;D * notes\n\n2. Step “two”"


def test_splitter_cuts_lines_that_end_a_thought_but_not_hard_wrapped_ones() -> None:
    (study,) = _split(
        "# T\n\nRaise awareness of the birds and of their needs on the coast.\nSpecific goals\n\n"
        "Count the birds that winter on the long coast\nand tell the harbour master of them.\n"
    )
    assert [kind for kind, _ in _blocks(study)] == ["title", "prose", "heading", "prose"]


@pytest.mark.parametrize("text", ["Only prose, and no title.\n", "- item\n"])
def test_splitter_refuses_a_text_without_title(text: str) -> None:
    with pytest.raises(CorpusError, match="no title"):
        _split(text)


def test_splitter_refuses_a_title_without_text() -> None:
    with pytest.raises(CorpusError, match="nothing else"):
        _split("# Only a title\n")


def test_splitter_takes_the_first_line_of_plain_text_as_title() -> None:
    (study,) = _split("A plain title\n\nA paragraph.\n", reader=read_text)
    assert (study.title, study.text) == ("A plain title", "A plain title\n\nA paragraph.")


@pytest.mark.parametrize(
    ("address", "url", "key"),
    [
        (
            "http://www.panorama.solutions/en/solution/a-b",
            "https://panorama.solutions/en/solution/a-b",
            "a-b",
        ),
        (
            "panorama.solutions/fr/solution/a-b/#x",
            "https://panorama.solutions/fr/solution/a-b",
            "a-b",
        ),
        ("https://site.test/about", "https://site.test/about", ""),
        ("", "", ""),
    ],
)
def test_splitter_normalises_addresses(address: str, url: str, key: str) -> None:
    assert (normalise_url(address), solution_key(normalise_url(address))) == (url, key)
