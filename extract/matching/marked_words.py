"""Words of a text with what their letters and places tell."""

from dataclasses import dataclass

from ontology.gazetteer.folding import Words

AND = frozenset(("and", "y", "e", "et", "und"))
OF = frozenset(
    ("of", "for", "de", "del", "da", "do", "dos", "das", "des", "du", "d", "para", "por", "pour")
)
ARTICLES = frozenset(("the", "la", "las", "los", "el", "le", "les", "l", "o", "a", "os", "as"))
CONNECTORS = AND | OF | ARTICLES | {"on", "en", "au", "aux"}


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Hold the words of a text with what their letters and places tell."""

    words: Words
    capital: tuple[bool, ...]
    first: tuple[bool, ...]
    """The word opens a sentence."""
    lang: str = "en"

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the folded words."""
        return self.words.keys

    def between(self, index: int) -> str:
        """Return the text between a word and the one before it."""
        words = self.words
        return words.text[words.ends[index - 1] : words.starts[index]]

    def written(self, index: int) -> str:
        """Return a word as it stands in the text."""
        words = self.words
        return words.text[words.starts[index] : words.ends[index]]


def mark_words(words: Words, sentence_starts: frozenset[int], lang: str = "en") -> MarkedWords:
    """Note which words are capitalised and which open a sentence."""
    text = words.text
    capital = tuple(text[start].isupper() for start in words.starts)
    first = tuple(start in sentence_starts for start in words.starts)
    return MarkedWords(words, capital, first, lang)
