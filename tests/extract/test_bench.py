"""Generated records."""

from itertools import islice

from extract.bench.generator import MAX_WORDS, MIN_WORDS, generate_extractions
from ontology.namespaces import Minter


def test_generator_gives_the_same_records_for_the_same_seed() -> None:
    first = list(generate_extractions(3, seed=7, minter=Minter()))
    assert first == list(islice(generate_extractions(9, seed=7, minter=Minter()), 3))
    assert first != list(generate_extractions(3, seed=8, minter=Minter()))


def test_generator_keeps_to_the_number_of_words() -> None:
    for extraction in generate_extractions(10, seed=1, minter=Minter()):
        assert MIN_WORDS <= len(extraction.text.split()) <= MAX_WORDS + 200
        assert extraction.statements and all(s.evidence for s in extraction.statements)
