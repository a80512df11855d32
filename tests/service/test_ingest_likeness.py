"""Signatures of texts, and which solution stands for a group."""

from itertools import permutations

from service.ingest.likeness import ALIKE, group_solutions, sign, similarity

LONG = " ".join(f"In year {n} the rangers counted {n * 3} elk near the ford." for n in range(60))


def test_ingest_likeness_passes_over_case_punctuation_and_space() -> None:
    assert sign("Elk, in the   valley!") == sign("elk in the\nvalley")
    assert sign("Elk in the valley") != sign("Deer in the valley")


def test_ingest_likeness_is_high_for_a_few_words_and_low_for_another_text() -> None:
    near = sign(LONG.replace("year 7 ", "season 7 "))
    other = sign(LONG.replace("rangers counted", "farmers sold").replace("elk near", "cows at"))
    assert similarity(sign(LONG).values, near.values) >= ALIKE
    assert similarity(sign(LONG).values, other.values) < 0.5
    assert similarity(sign(LONG).values, sign(LONG).values) == 1.0


def test_ingest_likeness_of_short_texts_is_equality() -> None:
    one, other = sign("A road was closed."), sign("A road was opened.")
    assert similarity(one.values, other.values) == 0.0
    assert one.text != other.text


def test_ingest_likeness_lets_the_smallest_solution_stand_for_all_in_any_order() -> None:
    solutions = {"d1": "s/c", "d2": "s/b", "d3": "s/a", "d4": "s/x", "d5": "s/c"}
    pairs = (("d1", "d2"), ("d2", "d3"), ("d4", "gone"))
    expected = {"s/a": "s/a", "s/b": "s/a", "s/c": "s/a", "s/x": "s/x"}
    for order in permutations(pairs):
        assert group_solutions(solutions, order) == expected
