"""Patterns are found by their rarest word."""

import pytest

from extract.errors import ExtractError
from extract.matching.anchors import AnchorIndex, meets

FAMILIES = {"ignored": "a|the|of", "clause": "that|but", "wet": "river|marsh|=wetlands"}


def spans(text: str, *patterns: str) -> list[tuple[str, str]]:
    index: AnchorIndex[str] = AnchorIndex("en", FAMILIES)
    index.add_rows((pattern, pattern, "rows.csv:2") for pattern in patterns)
    hits = index.find(index.read_sentence(text))
    return [(hit.row, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("dam removal", "the removal of dams, then Dam  removals", "Dam  removals"),
        ("removal dam", "the removal of the dams", "removal of the dams"),
        ("remove & dam", "old dams were at last removed", "dams were at last removed"),
        ("remove & dam", "they removed the old dams", "removed the old dams"),
        ("remove &1 dam", "dams were at last removed", ""),
        ("remove & dam", "dams stayed; others removed it", ""),
        ("remove & dam", "dams stayed but others removed it", ""),
        ("trap ...4 fox", "traps that saw foxes", ""),
        ("trap that fox", "trap that fox", "trap that fox"),
        (
            "restore ... habitat",
            "restoring lost and poor habitats",
            "restoring lost and poor habitats",
        ),
        ("restore ...1 habitat", "restoring lost and poor habitats", ""),
        ("illegal [night] fishing", "illegal fishing", "illegal fishing"),
        ("illegal [night] fishing", "illegal night fishing", "illegal night fishing"),
        ("=mining", "mines and mining", "mining"),
        ("deforest*", "much deforestation here", "deforestation"),
        ("drain @wet", "draining marshes", "draining marshes"),
        ("drain @wet", "draining wetland", ""),
        ("over fishing", "over-fishing", "over-fishing"),
        ("fire|flood damage", "flood damage", "flood damage"),
    ],
)
def test_anchors_match_patterns(pattern: str, text: str, found: str) -> None:
    assert spans(text, pattern) == ([(pattern, found)] if found else [])


def test_anchors_take_names_that_are_marked_with_a_family() -> None:
    index: AnchorIndex[str] = AnchorIndex("en", FAMILIES)
    index.add_rows([("x", "drain ... @wet", "rows.csv:2")])
    text = "draining Lake Turkana"
    assert index.find(index.read_sentence(text)) == []
    (hit,) = index.find(index.read_sentence(text, marks=[(9, 21, "wet"), (0, 8, "other")]))
    assert text[hit.start : hit.end] == text


def test_anchors_match_without_regard_to_accents() -> None:
    index: AnchorIndex[str] = AnchorIndex("fr", {})
    index.add_rows([("x", "forêts dégradées", "rows.csv:2")])
    for text in ("FORÊTS DÉGRADÉES", "une forêt dégradée"):
        assert len(index.find(index.read_sentence(text))) == 1


def test_anchors_give_hits_in_text_order() -> None:
    rows = ("road", "dam", "old dam")
    assert spans("an old dam, a road", *rows) == [
        ("old dam", "old dam"),
        ("dam", "dam"),
        ("road", "road"),
    ]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("dam @rivers", "no word family @rivers"),
        ("dam!", "'dam!' is no word of a pattern"),
        ("[dam]", "without a word that must stand"),
        ("dam ...", "without a word that must stand"),
        ("& dam", "without a word that must stand"),
    ],
)
def test_anchors_refuse_a_bad_pattern_with_its_line(pattern: str, problem: str) -> None:
    with pytest.raises(ExtractError, match=r"^rows\.csv:2: ") as refusal:
        spans("", pattern)
    assert problem in str(refusal.value)


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("+1:road", True),
        ("-1:road", False),
        ("1:big", True),
        ("+2:map", True),
        ("+1:map", False),
        ("map", True),
        ("dam", False),
    ],
)
def test_anchors_test_conditions_near_a_hit(condition: str, met: bool) -> None:
    index: AnchorIndex[str] = AnchorIndex("en", FAMILIES)
    (parsed,) = index.parser.conditions(condition, "rows.csv:2")
    index.add_rows([("dam", "dam", "rows.csv:3")])
    sentence = index.read_sentence("The big dam road map")
    (hit,) = index.find(sentence)
    assert meets(sentence, hit.places, parsed) is met


def test_anchors_refuse_a_bad_distance() -> None:
    index: AnchorIndex[str] = AnchorIndex("en", {})
    with pytest.raises(ExtractError, match="'near' is no distance"):
        index.parser.conditions("near:road", "rows.csv:2")
