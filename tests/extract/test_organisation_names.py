import pytest

from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.marked_words import MarkedWords, mark_words
from extract.matching.organisation_names import find_mixed_names, find_names
from ontology.gazetteer.folding import split_words


def _marked(text: str) -> MarkedWords:
    return mark_words(split_words(text), frozenset({0}))


def _names(text: str) -> list[tuple[str, str]]:
    marked = _marked(text)
    shapes = find_names(marked, load_actor_lexicon())
    return [(marked.words.surface(s.start, s.end), s.type) for s in shapes if not s.bare]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff of the Otago Wildlife Service met.", [("Otago Wildlife Service", "government")]),
        (
            "It belongs to the Ministry of Water and Livestock of Freedonia.",
            [("Ministry of Water and Livestock of Freedonia", "government")],
        ),
        (
            "The Montana Game and Forest Department met the Blue Lagoon Trust.",
            [("Montana Game and Forest Department", "government"), ("Blue Lagoon Trust", "ngo")],
        ),
        (
            "Tests by the University of Tampere and the Baltic Seal Society go on.",
            [("University of Tampere", "research"), ("Baltic Seal Society", "ngo")],
        ),
        (
            "Ministry of Agriculture, Water and Forests",
            [("Ministry of Agriculture, Water and Forests", "government")],
        ),
        ("El dinero de la Fundación Costa Verde llegó.", [("Fundación Costa Verde", "ngo")]),
        (
            "Le Ministère de l'environnement et du développement durable agit.",
            [("Ministère de l'environnement et du développement durable", "government")],
        ),
        (
            "We thank the National Research Council of Ruritania.",
            [("National Research Council of Ruritania", "research")],
        ),
        (
            "Plots of the Indigenous Fishers Association grew.",
            [("Indigenous Fishers Association", "community")],
        ),
        (
            "They called Otter Creek Holdings Inc. According to them",
            [("Otter Creek Holdings Inc", "private")],
        ),
    ],
)
def test_organisation_names_reads_shape_and_type(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert _names(text) == expected


def test_organisation_names_calls_a_programme_a_project() -> None:
    assert _names("It grew out of the Living Rivers Programme.") == [
        ("Living Rivers Programme", "project")
    ]


def test_organisation_names_leaves_plain_sentences_alone() -> None:
    assert _names("Farmers in the valley trust the bank of the river.") == []


def test_organisation_names_marks_a_type_word_alone_as_bare() -> None:
    marked = _marked("Later the Ministry agreed.")
    shapes = find_names(marked, load_actor_lexicon())
    assert [(marked.words.surface(s.start, s.end), s.bare) for s in shapes] == [("Ministry", True)]


def test_organisation_names_takes_a_type_word_in_small_letters() -> None:
    marked = _marked("Seeds come from the Tamba women cooperative and from a cooperative.")
    taken = [False] * len(marked.keys)
    shapes = find_mixed_names(marked, load_actor_lexicon(), taken)
    assert [(marked.words.surface(s.start, s.end), s.type) for s in shapes] == [
        ("Tamba women cooperative", "community")
    ]
