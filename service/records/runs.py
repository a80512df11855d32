"""The triples of a run: when it ran, with which versions, what it made, how it ended."""

from collections.abc import Iterable
from datetime import UTC, datetime

from ontology.namespaces import ECO, PROV, RDF, RDFS, SCHEMA, XSD, Minter


def run_key(started: datetime) -> str:
    """Name a run by its start, to the microsecond."""
    return started.astimezone(UTC).strftime("%Y%m%dT%H%M%S-%f")


def _time(moment: datetime) -> str:
    value = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f'"{value}"^^<{XSD.dateTime}>'


def _lines(subject: str, pairs: Iterable[tuple[str, str]]) -> bytes:
    return "".join(sorted(f"<{subject}> <{p}> {o} .\n" for p, o in pairs)).encode()


def run_started(minter: Minter, started: datetime, *, software: str) -> bytes:
    """Write that a run has begun, and with which version of the software."""
    pairs = [
        (str(RDF.type), f"<{ECO.Run}>"),
        (str(RDF.type), f"<{PROV.Activity}>"),
        (str(RDFS.label), f'"Ingestion of {started.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"@en'),
        (str(PROV.startedAtTime), _time(started)),
        (str(SCHEMA.softwareVersion), f'"{software}"'),
    ]
    return _lines(minter.run(run_key(started)), pairs)


def run_generated(minter: Minter, started: datetime, graphs: Iterable[str]) -> bytes:
    """Write which graphs a run has made or made anew."""
    run = minter.run(run_key(started))
    return _lines(run, [(str(PROV.generated), f"<{graph}>") for graph in graphs])


def run_invalidated(minter: Minter, started: datetime, graphs: Iterable[str]) -> bytes:
    """Write which graphs a run has retired."""
    run = minter.run(run_key(started))
    lines = [f"<{graph}> <{PROV.wasInvalidatedBy}> <{run}> .\n" for graph in graphs]
    return "".join(sorted(lines)).encode()


def run_ended(
    minter: Minter,
    started: datetime,
    ended: datetime,
    *,
    ingested: int,
    unchanged: int,
    failed: int,
) -> bytes:
    """Write when a run ended and how many documents it took, passed over and failed on."""
    pairs = [
        (str(PROV.endedAtTime), _time(ended)),
        (str(ECO.ingestedCount), f'"{ingested}"^^<{XSD.integer}>'),
        (str(ECO.unchangedCount), f'"{unchanged}"^^<{XSD.integer}>'),
        (str(ECO.failedCount), f'"{failed}"^^<{XSD.integer}>'),
    ]
    return _lines(minter.run(run_key(started)), pairs)
