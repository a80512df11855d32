import pytest

from extract.matching.common_words import load_common_words


@pytest.mark.parametrize(
    ("lang", "word", "expected"),
    [
        ("en", "Reading", True),
        ("en", "Wetlands", True),
        ("en", "Wyoming", False),
        ("en", "Zinder", False),
        ("es", "Corredor", True),
        ("xx", "Wetlands", True),
    ],
)
def test_common_words_tell_words_from_names(lang: str, word: str, expected: bool) -> None:
    assert (word in load_common_words(lang)) is expected
