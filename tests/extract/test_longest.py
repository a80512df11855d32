from extract.matching.longest import scan

NAMES = {
    "sea": ("sea",),
    "sea turtle": ("turtle",),
    "green sea turtle": ("green",),
    "turtle": ("t",),
}


def _names(key: str) -> tuple[str, ...]:
    return NAMES.get(key, ())


def _has_prefix(key: str) -> bool:
    return any(name.startswith(key + " ") for name in NAMES)


def test_longest_match_wins() -> None:
    assert scan(["the", "green", "sea", "turtle"], _has_prefix, _names) == [(1, 4, ("green",))]


def test_longest_falls_back_to_the_part_that_is_a_name() -> None:
    assert scan(["green", "sea", "turtle", "green", "sea"], _has_prefix, _names) == [
        (0, 3, ("green",)),
        (4, 5, ("sea",)),
    ]


def test_longest_of_nothing() -> None:
    assert scan([], _has_prefix, _names) == []
