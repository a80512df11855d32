"""Rules for threatens: a threat, and the taxon or place that it harms."""

from collections.abc import Iterator

from extract.components.mentions import Draft
from extract.components.reading import (
    SURE,
    Reading,
    chains,
    iri_of,
    is_broad,
    joint_status,
    of_kind,
    overlap,
)
from extract.components.scopes import Scope
from extract.matching.attachment import coordinated, words_between
from extract.records import Statement

_SPREADING = ("2.", "8.1", "8.2")
"""Codes under which a taxon beside the threat may be the threat itself: crops, stock, pests."""
_CONFLICT = "8.2"
"""Problematic native species are as a rule the taxa in focus themselves."""
_INVASION = ("8.1", "8.2")
_CLEARING = ("1.1",)
_SPECIES = frozenset({"species", "subspecies"})
_UNNAMED = "12"
"""Threats of other kinds, which say nothing of whom they harm."""
_TAKING = "5.1"
_TAKES = ("5", "8")
"""Codes whose words stand right beside what they take or sicken."""
_CLOSE = 3
_BESIDE = 2
"""Words between a threat and a place that it is in: overfishing in Vesk Bay."""
_MOST_DEFAULTS = 2
_SAID = frozenset({"harm", "harm-near", "harm-place", "inside", "relief"})
"""Ties by a word for harm or relief, which hold beside a remedy too."""


def find_threatened(reading: Reading) -> Iterator[Statement]:
    """Yield threatens from sentences; a threat alone in its sentence harms what is in focus."""
    named: set[tuple[str, str]] = set()
    alone: dict[str, tuple[Draft, list[Scope]]] = {}
    traded = _traded(reading)
    for scope in reading.scopes:
        yield from _in_trade(reading, scope, traded)
        for threat in filter(reading.is_sure, of_kind(scope, "threat")):
            found = list(_in_sentence(reading, scope, threat))
            yield from found
            named.update((statement.subject, statement.object) for statement in found)
            if not any(_is_focal(reading, statement.object) for statement in found):
                alone.setdefault(iri_of(threat), (threat, []))[1].append(scope)
    addressed = {s.object: s.score for s in reading.objects_of("addressesThreat")}
    for iri, (threat, scopes) in alone.items():
        harmed = any(scope.cued("harm", "benefit") for scope in scopes)
        if iri in addressed and (harmed or addressed[iri] >= SURE):
            yield from _in_document(reading, threat, scopes, named)


def _is_focal(reading: Reading, iri: str) -> bool:
    """Tell whether a text is about a taxon; where it is about none, any victim will do."""
    return iri in reading.focal or not reading.focal


def _in_sentence(reading: Reading, scope: Scope, threat: Draft) -> Iterator[Statement]:
    spreading = _notation(threat).startswith(_SPREADING)
    others = _other_threats(reading, scope, threat)
    for harmed in of_kind(scope, "species", "place"):
        if any(threat.end <= other.start < harmed.start for other in others):
            continue
        if _owned(scope, harmed) or (
            spreading and _is_threat_itself(reading, scope, threat, harmed)
        ):
            continue
        score, rule = _tie(reading, scope, threat, harmed)
        if score and (rule in _SAID or not _is_remedy(scope, threat)):
            yield Statement(
                iri_of(threat),
                "threatens",
                iri_of(harmed),
                score,
                joint_status(threat, harmed),
                (scope.bounds,),
                "stated",
                f"relations:threatens-{rule}",
            )


def _is_remedy(scope: Scope, threat: Draft) -> bool:
    """Tell whether a sentence tells of the remedy, not the harm: a road closed, a tunnel built."""
    acts = of_kind(scope, "intervention")
    return bool(scope.cued("remedy")) or any(overlap(threat, act) for act in acts)


def _other_threats(reading: Reading, scope: Scope, threat: Draft) -> list[Draft]:
    """List the threats of a sentence that are not named in one breath with this one.

    One that stands between this threat and a taxon or place has that for itself.
    """
    threats = [t for t in of_kind(scope, "threat") if reading.is_sure(t)]
    mates = next(run for run in chains(reading.text, threats) if threat in run)
    return [t for t in threats if t not in mates and not overlap(t, threat)]


def _tie(reading: Reading, scope: Scope, threat: Draft, harmed: Draft) -> tuple[float, str]:
    """Score one threat and one taxon or place of a sentence; 0 where nothing ties them."""
    if overlap(threat, harmed):
        return (0.6, "inside") if _stands_inside(reading, threat, harmed) else (0.0, "")
    left, right = sorted((threat, harmed), key=lambda draft: draft.start)
    gap = words_between(reading.text, left.end, right.start)
    if reading.broken(scope, left.end, right.start):
        return 0.0, ""
    spreading = _notation(threat).startswith(_SPREADING)
    if is_broad(harmed):
        leads = reading.prepositions.before(reading.text, scope.start, harmed.start)
        cues = leads[0].cues if leads else frozenset()
        close = left is threat and "place" in cues and "source" not in cues
        close = close and gap <= (_CLOSE if scope.cued("harm") else _BESIDE)
        return (0.5, "country") if close else (0.0, "")
    listed = coordinated(reading.text, left.end, right.start)
    takes = not spreading and _takes(scope, threat)
    if gap <= _CLOSE and harmed.kind == "species" and takes and not listed:
        return 0.8, "close"
    harms = [cue for cue in scope.cued("harm") if not _inside(cue.start, threat, harmed)]
    if any(left.end <= cue.start < right.start for cue in harms):
        return 0.8, "harm"
    if harmed.kind == "species":
        if any(cue.end <= harmed.start for cue in scope.cued("benefit")) and not (
            left is threat and "," in reading.text[left.end : right.start]
        ):
            return 0.65, "relief"
        if right is threat or spreading or iri_of(harmed) not in reading.focal:
            return 0.0, ""
        return (0.65, "harm-near") if harms else (0.55, "sentence")
    leads = reading.prepositions.before(reading.text, scope.start, harmed.start)
    if left is threat and leads and "place" in leads[0].cues:
        beside = gap <= _BESIDE and "source" not in leads[0].cues
        return (0.65, "harm-place") if harms else (0.5 if beside else 0.0, "place")
    return 0.0, ""


def _takes(scope: Scope, threat: Draft) -> bool:
    """Tell whether the words for a threat tell of harm: shark hooking, power lines kill."""
    killing = any(_inside(cue.start, threat) for cue in scope.cued("harm"))
    return killing or _notation(threat).startswith(_TAKES)


def _owned(scope: Scope, harmed: Draft) -> bool:
    """Tell whether a place is only part of the name of a body: ``Vesk City Council``."""
    return harmed.kind == "place" and any(overlap(harmed, a) for a in of_kind(scope, "actor"))


def _stands_inside(reading: Reading, threat: Draft, harmed: Draft) -> bool:
    """Tell whether the words for a threat say where it is: ``rats on Vesk Island``."""
    leads = reading.prepositions.before(reading.text, threat.start, harmed.start)
    return (
        harmed.kind == "place"
        and not is_broad(harmed)
        and bool(leads)
        and not leads[0].gap
        and "place" in leads[0].cues
    )


def _called_invader(reading: Reading, taxon: str) -> bool:
    """Tell whether some sentence on a taxon speaks of invaders, whoever they are."""
    return taxon in reading.invaders or any(
        scope.cued("invader") and any(iri_of(draft) == taxon for draft in scope.drafts)
        for scope in reading.scopes
    )


def _is_removed(reading: Reading, taxon: str) -> bool:
    """Tell whether some mention of a taxon is part of the words for an invader or its removal."""
    return any(
        iri_of(draft) == taxon and overlap(draft, other)
        for scope in reading.scopes
        for other in of_kind(scope, "threat", "intervention")
        if _notation(other).startswith(_INVASION if other.kind == "threat" else _CLEARING)
        for draft in of_kind(scope, "species")
    )


def _traded(reading: Reading) -> Draft | None:
    """Return a mention of hunting and trade that the solution works against, if any."""
    addressed = {s.object for s in reading.objects_of("addressesThreat")}
    for scope in reading.scopes:
        for threat in of_kind(scope, "threat"):
            if _notation(threat).startswith(_TAKING) and iri_of(threat) in addressed:
                return threat
    return None


def _in_trade(reading: Reading, scope: Scope, traded: Draft | None) -> Iterator[Statement]:
    """Let trade that the solution works against threaten what a sentence says is traded."""
    if traded is None or not scope.cued("trade"):
        return
    for taxon in of_kind(scope, "species"):
        if reading.is_central(iri_of(taxon)):
            yield Statement(
                iri_of(traded),
                "threatens",
                iri_of(taxon),
                0.6,
                joint_status(traded, taxon),
                (scope.bounds,),
                "inferred",
                "relations:threatens-trade",
            )


def _in_document(
    reading: Reading, threat: Draft, scopes: list[Scope], named: set[tuple[str, str]]
) -> Iterator[Statement]:
    """Give a threat that names no victim the taxa in focus, else the main site."""
    code = _notation(threat)
    if code.startswith(_UNNAMED):
        return
    central = [iri for iri in reading.focal if reading.is_central(iri)]
    victims = [
        iri
        for iri in central
        if not code.startswith(_CONFLICT)
        and iri not in reading.invaders
        and not (code.startswith(_SPREADING) and _called_invader(reading, iri))
        and not _is_removed(reading, iri)
    ]
    species = [iri for iri in victims if reading.entities[iri].rank in _SPECIES]
    victims = (species or victims)[:_MOST_DEFAULTS]
    score, rule = 0.5, "threatens-focal"
    if not victims and not code.startswith(_CONFLICT) and (not central or code.startswith("8.1")):
        victims, score, rule = _sites(reading), 0.45, "threatens-site"
    for victim in victims:
        if (iri_of(threat), victim) not in named:
            yield Statement(
                iri_of(threat),
                "threatens",
                victim,
                score,
                threat.assertion,
                tuple(scope.bounds for scope in scopes[:3]),
                "inferred",
                f"relations:{rule}",
            )


def _sites(reading: Reading) -> list[str]:
    """Return the main site of a text."""
    sites = [
        s.object
        for s in reading.objects_of("takesPlaceIn")
        if (entity := reading.entities.get(s.object)) and entity.place_type != "country"
    ]
    return sites[:1]


def _is_threat_itself(reading: Reading, scope: Scope, threat: Draft, taxon: Draft) -> bool:
    """Tell whether a taxon beside an invasive or problem species is that species."""
    if taxon.kind != "species":
        return False
    left, right = sorted((threat, taxon), key=lambda draft: draft.start)
    near = words_between(reading.text, left.end, right.start) <= _CLOSE and not any(
        left.end <= other.start < right.start for other in of_kind(scope, "species")
    )
    return near or iri_of(taxon) in reading.invaders


def _inside(offset: int, *drafts: Draft) -> bool:
    return any(draft.start <= offset < draft.end for draft in drafts)


def _notation(draft: Draft) -> str:
    return (draft.entity.notation or "") if draft.entity is not None else ""
