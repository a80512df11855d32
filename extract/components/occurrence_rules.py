"""Rules for occursIn: a taxon in a place."""

from collections.abc import Iterator

from extract.components.mentions import Draft
from extract.components.reading import Reading, chains, iri_of, joint_status, of_kind, overlap
from extract.components.salience import NARROW_RANKS
from extract.components.scopes import Scope
from extract.matching.attachment import words_between
from extract.matching.bystanders import line_words
from extract.records import Entity, Statement

_NEAR = 25
"""Words between a taxon and a place past which a sentence says less about both."""
_APPOSED = 4
_OBJECT = 4
"""Words between a verb for living in, or coming to, a place and that place."""
_MOST_COUNTRIES = 3
_MOST_SITES = 3
_MAIN_SITE = 0.85
"""How sure it must be for taxa that the text only names besides those in focus."""
_SITE = 0.75
"""How sure it must be that the solution takes place at a site for its taxa to be there."""


def find_occurrences(reading: Reading) -> Iterator[Statement]:
    """Yield occursIn from sentences, then from title and document for the taxa in focus."""
    for scope in reading.scopes:
        yield from _in_sentence(reading, scope)
        yield from _taken_up(reading, scope)
    yield from _in_document(reading)


def located(reading: Reading, scope: Scope) -> dict[int, tuple[str, ...]]:
    """Return the cues of the preposition that governs each place of a sentence, by its start.

    Coordinated places share the preposition of the first.
    """
    found: dict[int, tuple[str, ...]] = {}
    for run in chains(reading.text, of_kind(scope, "place")):
        leads = reading.prepositions.before(reading.text, scope.start, run[0].start)
        cues = tuple(sorted(leads[0].cues)) if leads else ()
        for place in run:
            found[place.start] = cues
    return found


def _in_sentence(reading: Reading, scope: Scope) -> Iterator[Statement]:
    places = [place for place in of_kind(scope, "place") if not _is_road(place)]
    taxa = of_kind(scope, "species")
    if not places or not taxa or scope.cued("absence"):
        return
    governed = located(reading, scope)
    for place in places:
        for taxon in taxa:
            if overlap(taxon, place):
                continue
            score, rule = _attach(reading, scope, taxon, place, governed[place.start])
            if score:
                asked = any(
                    cue.end <= min(taxon.start, place.start) for cue in scope.cued("question")
                )
                yield _statement(taxon, place, score, rule, scope, asked=asked)


def _taken_up(reading: Reading, scope: Scope) -> Iterator[Statement]:
    """Place the one taxon of the sentence before where a sentence without any tells of presence."""
    taxa = of_kind(scope, "species")
    if not scope.number or taxa or scope.cued("trade", "absence") or not scope.cued("presence"):
        return
    before = reading.scopes[scope.number - 1]
    named = {iri_of(taxon): taxon for taxon in of_kind(before, "species")}
    apart = "\n\n" in reading.text[before.end : scope.start]
    if apart or len(named) != 1 or not named.keys() & set(reading.focal):
        return
    governed = located(reading, scope)
    for place in of_kind(scope, "place"):
        if "place" in governed[place.start] and not _is_road(place):
            (taxon,) = named.values()
            yield _statement(taxon, place, 0.5, "again", scope, asked=False)


def _is_road(place: Draft) -> bool:
    return place.entity is not None and is_line(place.entity)


def is_line(place: Entity) -> bool:
    """Tell whether a place is a road, railway, fence or the like: taxa cross it or meet it."""
    words = place.label.casefold().split()
    return place.place_type == "road" or not line_words().isdisjoint({*words[:1], *words[-1:]})


def _attach(
    reading: Reading, scope: Scope, taxon: Draft, place: Draft, governed: tuple[str, ...]
) -> tuple[float, str]:
    """Score one taxon and one place of a sentence; 0 where nothing ties them."""
    left, right = sorted((taxon.start, place.start))
    if reading.broken(scope, left, right):
        return 0.0, ""
    if not governed and any(
        taxon.end <= cue.start and words_between(reading.text, cue.end, place.start) <= _OBJECT
        for cue in scope.cued("inhabits")
        if cue.end <= place.start
    ):
        return 0.8, "inhabits"
    if place.end <= taxon.start and any(
        place.end <= cue.start < taxon.start for cue in scope.cued("home")
    ):
        return 0.85, "home"
    gap = words_between(reading.text, min(taxon.end, place.end), max(taxon.start, place.start))
    if place.end <= taxon.start and gap == 0:
        return 0.7, "modifier"
    traded = bool(scope.cued("trade"))
    titled = scope.block == "title" and not traded
    if "place" not in governed and not titled:
        beside = taxon.end <= place.start and gap <= _APPOSED and not scope.cued("trade")
        comma = "," in reading.text[taxon.end : place.start]
        return (0.6, "apposition") if beside and comma else (0.0, "")
    if "place" in governed and scope.cued("presence") and not traded:
        return (0.8, "presence") if gap <= _NEAR else (0.65, "presence")
    if traded:
        return 0.0, ""
    if titled:
        return 0.65, "title"
    return (0.65, "locative") if gap <= _NEAR else (0.5, "locative")


def _in_document(reading: Reading) -> Iterator[Statement]:
    """Place the taxa in focus where the solution takes place, with lower scores."""
    countries = reading.objects_of("takesPlaceInCountry")
    sites = [
        s
        for s in reading.objects_of("takesPlaceIn")
        if s.score >= _SITE and _is_site(reading, s.object)
    ]
    where = countries[:_MOST_COUNTRIES] if len(countries) <= _MOST_COUNTRIES else []
    others = _named(reading) if len(where) == 1 else ()
    main = [site for site in sites[:1] if site.score >= _MAIN_SITE]
    for taxon in others:
        for statement in [*where, *main]:
            yield _default(taxon, statement, 0.45, _first_evidence(reading, taxon), "mentioned")
    for number, taxon in enumerate(reading.focal):
        if _only_traded(reading, taxon):
            continue
        evidence = _first_evidence(reading, taxon)
        for statement in [*where, *(sites[:_MOST_SITES] if number == 0 else main)]:
            yield _default(taxon, statement, 0.55, evidence, "document")


def _default(
    taxon: str,
    place: Statement,
    score: float,
    evidence: tuple[tuple[int, int], ...],
    rule: str,
) -> Statement:
    return Statement(
        taxon,
        "occursIn",
        place.object,
        round(score * min(1.0, place.score + 0.2), 4),
        "affirmed",
        tuple(sorted({*evidence, *place.evidence[:1]})),
        "inferred",
        f"relations:occurs-{rule}",
    )


def _named(reading: Reading) -> tuple[str, ...]:
    """List the taxa out of focus that the running text names outside of trade."""
    found = {
        iri_of(draft): None
        for scope in reading.scopes
        if not scope.cued("trade", "absence")
        for draft in of_kind(scope, "species")
        if draft.entity is not None and draft.entity.rank in NARROW_RANKS
    }
    return tuple(iri for iri in found if iri not in reading.focal)


def _only_traded(reading: Reading, taxon: str) -> bool:
    """Tell whether every sentence that names a taxon is about trade or its absence."""
    scopes = [s for s in reading.scopes if any(iri_of(d) == taxon for d in s.drafts)]
    return all(scope.cued("trade", "absence") for scope in scopes)


def _is_site(reading: Reading, iri: str) -> bool:
    entity = reading.entities.get(iri)
    return entity is not None and entity.place_type != "country" and not is_line(entity)


def _first_evidence(reading: Reading, taxon: str) -> tuple[tuple[int, int], ...]:
    for scope in reading.scopes:
        if any(iri_of(draft) == taxon for draft in scope.drafts):
            return (scope.bounds,)
    return ()


def _statement(
    taxon: Draft, place: Draft, score: float, rule: str, scope: Scope, *, asked: bool
) -> Statement:
    return Statement(
        iri_of(taxon),
        "occursIn",
        iri_of(place),
        score,
        "hypothetical" if asked else joint_status(taxon, place),
        (scope.bounds,),
        "stated",
        f"relations:occurs-{rule}",
    )
