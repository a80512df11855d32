from corpus.documents import Block
from service.web.marking import Mark, MarkedBlock, Node, mark_text

_TEXT = "A title\n\nOne two three four.\n\nFive six."


def _shape(children: tuple[str | Node, ...] | list[str | Node]) -> list[object]:
    return [
        child if isinstance(child, str) else (child.mark.key, child.first, *_shape(child.children))
        for child in children
    ]


def _blocks(blocks: tuple[MarkedBlock, ...]) -> list[object]:
    return [(block.type, *_shape(block.children)) for block in blocks]


def _mark(surface: str, kind: str, key: str) -> Mark:
    start = _TEXT.index(surface)
    return Mark(start, start + len(surface), kind, key)


def test_marking_parts_text_at_blank_lines() -> None:
    assert _blocks(mark_text(_TEXT, [])) == [
        ("title", "A title"),
        ("prose", "One two three four."),
        ("prose", "Five six."),
    ]


def test_marking_nests_mentions_in_sentences() -> None:
    marks = [_mark("two", "place", "m1"), _mark("One two three four.", "sentence", "s")]
    assert _blocks(mark_text(_TEXT, marks))[1] == (
        "prose",
        ("s", True, "One ", ("m1", True, "two"), " three four."),
    )


def test_marking_cuts_marks_that_cross() -> None:
    marks = [_mark("One two", "place", "a"), _mark("two three", "actor", "b")]
    assert _blocks(mark_text(_TEXT, marks))[1] == (
        "prose",
        ("a", True, "One ", ("b", True, "two")),
        ("b", False, " three"),
        " four.",
    )


def test_marking_cuts_marks_at_the_end_of_blocks() -> None:
    marks = [_mark("four.\n\nFive", "sentence", "s")]
    assert _blocks(mark_text(_TEXT, marks))[1:] == [
        ("prose", "One two three ", ("s", True, "four.")),
        ("prose", ("s", False, "Five"), " six."),
    ]


def test_marking_puts_a_sentence_outside_a_mention_of_the_same_run() -> None:
    marks = [_mark("Five six.", "place", "m"), _mark("Five six.", "sentence", "s")]
    assert _blocks(mark_text(_TEXT, marks))[2] == ("prose", ("s", True, ("m", True, "Five six.")))


def test_marking_ignores_marks_outside_the_text() -> None:
    marks = [Mark(900, 990, "place", "m"), Mark(5, 5, "place", "n")]
    assert _blocks(mark_text(_TEXT, marks)) == _blocks(mark_text(_TEXT, []))


def test_marking_keeps_every_character_of_the_blocks() -> None:
    marks = [Mark(i, j, "place", f"{i}-{j}") for i in range(0, 36, 5) for j in range(i + 3, 38, 7)]
    blocks = (Block(0, 7, "title"), Block(9, 28, "prose"), Block(30, 39, "list_item"))

    def flat(children: tuple[str | Node, ...] | list[str | Node]) -> str:
        return "".join(c if isinstance(c, str) else flat(c.children) for c in children)

    marked = mark_text(_TEXT, marks, blocks)
    assert [flat(block.children) for block in marked] == [_TEXT[b.start : b.end] for b in blocks]
