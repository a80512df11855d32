"""Codes of a text are weighed from its mentions."""

from extract.reconcile.concept_scores import Evidence, weigh_codes
from extract.records import AssertionStatus


def mention(
    code: str,
    score: float,
    *,
    pattern: str = "p",
    status: AssertionStatus = "affirmed",
    headline: bool = False,
    at: int = 0,
) -> Evidence:
    return Evidence(code, pattern, score, status, headline, (at, at + 9))


def codes(*evidence: Evidence) -> list[tuple[str, AssertionStatus]]:
    return [(c.code, c.status) for c in weigh_codes(evidence, threshold=0.6)]


def test_concept_scores_need_enough_evidence() -> None:
    assert codes(mention("5.4", 0.4)) == []
    assert codes(mention("5.4", 0.65)) == [("5.4", "affirmed")]


def test_concept_scores_add_up_over_patterns_more_than_over_repeats() -> None:
    assert codes(mention("5.4", 0.4), mention("5.4", 0.4)) == []
    assert codes(mention("5.4", 0.4), mention("5.4", 0.57, pattern="q")) == [("5.4", "affirmed")]


def test_concept_scores_need_one_mention_that_says_more_than_a_bare_word() -> None:
    assert codes(*(mention("5.4", 0.5, pattern=p, at=n) for n, p in enumerate("pqr"))) == []


def test_concept_scores_leave_out_what_is_mentioned_aside() -> None:
    topic = [mention("5.4", 0.9, pattern=p, at=n * 10) for n, p in enumerate("pqrs")]
    aside = mention("9.4", 0.63, at=90)
    assert codes(*topic, aside) == [("5.4", "affirmed"), ("9.4", "affirmed")]
    kept = weigh_codes([*topic, aside], threshold=0.6, aside=0.7)
    assert [c.code for c in kept] == ["5.4"]
    assert [c.code for c in weigh_codes([aside], threshold=0.6, aside=0.7)] == ["9.4"]


def test_concept_scores_raise_what_stands_in_a_title() -> None:
    assert codes(mention("5.4", 0.45, headline=True)) == [("5.4", "affirmed")]


def test_concept_scores_state_level_three_with_its_level_two() -> None:
    assert [code for code, _ in codes(mention("7.2.10", 0.8))] == ["7.2", "7.2.10"]


def test_concept_scores_fall_back_to_level_one() -> None:
    evidence = (mention("9.1", 0.57), mention("9.2", 0.57, pattern="q"))
    assert codes(*evidence) == [("9", "affirmed")]


def test_concept_scores_keep_apart_what_was_not_done() -> None:
    supposed = mention("6.1", 0.9, status="hypothetical")
    assert codes(supposed) == [("6.1", "hypothetical")]
    assert codes(supposed, mention("6.1", 0.7)) == [("6.1", "affirmed")]
    assert codes(mention("6.1", 0.9, status="negated")) == [("6.1", "negated")]


def test_concept_scores_list_the_surest_sentence_first() -> None:
    (code,) = weigh_codes(
        [mention("5.1", 0.5, at=0), mention("5.1", 0.9, pattern="q", at=20)], threshold=0.6
    )
    assert code.sentences == ((20, 29), (0, 9))


def test_concept_scores_sort_codes_by_number() -> None:
    found = codes(mention("10.3", 0.9), mention("2.1", 0.9))
    assert [code for code, _ in found] == ["2.1", "10.3"]
