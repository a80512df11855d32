"""Read the words about a name that may be a place: capitals, labels of the model, small words."""

from collections.abc import Iterable

from extract.matching.common_words import CommonWords
from extract.matching.place_candidates import (
    OTHER_LABELS,
    PERSON_LABELS,
    PLACE_LABELS,
    PlaceText,
)
from extract.matching.place_scan import Demonym
from extract.matching.place_support import has_article
from extract.matching.place_types import load_place_words

_LIST = frozenset((",", "and", "y", "e", "et"))
_OF = frozenset(("of", "de", "del", "d", "du", "des"))


class PlaceReading:
    """Answer questions about runs of tokens of one text."""

    def __init__(self, text: PlaceText, common: CommonWords, demonyms: Iterable[Demonym]) -> None:
        self.text = text
        self.words = text.words
        self.common = common
        self.function = load_place_words("function", text.lang)
        self.unnaming = self.function | load_place_words("direction") | load_place_words("generic")
        self.locative = load_place_words("locative")
        self.within = load_place_words("within")
        self.people = load_place_words("people")
        self.labels: dict[int, tuple[int, int, str]] = {}
        for entity in text.entities:
            for at in range(entity.start, entity.end):
                self.labels[at] = (entity.start, entity.end, entity.label)
        self.surnames = {
            self.words.keys[e.end - 1]
            for e in text.entities
            if e.label in PERSON_LABELS and e.end - e.start > 1
        }
        self.adjectives = {at for d in demonyms for at in range(d.start, d.end)}
        self.taken: set[int] = set()
        """Tokens of all candidates."""

    def is_common(self, start: int, end: int) -> bool:
        """Tell whether every word of a run is an ordinary word of the language."""
        words = self.words
        return all(
            key in self.unnaming or words.text[words.starts[at] : words.ends[at]] in self.common
            for at, key in enumerate(words.keys[start:end], start)
            if key[0].isalnum()
        )

    def is_word(self, at: int) -> bool:
        """Tell whether a token, in small letters, is a word of the language."""
        return self.common.is_word(self.words.text[self.words.starts[at] : self.words.ends[at]])

    def place_entity(self, start: int, end: int) -> bool:
        return any(self.labels.get(at, (0, 0, ""))[2] in PLACE_LABELS for at in range(start, end))

    def in_person(self, start: int, end: int) -> bool:
        """Tell whether the run is part of a person's name."""
        label = self.labels.get(start)
        if label is None or label[2] not in PERSON_LABELS:
            return False
        return label[1] - label[0] > end - start

    def peoples(self, name: tuple[str, ...]) -> bool:
        """Tell whether the text uses a name for a people or their language."""
        keys = self.words.keys
        size = len(name)
        return any(
            keys[at] == name[0] and keys[at : at + size] == name and keys[at + size] in self.people
            for at in range(len(keys) - size)
        )

    def surname(self, start: int, end: int) -> bool:
        """Tell whether a word is the last name of a person whose full name the text gives."""
        return end - start == 1 and self.words.keys[start] in self.surnames

    def capital(self, at: int) -> bool:
        return self.words.text[self.words.starts[at]].isupper()

    def cited(self, start: int, end: int) -> bool:
        """Tell whether a year follows the name in brackets: (Mongabay, 2018)."""
        keys = self.words.keys
        opened = start > 0 and keys[start - 1] in ("(", ";")
        year = keys[end + 1] if keys[end : end + 1] == (",",) and end + 1 < len(keys) else ""
        return opened and len(year) == 4 and year.isdigit()

    def name_end(self, start: int) -> int:
        """Return the end of a run of at most three words with capitals."""
        end = start
        while end < min(start + 3, len(self.words.keys)) and (end == start or self.joined(end - 1)):
            if not self.capital(end) or self.words.keys[end] in self.function:
                break
            end += 1
        return end

    def name_start(self, end: int) -> int:
        """Return the start of a run of at most three words with capitals."""
        start = end
        while start > max(0, end - 3) and (start == end or self.joined(start - 1)):
            if not self.capital(start - 1) or self.words.keys[start - 1] in self.function:
                break
            start -= 1
        return start

    def joined(self, left: int) -> bool:
        words = self.words
        if not 0 <= left < len(words.keys) - 1 or left + 1 in self.text.sentence_starts:
            return False
        return words.text[words.ends[left] : words.starts[left + 1]].isspace()

    def crowded(self, start: int, end: int) -> bool:
        """Tell whether an unexplained word with a capital stands right beside the run."""
        left, right = start - 1, end
        if self.joined(left) and self._foreign(left) and left not in self.text.sentence_starts:
            return True
        return self.joined(end - 1) and self._foreign(right)

    def measured(self, start: int, end: int) -> bool:
        """Tell whether the model reads the run as a date, an amount or a language."""
        return any(self.labels.get(at, (0, 0, ""))[2] in OTHER_LABELS for at in range(start, end))

    def _foreign(self, at: int) -> bool:
        key = self.words.keys[at]
        if not self.capital(at) or key in self.unnaming or at in self.adjectives:
            return False
        return at not in self.taken

    def after_locative(self, start: int) -> int:
        """Return 2 after a word that only places follow well (near X), 1 after one like 'of'."""
        if has_article(self.words, start) and self.words.keys[start - 1] not in self.locative:
            start -= 1
        if start == 0 or not self.joined(start - 1):
            return 0
        before = self.words.keys[start - 1]
        wider = start > 1 and before in _OF and self.words.keys[start - 2] in self.within
        return (before in self.locative) + (before in self.within or wider)

    def before_place(self, end: int) -> bool:
        """Tell whether a comma or bracket and another candidate follow: Yako, Burkina Faso."""
        keys = self.words.keys
        return end + 1 < len(keys) and keys[end] in (",", "(") and end + 1 in self.taken

    def listed(self, start: int) -> bool:
        """Tell whether another candidate and a comma or 'and' stand before: Tolo and Yako."""
        return start > 1 and self.words.keys[start - 1] in _LIST and start - 2 in self.taken
