from extract.matching.place_types import index_types, load_place_types, load_place_words

ROWS = [
    {
        "lang": "en",
        "word": "National Park",
        "kind": "protected_area",
        "position": "after",
        "connectors": "of|the",
        "lower": "yes",
        "direct": "",
        "strength": "strong",
    },
    {
        "lang": "es",
        "word": "Parque Nacional",
        "kind": "protected_area",
        "position": "before",
        "connectors": "de|del",
        "lower": "yes",
        "direct": "yes",
        "strength": "strong",
    },
]


def test_place_types_longest_phrase_and_plural() -> None:
    types = index_types(ROWS)
    assert types.match(("the", "national", "park"), 1) is not None
    end, readings = types.match(("national", "parks"), 0) or (0, ())
    assert (end, readings[0].word, readings[0].plural) == (2, "National Park", True)
    end, readings = types.match(("parques", "nacionales"), 0) or (0, ())
    assert (end, readings[0].lang, readings[0].plural) == (2, "es", True)
    assert types.match(("national", "anthem"), 0) is None


def test_place_types_kinds_of_a_whole_phrase() -> None:
    types = index_types(ROWS)
    assert types.kinds("Parque Nacional") == {"protected_area"}
    assert types.kinds("Parque Nacional Sajama") == frozenset()


def test_place_types_shipped_table_covers_four_languages() -> None:
    types = load_place_types()
    assert types.kinds("River Basin") == {"basin"}
    assert "river" in types.kinds("Río")
    assert "lake" in types.kinds("Lac")
    assert "mountains" in types.kinds("Serra")


def test_place_types_words_of_one_language() -> None:
    assert "al" in load_place_words("function", "es")
    assert "al" not in load_place_words("function", "en")
    assert load_place_words("function", "sw") == load_place_words("function", "en")
