from extract.matching.acronyms import bracket_after, bracket_before, looks_short
from extract.matching.marked_words import MarkedWords, mark_words
from ontology.gazetteer.folding import split_words


def _marked(text: str) -> MarkedWords:
    return mark_words(split_words(text), frozenset({0}))


def test_acronyms_bind_the_bracket_after_a_long_name() -> None:
    found = bracket_after(_marked("Lynx Recovery Agency (LRA) met"), 0, 3)
    assert found is not None
    assert found.written == "LRA"
    assert found.long == (0, 3)


def test_acronyms_bind_short_forms_of_another_language() -> None:
    found = bracket_after(_marked("Forest Institute (INBO, in Spanish)"), 0, 2)
    assert found is not None and found.written == "INBO"
    found = bracket_after(_marked("Forest Institute, INBO in Spanish"), 0, 2)
    assert found is not None and found.written == "INBO"


def test_acronyms_bind_the_long_name_in_the_bracket() -> None:
    found = bracket_before(_marked("LRA (Lynx Recovery Agency)"), 2, 5)
    assert found is not None and found.written == "LRA"


def test_acronyms_leave_other_brackets_alone() -> None:
    assert bracket_after(_marked("Lynx Recovery Agency (founded 1990)"), 0, 3) is None
    assert bracket_before(_marked("WXY (Lynx Recovery Agency)"), 2, 5) is None


def test_acronyms_tell_short_forms_by_their_capitals() -> None:
    assert looks_short("UCX-Pro") and looks_short("NGOs")
    assert not looks_short("Lynx") and not looks_short("A")
