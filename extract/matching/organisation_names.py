"""Find names of organisations and projects by their shape: capitals, connectors, type words."""

from collections.abc import Sequence

from extract.matching.actor_lexicon import ActorLexicon, longest
from extract.matching.marked_words import AND, ARTICLES, CONNECTORS, OF, MarkedWords
from extract.matching.name_types import HEAD_FIRST, NameShape, read_shape, read_word, type_places

_LONGEST_GAP = 3


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
    if after < len(keys) and keys[after] in ARTICLES:
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
    bound = before in OF or before in ARTICLES or before in remit or before in AND
    return keys[index] in remit and bound and keys[index] not in CONNECTORS


def find_names(marked: MarkedWords, lexicon: ActorLexicon) -> list[NameShape]:
    """List names that carry a type word, in text order, none overlapping."""
    names: list[NameShape] = []
    for start, end in find_runs(marked, lexicon):
        start = trim_start(marked, lexicon, start, end)
        if start >= end:
            continue
        for part_start, part_end in _join_parts(marked, lexicon, _split_run(marked, start, end)):
            name = read_shape(marked, lexicon, part_start, part_end)
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
            names.append(read_word(marked, lexicon, (start, index + 1), index, found[1]))
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
    if (
        opens
        and longest(lexicon.type_words, keys, start) is None
        and not _stands_inside(marked, start, end)
    ):
        start += 1
        while start < end and keys[start] in CONNECTORS and not marked.capital[start]:
            start += 1
    return start


def _stands_inside(marked: MarkedWords, start: int, end: int) -> bool:
    """Tell whether a phrase stands inside a sentence too, so that its first capital is its own."""
    keys, name = marked.keys, marked.keys[start:end]
    return any(
        keys[i : i + len(name)] == name and marked.capital[i] and not _opens(marked, i)
        for i in range(1, len(keys) - len(name) + 1)
    )


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
    typed_left = type_places(marked, lexicon, *left)
    typed_right = type_places(marked, lexicon, *right)
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
    stop = typed_left[0][1]
    followed = keys[stop : stop + 1] in (("of",), ("for",)) and typed_left[0][0] == left[0]
    opens = (typed_left[0][2].before or followed) and stop < left[1]
    after_article = keys[right[0]] in ARTICLES
    if opens and typed_left[0][2].lang in HEAD_FIRST and keys[right[1] : right[1] + 1] == ("(",):
        return True
    return opens and (keys[last] in remit or (keys[begin] in remit and not after_article))


def _all_remit(keys: Sequence[str], remit: frozenset[str]) -> bool:
    return all(key in remit or key in CONNECTORS for key in keys)
