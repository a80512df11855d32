"""Generate extraction records of any number, the same for the same seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from corpus.decoding import checksum
from corpus.documents import Block, Source
from extract.assembly import RawMention, assemble_record
from extract.bench.names import (
    invent_actors,
    invent_countries,
    invent_places,
    invent_taxa,
    invent_word,
)
from extract.records import Entity, EntityKind, Extraction, Predicate, Statement
from ontology.namespaces import Minter, slugify
from ontology.vocabulary import concept_iri, load_vocabulary, scheme_iri

MIN_WORDS, MAX_WORDS = 200, 2000
_VOCABULARIES: tuple[tuple[str, EntityKind, Predicate], ...] = (
    ("threats", "threat", "addressesThreat"),
    ("actions", "intervention", "usesIntervention"),
    ("kmgbf", "kmgbf_target", "contributesToTarget"),
)


@dataclass(frozen=True, slots=True)
class _World:
    """Hold everything that generated texts speak of."""

    species: Sequence[Entity]
    places: Sequence[Entity]
    countries: dict[str, Entity]
    actors: Sequence[Entity]
    concepts: dict[Predicate, Sequence[Entity]]
    words: Sequence[str]
    all: dict[str, Entity]


def generate_extractions(count: int, *, seed: int, minter: Minter) -> Iterator[Extraction]:
    """Yield records of 200 to 2,000 invented words; record N is the same whatever the count."""
    world = _make_world(Random(f"world-{seed}"), minter)
    for number in range(count):
        yield _generate(Random(f"{seed}-{number}"), number, seed, world, minter)


def _make_world(random: Random, minter: Minter) -> _World:
    species, wider = invent_taxa(random, 1500, minter)
    countries = invent_countries(minter)
    places = invent_places(random, 1000, countries, minter)
    actors = invent_actors(random, 800, minter)
    concepts = {predicate: _concepts(name, kind, minter) for name, kind, predicate in _VOCABULARIES}
    words = [invent_word(random, random.randint(1, 3)) for _ in range(3000)]
    entities = [*species, *wider, *places, *countries, *actors]
    entities += [concept for each in concepts.values() for concept in each]
    return _World(
        species=species,
        places=places,
        countries={entity.iri: entity for entity in countries},
        actors=actors,
        concepts=dict(concepts),
        words=words,
        all={entity.iri: entity for entity in entities},
    )


def _concepts(name: str, kind: EntityKind, minter: Minter) -> list[Entity]:
    """Return the codes that statements may point at: level 2, and the numbered targets."""
    return [
        Entity(
            iri=concept_iri(minter, name, concept.code),
            kind=kind,
            label=concept.label,
            notation=concept.notation or concept.code,
            scheme=scheme_iri(minter, name),
        )
        for concept in load_vocabulary(name).concepts.values()
        if (concept.code.isdigit() if name == "kmgbf" else concept.code.count(".") == 1)
    ]


def _pick(random: Random, items: Sequence[Entity]) -> Entity:
    """Pick with a long tail: a few items often, most seldom."""
    return items[int(len(items) * random.random() ** 3)]


def _generate(random: Random, number: int, seed: int, world: _World, minter: Minter) -> Extraction:
    identifier = f"generated-{seed}-{number:06d}"
    iri = minter.case_study(identifier)
    title = " ".join(random.choice(world.words) for _ in range(random.randint(4, 9))).capitalize()
    parts = [title]
    blocks = [Block(0, len(title), "title")]
    mentions: list[RawMention] = []
    statements: list[Statement] = []
    length, words = len(title), 0
    target = random.randint(MIN_WORDS, MAX_WORDS)
    focal = _pick(random, world.species)
    place = _pick(random, world.places)
    while words < target:
        parts.append("\n\n")
        start = length = length + 2
        for _ in range(random.randint(2, 6)):
            sentence, found = _sentence(random, world, focal, place)
            for at, entity in found:
                begin = length + at
                kind = entity.kind
                label_end = begin + len(entity.label)
                if kind in ("species", "place", "actor"):
                    mentions.append(
                        (begin, label_end, kind, entity.iri, 0.9, "generator", "affirmed", ())
                    )
            evidence = (length, length + len(sentence))
            statements += _statements(random, iri, [e for _, e in found], world, evidence)
            parts.append(sentence + " ")
            length += len(sentence) + 1
            words += sentence.count(" ") + 1
        parts[-1] = parts[-1].rstrip()
        length -= 1
        blocks.append(Block(start, length, "prose"))
    return assemble_record(
        id=identifier,
        iri=iri,
        solution=minter.solution(identifier),
        title=title,
        lang="und",
        text="".join(parts),
        source=Source(
            file=f"{identifier}.jsonl",
            checksum=checksum("".join(parts).encode()),
            media_type="application/jsonl",
            display="full",
            title=f"Generated records {slugify(str(seed))}",
        ),
        blocks=tuple(blocks),
        mentions=mentions,
        entities=world.all,
        statements=statements,
    )


def _sentence(
    random: Random, world: _World, focal: Entity, place: Entity
) -> tuple[str, list[tuple[int, Entity]]]:
    """Make a sentence of invented words with up to three names in it."""
    named: list[Entity] = []
    if random.random() < 0.15:
        named.append(focal if random.random() < 0.6 else _pick(random, world.species))
    if random.random() < 0.2:
        named.append(place if random.random() < 0.6 else _pick(random, world.places))
    if random.random() < 0.07:
        named.append(_pick(random, world.actors))
    pieces: list[str] = []
    found: list[tuple[int, Entity]] = []
    length = 0
    for entity in [*named, None]:
        for _ in range(random.randint(3, 8)):
            pieces.append(random.choice(world.words))
            length += len(pieces[-1]) + 1
        if entity is not None:
            found.append((length, entity))
            pieces.append(entity.label)
            length += len(entity.label) + 1
    return " ".join(pieces) + ".", found


def _statements(
    random: Random,
    iri: str,
    named: Sequence[Entity],
    world: _World,
    evidence: tuple[int, int],
) -> Iterator[Statement]:
    """State a few facts that the sentence is the evidence of."""

    def state(subject: str, predicate: Predicate, object_: str) -> Statement:
        score = round(random.uniform(0.4, 0.99), 2)
        return Statement(subject, predicate, object_, score, evidence=(evidence,), rule="generator")

    for predicate, concepts in world.concepts.items():
        if random.random() < 0.03:
            concept = _pick(random, concepts)
            yield state(iri, predicate, concept.iri)
            for entity in named:
                if predicate == "addressesThreat" and entity.kind == "species":
                    yield state(concept.iri, "threatens", entity.iri)
                if predicate == "usesIntervention" and entity.kind == "actor":
                    yield state(entity.iri, "implements", concept.iri)
                    yield state(iri, "implementedBy", entity.iri)
    for entity in named:
        if entity.kind == "species":
            yield state(iri, "mentionsTaxon", entity.iri)
            if random.random() < 0.2:
                yield state(iri, "focalTaxon", entity.iri)
        elif entity.kind == "place" and random.random() < 0.3:
            yield state(iri, "takesPlaceIn", entity.iri)
            yield state(iri, "takesPlaceInCountry", entity.broader[0])
