"""Find names of organisations and projects by their shape: capitals, connectors, type words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.matching.actor_lexicon import ActorLexicon, TypeWord, longest
from ontology.gazetteer.folding import Words

AND = frozenset(("and", "y", "e", "et", "und"))
OF = frozenset(
    ("of", "for", "de", "del", "da", "do", "dos", "das", "des", "du", "d", "para", "por", "pour")
)
_ARTICLES = frozenset(("the", "la", "las", "los", "el", "le", "les", "l", "o", "a", "os", "as"))
CONNECTORS = AND | OF | _ARTICLES | {"on", "en", "au", "aux"}
_HEAD_FIRST = frozenset(("es", "fr", "pt", "mi", "id"))
"""Languages whose type words open a name without a connector: Fundación Azara."""
_LONGEST_GAP = 3
_FUNDS = frozenset(("foundation", "fondation", "fundación", "fundação"))
_INTERNATIONAL_HEADS = frozenset(("government", "ngo"))


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


@dataclass(frozen=True, slots=True)
class NameShape:
    """Mark words ``start`` to ``end`` (exclusive) as one name, with what its type word says."""

    start: int
    end: int
    head: str
    type: str
    type_word: str
    bare: bool = False
    """It is a type word alone: the Ministry."""


def mark_words(words: Words, sentence_starts: frozenset[int], lang: str = "en") -> MarkedWords:
    """Note which words are capitalised and which open a sentence."""
    text = words.text
    capital = tuple(text[start].isupper() for start in words.starts)
    first = tuple(start in sentence_starts for start in words.starts)
    return MarkedWords(words, capital, first, lang)


def find_runs(marked: MarkedWords, lexicon: ActorLexicon) -> list[tuple[int, int]]:
    """List runs of capitalised words and the connectors between them, none across sentences."""
    keys, capital, first = marked.keys, marked.capital, marked.first
    remit = lexicon.families["remit"]
    runs: list[tuple[int, int]] = []
    index, count = 0, len(keys)
    while index < count:
        if not capital[index]:
            index += 1
            continue
        start = last = index
        index += 1
        while index < count and index - last <= _LONGEST_GAP and not first[index]:
            if _is_abbreviated(marked, lexicon, index):
                break
            if capital[index] or _is_remit_tail(marked, index, remit):
                last = index
            elif not _binds(marked, index, remit):
                break
            index += 1
        runs.append((start, last + 1))
        index = last + 1
    return runs


def _binds(marked: MarkedWords, index: int, remit: frozenset[str]) -> bool:
    """Tell whether a word or mark may stand inside a name."""
    key = marked.keys[index]
    if key == ",":
        return _lists_remits(marked, index, remit)
    if key == ":" and index + 1 < len(marked.keys):
        return not marked.between(index) and not marked.between(index + 1)
    return key in CONNECTORS


def _is_abbreviated(marked: MarkedWords, lexicon: ActorLexicon, index: int) -> bool:
    """Tell whether a full stop, which is no title's, ends the word before: Inc. According."""
    before = marked.keys[index - 1]
    dotted = marked.between(index).startswith(".")
    return dotted and len(before) > 1 and before not in lexicon.families["title"]


def _lists_remits(marked: MarkedWords, comma: int, remit: frozenset[str]) -> bool:
    """Tell whether a comma parts two remits, as in Ministry of Agriculture, Water and Land."""
    keys, capital = marked.keys, marked.capital
    after = comma + 1
    if after < len(keys) and keys[after] in _ARTICLES:
        after += 1
    return (
        after < len(keys)
        and keys[comma - 1] in remit
        and keys[after] in remit
        and capital[after]
        and capital[comma - 1]
    )


def _is_remit_tail(marked: MarkedWords, index: int, remit: frozenset[str]) -> bool:
    """Tell whether a lower-case word still belongs to a Romance name: Ministère de la santé."""
    keys = marked.keys
    before = keys[index - 1]
    bound = before in OF or before in _ARTICLES or before in remit or before in AND
    return keys[index] in remit and bound and keys[index] not in CONNECTORS


def find_names(marked: MarkedWords, lexicon: ActorLexicon) -> list[NameShape]:
    """List names that carry a type word, in text order, none overlapping."""
    names: list[NameShape] = []
    for start, end in find_runs(marked, lexicon):
        start = trim_start(marked, lexicon, start, end)
        if start >= end:
            continue
        for part_start, part_end in _join_parts(marked, lexicon, _split_run(marked, start, end)):
            name = _shape(marked, lexicon, part_start, part_end)
            if name is not None:
                names.append(name)
    return names


def find_mixed_names(
    marked: MarkedWords, lexicon: ActorLexicon, taken: Sequence[bool]
) -> list[NameShape]:
    """List names whose type word is in small letters: Al Disi women cooperative."""
    keys = marked.keys
    heads = lexicon.families["lower_head"]
    describing = lexicon.families["remit"] | lexicon.families["community"]
    names: list[NameShape] = []
    for index, key in enumerate(keys):
        if key not in heads or marked.capital[index] or taken[index] or marked.first[index]:
            continue
        first = index
        while first > 0 and keys[first - 1] in describing and not marked.capital[first - 1]:
            first -= 1
        start = first
        while start > 0 and marked.capital[start - 1] and not marked.first[start]:
            start -= 1
        start = trim_start(marked, lexicon, start, first)
        surface = marked.words.surface(start, index + 1)
        demonym = " ".join(keys[start:first]) in lexicon.demonyms
        if start == first or any(taken[start:index]) or demonym or not _is_plain_run(surface):
            continue
        found = longest(lexicon.type_words, keys, index)
        if found is not None and found[0] == index + 1:
            reading = _best_reading(keys, found[1], index + 1, index + 1)
            shape = NameShape(start, index + 1, key, reading.type, reading.word)
            type_ = _refine(marked, lexicon, shape, (index, index + 1), reading)
            names.append(replace(shape, type=type_))
    return names


def _is_plain_run(surface: str) -> bool:
    """Tell whether nothing but letters, blanks, hyphens and apostrophes stands in a name."""
    return all(c.isalnum() or c in " -'’\n" for c in surface)


def trim_start(marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int) -> int:
    """Move a run's start past articles and past words capitalised only by their place.

    Staff of the X Service, at the start of a sentence, starts at X.
    """
    keys = marked.keys
    while start < end and (
        keys[start] == "the"
        or (keys[start] in CONNECTORS and (not marked.capital[start] or _opens(marked, start)))
        or (keys[start] in lexicon.function_words and _opens(marked, start))
    ):
        start += 1
    opens = start + 1 < end and _opens(marked, start) and keys[start + 1] in OF
    if opens and longest(lexicon.type_words, keys, start) is None:
        start += 1
        while start < end and keys[start] in CONNECTORS and not marked.capital[start]:
            start += 1
    return start


def _opens(marked: MarkedWords, index: int) -> bool:
    """Tell whether a word may be capitalised because a sentence or a quotation opens there."""
    return (
        marked.first[index]
        or index == 0
        or not marked.keys[index - 1].isalnum()
        or "\n" in marked.between(index)
    )


def _split_run(marked: MarkedWords, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run at its ands, commas and possessives; the caller joins what is one name."""
    keys = marked.keys
    parts: list[tuple[int, int]] = []
    begin = start
    for index in range(start + 1, end):
        possessive = len(marked.between(index)) > 2 and marked.between(index)[1:2] in ("s", "S")
        if keys[index] in AND or keys[index] == ",":
            parts.append((begin, index))
            begin = index + 1
        elif possessive:
            parts.append((begin, index))
            begin = index
    parts.append((begin, end))
    return [part for part in parts if part[0] < part[1]]


def _join_parts(
    marked: MarkedWords, lexicon: ActorLexicon, parts: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Put parts together again where an and stands inside one name."""
    joined: list[tuple[int, int]] = []
    for part in parts:
        if joined and _is_one_name(marked, lexicon, joined[-1], part):
            joined[-1] = (joined[-1][0], part[1])
        else:
            joined.append(part)
    trimmed = ((trim_start(marked, lexicon, start, end), end) for start, end in joined)
    return [part for part in trimmed if part[0] < part[1]]


def _is_one_name(
    marked: MarkedWords, lexicon: ActorLexicon, left: tuple[int, int], right: tuple[int, int]
) -> bool:
    """Tell whether two coordinated parts are one name: Game and Fish Department."""
    remit = lexicon.families["remit"]
    keys = marked.keys
    typed_left = _type_places(marked, lexicon, *left)
    typed_right = _type_places(marked, lexicon, *right)
    if left[1] == right[0]:
        return not typed_left
    if typed_right and typed_left:
        return False
    if marked.words.text[marked.words.starts[right[0] - 1]] == "&":
        return True
    if typed_right:
        starts_typed = typed_right[0][0] == right[0] and typed_right[0][1] < right[1]
        return keys[left[1] - 1] in remit and not starts_typed
    if not typed_left:
        return _all_remit(keys[left[0] : left[1]], remit) and _all_remit(
            keys[right[0] : right[1]], remit
        )
    begin = next((i for i in range(*right) if keys[i] not in CONNECTORS), right[0])
    last = next((i for i in range(begin + 1, right[1]) if keys[i] in OF), right[1]) - 1
    opens = typed_left[0][2].before and typed_left[0][1] < left[1]
    after_article = keys[right[0]] in _ARTICLES
    if opens and typed_left[0][2].lang in _HEAD_FIRST and keys[right[1] : right[1] + 1] == ("(",):
        return True
    return opens and (keys[last] in remit or (keys[begin] in remit and not after_article))


def is_foundation(head: str) -> bool:
    """Tell whether a type word is one of bodies that give money or work themselves."""
    return head.casefold() in _FUNDS


def _all_remit(keys: Sequence[str], remit: frozenset[str]) -> bool:
    return all(key in remit or key in CONNECTORS for key in keys)


def _type_places(
    marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int
) -> list[tuple[int, int, TypeWord]]:
    """List type words of a part that stand where a type word may: (start, end, reading)."""
    keys, capital = marked.keys, marked.capital
    places: list[tuple[int, int, TypeWord]] = []
    index = start
    while index < end:
        found = longest(lexicon.type_words, keys, index) if capital[index] else None
        if found is None or found[0] > end:
            index += 1
            continue
        stop, readings = found
        fitting = [r for r in readings if _fits(marked, lexicon, r, start, index, stop, end)]
        if fitting:
            places.append((index, stop, _best_reading(keys, fitting, stop, end)))
        index = stop
    return places


def _best_reading(
    keys: Sequence[str], readings: Sequence[TypeWord], stop: int, end: int
) -> TypeWord:
    """Choose the reading whose language the connector after the word speaks."""
    english = stop >= end or keys[stop] in ("of", "for", "on", "and")
    return min(readings, key=lambda r: ((r.lang == "en") != english, r.lang, r.word))


def _fits(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    reading: TypeWord,
    start: int,
    at: int,
    stop: int,
    end: int,
) -> bool:
    """Tell whether a type word stands in its place: X Trust, Ministry of X, Fundación X."""
    keys = marked.keys
    following = keys[stop] if stop < end else ""
    if reading.lang in _HEAD_FIRST:
        friend = marked.lang == "en" and keys[at] in lexicon.families["false_friend"]
        if friend and following not in OF:
            return False
        if following:
            return reading.before and following not in AND
        return reading.after or (reading.before and at == start)
    if not following:
        return reading.after or at == start
    if following in ("of", "for", "on"):
        return reading.before or reading.after
    if following in CONNECTORS:
        return False
    return reading.after and at > start and end - stop <= _LONGEST_GAP


def _shape(marked: MarkedWords, lexicon: ActorLexicon, start: int, end: int) -> NameShape | None:
    """Read the type of a part from its type words; None where it has none."""
    places = _type_places(marked, lexicon, start, end)
    if not places:
        return None
    opening = places[0] if places[0][0] == start and places[0][1] < end else None
    closing = places[-1]
    chosen = closing
    if opening is not None and (closing[2].type == "project" or opening[2].before):
        chosen = opening
    begin, stop, reading = chosen
    bare = begin == start and stop == end
    shape = NameShape(
        start, end, marked.words.surface(begin, stop), reading.type, reading.word, bare
    )
    return replace(shape, type=_refine(marked, lexicon, shape, (begin, stop), reading))


def _refine(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    shape: NameShape,
    place: tuple[int, int],
    reading: TypeWord,
) -> str:
    """Correct the type of a type word by the other words of the name."""
    families = lexicon.families
    keys = marked.keys[shape.start : shape.end]
    others = frozenset(keys) - frozenset(marked.keys[place[0] : place[1]])
    before = marked.keys[place[0] - 1] if place[0] > shape.start else ""
    capital = marked.capital[shape.start]
    if others & families["legal_form"] and capital:
        return "private"
    if before in families["research"] and reading.type != "research":
        return "research"
    if reading.type == "project":
        return "project"
    if (
        reading.type in ("government", "ngo", "network", "private", "fund")
        and others & (families["community"])
    ):
        return "community"
    if reading.type in _INTERNATIONAL_HEADS and keys[0] in families["international"]:
        return "igo" if reading.type == "government" else "ngo"
    if reading.word.casefold() in _FUNDS:
        return "ngo"
    return reading.type
