import pytest

from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.quantities import find_quantities, parse_number


def _found(text: str, lang: str = "en") -> list[tuple[str, float, str, str]]:
    words = load_actor_lexicon().function_words
    found = find_quantities(text, lang, function_words=words)
    return [(text[q.start : q.end], q.value, q.unit, q.time) for q in found]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "More than 3,100 weirs were removed since 1999.",
            "en",
            [("More than 3,100 weirs", 3100.0, "1", "1999/..")],
        ),
        ("It cost € 1.2 million in 2016.", "en", [("€ 1.2 million", 1200000.0, "EUR", "2016")]),
        ("A grant of $25m came.", "en", [("$25m", 25000000.0, "USD", "")]),
        ("They gave $5,000 USD.", "en", [("$5,000 USD", 5000.0, "USD", "")]),
        ("Some 30.2 % of the land", "en", [("Some 30.2 %", 30.2, "%", "")]),
        ("The park spans 497 km2.", "en", [("497 km2", 497.0, "km2", "")]),
        (
            "A 1,200-ha forest and a 2.5m fence",
            "en",
            [("1,200-ha", 1200.0, "har", ""), ("2.5m", 2.5, "m", "")],
        ),
        ("Between 2012 and 2016 they planted 40 ha.", "en", [("40 ha", 40.0, "har", "2012/2016")]),
        (
            "By 2030 about 5 000 hectares of reef",
            "en",
            [("about 5 000 hectares", 5000.0, "har", "../2030")],
        ),
        ("Twelve farms and dozens of ponds", "en", [("Twelve farms", 12.0, "1", "")]),
        ("Se sembraron 1.500 árboles en 2019.", "es", [("1.500 árboles", 1500.0, "1", "2019")]),
        ("Près de 12,5 tonnes de poisson", "fr", [("Près de 12,5 tonnes", 12.5, "t", "")]),
        (
            "Cerca de 3 millones de dólares",
            "es",
            [("Cerca de 3 millones de dólares", 3000000.0, "USD", "")],
        ),
    ],
)
def test_quantities_reads_value_unit_and_time(
    text: str, lang: str, expected: list[tuple[str, float, str, str]]
) -> None:
    assert _found(text, lang) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Target 3 and Goal 15 of COP14.",
        "In 1998 herds came back.",
        "The 2013 results differ.",
        "See [4] and Figure 2.",
        "1. Plant trees",
        "On 12/04/2013 and 5 May 2014",
        "The 3rd phase came three times.",
    ],
)
def test_quantities_leaves_labels_and_dates_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The plan rests on three elements and four principles.", "en"),
        ("Bats live in 48 states.", "en"),
        ("El plan tiene cinco objetivos.", "es"),
        ("Le projet compte trois volets.", "fr"),
    ],
)
def test_quantities_leaves_numbers_of_vague_nouns(text: str, lang: str) -> None:
    assert _found(text, lang) == []


def test_quantities_notes_what_is_counted() -> None:
    text = "About 70 ha of wet meadow remain."
    (quantity,) = find_quantities(text, "en")
    assert quantity.counted is not None
    assert text[slice(*quantity.counted)] == "wet meadow remain"


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1,200", ".", 1200.0),
        ("1.200", ",", 1200.0),
        ("1 200 000", ",", 1200000.0),
        ("30.2", ".", 30.2),
        ("30,2", ",", 30.2),
        ("30.2", ",", 30.2),
        ("1,234.5", ".", 1234.5),
    ],
)
def test_quantities_reads_digits_of_each_habit(written: str, decimal: str, value: float) -> None:
    assert parse_number(written, decimal) == value
