from extract.matching.actor_cues import find_cues, list_after
from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.marked_words import MarkedWords, mark_words
from ontology.gazetteer.folding import split_words


def _marked(text: str) -> MarkedWords:
    return mark_words(split_words(text), frozenset({0}))


def _items(text: str, names: tuple[str, ...]) -> list[str]:
    marked = _marked(text)
    lexicon = load_actor_lexicon()
    ends = {}
    for name in names:
        start = text.index(name)
        words = [i for i, at in enumerate(marked.words.starts) if start <= at < start + len(name)]
        ends[words[0]] = words[-1] + 1
    cue = next(c for c in find_cues(marked, lexicon) if c.cue.side == "after")
    return [marked.words.surface(*item) for item in list_after(marked, lexicon, cue.end, ends.get)]


def test_actor_cues_finds_the_longest_phrase_with_its_role() -> None:
    found = find_cues(_marked("It was co-funded by Zed."), load_actor_lexicon())
    assert [(c.cue.phrase, c.cue.role, c.cue.strong) for c in found] == [
        ("co funded by", "fundedBy", True)
    ]


def test_actor_cues_lists_coordinated_names_over_brackets() -> None:
    text = "Funded by Alpha Trust (AT), the Beta Fund and Gamma. It rained."
    assert _items(text, ("Alpha Trust", "Beta Fund", "Gamma")) == [
        "Alpha Trust",
        "Beta Fund",
        "Gamma",
    ]


def test_actor_cues_ends_a_list_before_the_subject() -> None:
    closed = "With support from Alpha and Beta, Gamma planted trees."
    assert _items(closed, ("Alpha", "Beta", "Gamma")) == ["Alpha", "Beta"]
    single = "With support from Alpha, Gamma planted trees."
    assert _items(single, ("Alpha", "Gamma")) == ["Alpha"]


def test_actor_cues_takes_a_name_in_apposition() -> None:
    text = "It was purchased by a charity the Alpha Trust."
    assert _items(text, ("charity", "Alpha Trust")) == ["charity", "Alpha Trust"]
