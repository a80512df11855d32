"""Frozen records of one extraction, written and read as the JSON contract."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from corpus.documents import Block, Break, Source
from extract.errors import ExtractError

MentionKind = Literal[
    "species",
    "place",
    "actor",
    "threat",
    "stress",
    "intervention",
    "quantity",
    "project",
    "policy_target",
]
EntityKind = Literal[
    "species",
    "place",
    "actor",
    "threat",
    "stress",
    "intervention",
    "kmgbf_target",
    "cms_instrument",
    "sdg_target",
    "policy_target",
    "project",
    "quantity",
]
ActorType = Literal[
    "igo",
    "government",
    "ngo",
    "research",
    "private",
    "community",
    "fund",
    "network",
    "person",
    "other",
]
AssertionStatus = Literal["affirmed", "negated", "hypothetical", "planned", "historical"]
Basis = Literal["stated", "declared", "inferred"]
Predicate = Literal[
    "focalTaxon",
    "mentionsTaxon",
    "addressesThreat",
    "addressesStress",
    "usesIntervention",
    "implementedBy",
    "hasPartner",
    "fundedBy",
    "hasBeneficiary",
    "hasTargetGroup",
    "hasContributor",
    "carriedOutUnder",
    "takesPlaceIn",
    "takesPlaceInCountry",
    "contributesToTarget",
    "relevantToInstrument",
    "contributesToSDG",
    "hasQuantity",
    "threatens",
    "occursIn",
    "implements",
    "targetsTaxon",
    "targetsPlace",
    "partOf",
]
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)
ACTOR_TYPES: tuple[ActorType, ...] = get_args(ActorType)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Offer one entity for a mention, scored 0 to 1, as the Reconciliation API does."""

    iri: str
    label: str
    score: float
    match: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Mark one run of the text; ``entity`` is None where it is honestly unlinked."""

    id: str
    start: int
    end: int
    text: str
    kind: MentionKind
    entity: str | None
    score: float
    component: str
    assertion: AssertionStatus = "affirmed"
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Describe one thing that mentions or statements point at."""

    iri: str
    kind: EntityKind
    label: str
    notation: str | None = None
    """Code alone, as ``4.1``; None where the scheme has no codes."""
    scheme: str | None = None
    scientific_name: str | None = None
    rank: str | None = None
    cms_appendix: tuple[str, ...] = ()
    place_type: str | None = None
    countries: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    actor_type: ActorType | None = None
    named: bool | None = None
    exact_match: tuple[str, ...] = ()
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    """IRIs of the next wider entities: parent taxon, containing place, parent concept."""
    value: float | None = None
    unit: str | None = None
    quantity_kind: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """State one fact with the sentences (start, end) that it rests on."""

    subject: str
    predicate: Predicate
    object: str
    score: float
    assertion: AssertionStatus = "affirmed"
    evidence: tuple[tuple[int, int], ...] = ()
    basis: Basis = "stated"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Hold everything that was read from one case study."""

    id: str
    iri: str
    title: str
    lang: str
    text: str
    source: Source
    solution: str
    url: str = ""
    blocks: tuple[Block, ...] = ()
    offset_map: tuple[Break, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    entity_index: Mapping[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entity_index", {entity.iri: entity for entity in self.entities})


def _compact(record: Any) -> dict[str, Any]:
    """Return the fields of a flat record, unset optional ones left out."""
    names = [f.name for f in fields(record)]
    values = {name: getattr(record, name) for name in names}
    return {name: value for name, value in values.items() if value not in (None, (), "")}


def _mention_to_json(mention: Mention) -> dict[str, Any]:
    data = _compact(mention)
    data["entity"] = mention.entity
    if mention.candidates:
        data["candidates"] = [_compact(candidate) for candidate in mention.candidates]
    return data


def _statement_to_json(statement: Statement) -> dict[str, Any]:
    data = _compact(statement)
    data["evidence"] = [{"start": start, "end": end} for start, end in statement.evidence]
    return data


def extraction_to_json(extraction: Extraction) -> str:
    """Write an extraction as one line of JSON, keys sorted."""
    data: dict[str, Any] = {
        "id": extraction.id,
        "iri": extraction.iri,
        "solution": extraction.solution,
        "title": extraction.title,
        "lang": extraction.lang,
        "source": _compact(extraction.source),
        "text": extraction.text,
        "blocks": [_compact(block) for block in extraction.blocks],
        "map": [
            [b.text, b.source] if b.page is None else [b.text, b.source, b.page]
            for b in extraction.offset_map
        ],
        "mentions": [_mention_to_json(mention) for mention in extraction.mentions],
        "entities": [_compact(entity) for entity in extraction.entities],
        "statements": [_statement_to_json(statement) for statement in extraction.statements],
    }
    if extraction.url:
        data["url"] = extraction.url
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _record(cls: type, data: Mapping[str, Any], **extra: Any) -> Any:
    """Build a record of ``cls`` from the keys that it knows; lists become tuples."""
    known = {f.name for f in fields(cls) if f.init}
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
    return cls(**({key: v for key, v in values.items() if key in known} | extra))


def extraction_from_json(line: str) -> Extraction:
    """Read one line of the JSON contract; raise ExtractError where it does not hold to it."""
    try:
        data = json.loads(line)
        text = data["text"]
        mentions = tuple(
            _record(
                Mention,
                item,
                component=item.get("component", ""),
                candidates=tuple(_record(Candidate, c) for c in item.get("candidates", [])),
            )
            for item in data["mentions"]
        )
        statements = tuple(
            _record(
                Statement,
                item,
                evidence=tuple((e["start"], e["end"]) for e in item.get("evidence", [])),
            )
            for item in data["statements"]
        )
        source = {"file": "", "checksum": "", "media_type": ""} | data.get("source", {})
        extraction = Extraction(
            id=data["id"],
            iri=data["iri"],
            title=data["title"],
            lang=data["lang"],
            text=text,
            source=_record(Source, source),
            solution=data.get("solution", data["iri"]),
            url=data.get("url", ""),
            blocks=tuple(_record(Block, item) for item in data.get("blocks", [])),
            offset_map=tuple(Break(*item) for item in data.get("map", [])),
            mentions=mentions,
            entities=tuple(_record(Entity, item) for item in data["entities"]),
            statements=statements,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractError(
            f"not an extraction record: {type(error).__name__} {error}; "
            "expected one JSON object a line, as written by 'ecoduct extract --format jsonl'"
        ) from error
    for mention in mentions:
        if text[mention.start : mention.end] != mention.text:
            raise ExtractError(
                f"{extraction.id}: mention {mention.id} quotes {mention.text!r}, but the text has "
                f"{text[mention.start : mention.end]!r} at {mention.start}:{mention.end}"
            )
    return extraction
