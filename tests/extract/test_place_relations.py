import pytest

from extract.matching.place_relations import Placed, find_containers


def containers(text: str, *names: tuple[str, int]) -> dict[int, int]:
    placed = []
    at = 0
    for name, size in names:
        at = text.index(name, at)
        placed.append(Placed(at, at + len(name), size))
        at += len(name)
    return find_containers(text, placed)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Oro Park in Tolo, Peru", (("Oro Park", 2), ("Tolo", 4), ("Peru", 5)), {0: 1, 1: 2}),
        ("Peru's Oro Park", (("Peru", 5), ("Oro Park", 2)), {1: 0}),
        ("Oro, Tala and Puna in Peru",
         (("Oro", 2), ("Tala", 2), ("Puna", 2), ("Peru", 5)), {0: 3, 1: 3, 2: 3}),
        ("le lac Oro, au nord du Mali", (("lac Oro", 2), ("Mali", 5)), {}),
        ("Oro. Peru is large", (("Oro", 2), ("Peru", 5)), {}),
        ("Peru in Tolo", (("Peru", 5), ("Tolo", 4)), {}),
    ],
)  # fmt: skip
def test_place_relations_containers(
    text: str, names: tuple[tuple[str, int], ...], expected: dict[int, int]
) -> None:
    assert containers(text, *names) == expected
