"""What is known of one text while actors are sought in it, and tests that all stages share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extract.matching.acronyms import looks_short
from extract.matching.actor_cues import CueFound
from extract.matching.actor_lexicon import ActorLexicon, longest
from extract.matching.marked_words import AND, MarkedWords
from extract.matching.organisation_names import find_runs, trim_start
from ontology.gazetteer.rows import NameHit, OrganisationRow

PlaceOf = Callable[[str], bool]
_LONGEST_NAME = 7
_NO_BODY = frozenset(("GPE", "LOC", "DATE", "EVENT"))
_NOUN_TYPES = ("ngo", "private", "community", "network")


@dataclass(slots=True)
class ActorFound:
    """Mark words ``start`` to ``end`` (exclusive) as an actor or a project."""

    start: int
    end: int
    rule: str
    score: float
    type: str
    """An actor type, ``project``, or empty where nothing tells it."""
    name: str
    """The fullest name that the text gives."""
    rows: tuple[int, ...] = ()
    """Rows of the gazetteer that the name may mean, likeliest first."""
    head: str = ""
    rejected: str = ""
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Look names of organisations up."""

    hits: Callable[[str], tuple[NameHit, ...]]
    has_prefix: Callable[[str], bool]
    row: Callable[[int], OrganisationRow]
    is_country: PlaceOf
    is_any_place: PlaceOf


@dataclass(slots=True)
class Reading:
    """Hold what is known of one text while actors are sought in it."""

    marked: MarkedWords
    lexicon: ActorLexicon
    names: Names
    other: Sequence[str]
    """Kind of the draft of another component that covers each word, else empty."""
    model: Sequence[str]
    """Label of the statistical model for each word, else empty."""
    lang: str = "en"
    found: list[ActorFound] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    cues: list[CueFound] = field(default_factory=list)
    short_forms: dict[str, ActorFound] = field(default_factory=dict)

    def add(self, actor: ActorFound) -> None:
        """Keep an actor where no word of it is covered, and cover its words."""
        if not any(self.covered[actor.start : actor.end]):
            self.found.append(actor)
            self.covered[actor.start : actor.end] = [True] * (actor.end - actor.start)


def named_as(actor: ActorFound, start: int, end: int, rule: str) -> ActorFound:
    """Return another mention of an actor."""
    return ActorFound(
        start,
        end,
        rule,
        min(actor.score, 0.9),
        actor.type,
        actor.name,
        actor.rows,
        actor.head,
        actor.rejected,
        actor.alternates,
    )


def proper_runs(reading: Reading) -> dict[int, int]:
    """Map the first word of each run of capitals, no name so far, to its end."""
    marked, lexicon = reading.marked, reading.lexicon
    runs: dict[int, int] = {}
    for start, end in find_runs(marked, lexicon):
        for first, last in _uncovered(reading, start, end):
            begin = trim_start(marked, lexicon, first, last)
            if begin < last:
                runs[begin] = last
    return runs


def _uncovered(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run at words that names cover, and at its ands."""
    parts: list[tuple[int, int]] = []
    begin = start
    for index in range(start, end + 1):
        if index == end or reading.covered[index] or _parts(reading.marked, index):
            if begin < index:
                parts.append((begin, index))
            begin = index + 1
    return parts


def _parts(marked: MarkedWords, index: int) -> bool:
    """Tell whether an and parts two names; the sign & does not."""
    written = marked.words.text[marked.words.starts[index]]
    return marked.keys[index] in AND and written != "&"


def may_be_name(reading: Reading, start: int, end: int, *, of_taxon: bool = False) -> bool:
    """Tell whether a run of capitals may name an organisation as far as its words tell.

    ``of_taxon`` lets a taxon stand in it, as in Friends of Otters, where the text says enough.
    """
    marked, families = reading.marked, reading.lexicon.families
    last = marked.keys[end - 1]
    written = marked.words.surface(start, end)
    return (
        end - start <= _LONGEST_NAME
        and not any(reading.covered[start:end])
        and not _other_covers(reading, start, end, of_taxon=of_taxon)
        and last not in families["not_organisation"]
        and written not in reading.lexicon.other_acronyms
        and not written.isdigit()
        and len(written) > 2
    )


def _other_covers(reading: Reading, start: int, end: int, *, of_taxon: bool) -> bool:
    """Tell whether a span is a place, holds a species, or stands in a heading."""
    labels = {reading.other[i] for i in range(start, end)}
    if of_taxon and len(labels) > 1:
        labels.discard("species")
    return labels == {"place"} or bool(labels - {"", "place"})


def is_marked(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a name looks like no word and no person: an acronym, capitals inside a word."""
    written = (reading.marked.written(index) for index in range(start, end))
    return any(looks_short(word) or any(c.isupper() for c in word[1:]) for word in written)


def is_thing(reading: Reading, places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name is a common word with a capital, or takes an article as things do."""
    marked = reading.marked
    start, end = places[0]
    if is_marked(reading, start, end):
        return False
    if end - start == 1:
        name = marked.keys[start]
        if any(k == name and not marked.capital[i] for i, k in enumerate(marked.keys)):
            return True
        determiners = reading.lexicon.families["determiner"]
        determined = sum(at > 0 and marked.keys[at - 1] in determiners for at, _ in places)
        if reading.lang == "en" and 2 * determined > len(places):
            return True
    return any(reading.model[at] in _NO_BODY for at, _ in places)


def places_of(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """List where the words of a name stand."""
    keys, size = reading.marked.keys, end - start
    name = keys[start:end]
    return [
        (i, i + size) for i, k in enumerate(keys) if k == name[0] and keys[i : i + size] == name
    ]


def no_other_label(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the model calls no word of a name a person, place or date."""
    return not {reading.model[i] for i in range(start, end)} - {"", "ORG"}


def type_nearby(reading: Reading, start: int, end: int) -> str:
    """Read the type of an unlisted name from a noun right before it, or from its own words."""
    marked, families = reading.marked, reading.lexicon.families
    if start and marked.keys[start - 1] in families["organisation_noun"]:
        return noun_type(reading, start - 1)
    inside = frozenset(marked.keys[start:end])
    return "ngo" if end - start > 1 and inside & families["remit"] else ""


def noun_type(reading: Reading, index: int) -> str:
    """Return the actor type of a common noun, as the language of the text has it."""
    keys = reading.marked.keys
    found = longest(reading.lexicon.groups, keys, index)
    if found is None:
        families = reading.lexicon.families
        return next((t for t in _NOUN_TYPES if keys[index] in families[f"{t}_noun"]), "other")
    return min(found[1], key=lambda group: (group.lang != reading.lang, group.lang)).type


def add_unknown(reading: Reading, start: int, end: int, rule: str, score: float) -> None:
    """Add a name that no list holds."""
    name = " ".join(reading.marked.words.surface(start, end).split())
    reading.add(ActorFound(start, end, rule, score, guess_type(reading, start, end), name))


def guess_type(reading: Reading, start: int, end: int) -> str:
    """Return the likeliest type of an unlisted name: that of a noun beside it, of its words, ngo.

    Bodies whose name tells nothing are as a rule associations, in texts about what they do.
    """
    families = reading.lexicon.families
    inside = frozenset(reading.marked.keys[start:end])
    if nearby := type_nearby(reading, start, end):
        return nearby
    if inside & families["company_word"]:
        return "private"
    return "research" if inside & families["research_word"] else "ngo"
