"""The triples of a run: when it ran, with which versions, what it made, how it ended."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from ontology.namespaces import ECO, PROV, RDF, RDFS, SCHEMA, XSD, Minter

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def run_key(started: datetime) -> str:
    """Name a run by its start, to the microsecond."""
    return started.astimezone(UTC).strftime("%Y%m%dT%H%M%S-%f")


def _time(moment: datetime) -> str:
    value = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f'"{value}"^^<{XSD.dateTime}>'


def _text(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'


def _lines(subject: str, pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(sorted(f"<{subject}> <{p}> {o} .\n" for p, o in pairs)).encode()


def run_started(
    minter: Minter,
    started: datetime,
    *,
    software: str,
    versions: Mapping[str, str] | None = None,
    sources: Iterable[str] = (),
) -> bytes:
    """Write that a run has begun, with which versions, and what it was asked to read."""
    pairs = [
        (str(RDF.type), f"<{ECO.Run}>"),
        (str(RDF.type), f"<{PROV.Activity}>"),
        (str(RDFS.label), f'"Ingestion of {started.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"@en'),
        (str(PROV.startedAtTime), _time(started)),
        (str(SCHEMA.softwareVersion), _text(software)),
    ]
    pairs += [(str(ECO[f"{name}Version"]), _text(v)) for name, v in (versions or {}).items()]
    pairs += [(str(ECO.readFrom), _text(source)) for source in sources]
    return _lines(minter.run(run_key(started)), pairs)


def run_generated(minter: Minter, started: datetime, graphs: Iterable[str]) -> bytes:
    """Write which graphs a run has made or made anew."""
    run = minter.run(run_key(started))
    return _lines(run, [(str(PROV.generated), f"<{graph}>") for graph in graphs])


def run_invalidated(minter: Minter, started: datetime, retired: Iterable[str]) -> bytes:
    """Write which graphs, case studies and solutions a run has retired: their tombstones."""
    run = minter.run(run_key(started))
    lines = [f"<{iri}> <{PROV.wasInvalidatedBy}> <{run}> .\n" for iri in retired]
    return "".join(sorted(lines)).encode()


def run_ended(
    minter: Minter,
    started: datetime,
    ended: datetime,
    *,
    ingested: int,
    unchanged: int,
    failed: int,
    retired: int = 0,
) -> bytes:
    """Write when a run ended, how long it took, and how many documents met which end."""
    seconds = f"{(ended - started).total_seconds():.3f}"
    counts = {
        "ingestedCount": ingested,
        "unchangedCount": unchanged,
        "failedCount": failed,
        "retiredCount": retired,
    }
    pairs = [
        (str(PROV.endedAtTime), _time(ended)),
        (str(ECO.durationInSeconds), f'"{seconds}"^^<{XSD.decimal}>'),
    ]
    pairs += [(str(ECO[name]), f'"{n}"^^<{XSD.integer}>') for name, n in counts.items()]
    return _lines(minter.run(run_key(started)), pairs)
