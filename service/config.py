"""Settings of a deployment, read once and passed in."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ontology.namespaces import DEFAULT_BASE
from service.errors import ServiceError
from service.logs import LOG_FORMATS

_PREFIX = "ECODUCT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting with its default."""

    data_dir: Path = Path("data")
    base: str = DEFAULT_BASE
    host: str = "127.0.0.1"
    port: int = 8000
    readers: int = 2
    """Worker processes that answer queries."""
    spare_readers: int = 2
    """More of them, started in place of those that are at slow queries while others wait."""
    query_timeout_s: float = 30.0
    query_memory_mb: int = 1500
    query_length: int = 100_000
    """Characters of a query; updates are bounded by ``upload_mb``."""
    update_timeout_s: float = 60.0
    update_memory_mb: int = 2000
    """What one update may add to the memory of the writer."""
    answer_rows: int = 1_000_000
    """Rows or triples of one answer; 0 sets no limit, here and below."""
    answer_mb: int = 200
    upload_mb: int = 10
    queue_length: int = 48
    """Queries that may wait for a reader."""
    queue_s: float = 10.0
    client_cpu_s: float = 60.0
    """Seconds of computing that one client may use at once."""
    client_cpu_per_s: float = 0.5
    """What a client gets back of them each second."""
    client_slow_queries: int = 2
    """Queries of more than a second that one client may have running."""
    query_log: bool = True
    """Whether ``logs/queries.jsonl`` in the data folder is written."""
    log_format: str = "text"
    """Messages on stderr: ``text`` for people, ``json`` for programs, a line each."""
    trusted_proxy: str = ""
    """Address of the reverse proxy whose X-Forwarded headers count; ``*`` for any."""
    trusted_proxy_count: int = 1
    web_threads: int = 64
    default_graph: str = "merged"
    """``merged``: the RDF merge of all published graphs; ``own``: the store's own."""
    confidence_threshold: float = 0.5
    """Statements below it make no direct triple."""
    allow_service: tuple[str, ...] = ()
    """Hosts that SERVICE may ask, each as ``host`` or ``host:port``; comma-separated in text."""
    allow_private: bool = False
    """Whether those hosts may have addresses of this machine or of private networks."""
    sources: tuple[str, ...] = ()
    """What is watched where nothing else is named: folders, files, addresses."""
    schedule: str = "1h"
    """When it is read again: an interval (``30m``, ``6h``, ``1d``) or a cron expression."""
    display: tuple[str, ...] = ()
    """What may be shown of sources, each as ``START=full|snippets|none``; longest start wins."""
    panorama_key: str = ""
    """The operator's key for the API of PANORAMA; none is shipped."""
    fetch_interval_s: float = 1.0
    """Between two requests to one host."""
    fetch_private: bool = False
    """Whether sources may have addresses of this machine or of private networks."""
    fetch_contact: str = ""
    """Address or page of whoever runs this; hosts that are asked see it."""
    grace_days: float = 7.0
    """How long what a source lists no more is kept."""
    reading_timeout_s: float = 120.0
    reading_memory_mb: int = 1000
    """What reading one file or page may take."""
    extraction_timeout_s: float = 600.0
    """Longest time for one document; far over what a text at the size limit takes."""
    extraction_memory_mb: int = 4000
    """What one extraction process may take."""
    columns: tuple[str, ...] = ()
    """Columns of tables under names that are not known, each as ``FIELD=COLUMN``."""


_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def _convert(name: str, value: Any, kind: Any) -> Any:
    if kind is bool and not isinstance(value, bool):
        if str(value).lower() not in _TRUTH:
            raise ServiceError(f"setting {name}: {value!r}; use true or false")
        return _TRUTH[str(value).lower()]
    if kind is tuple and isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return kind(value)
    except (TypeError, ValueError) as error:
        raise ServiceError(f"setting {name}: {value!r} is not a valid {kind.__name__}") from error


def load_settings(
    file: Path | None = None, *, environ: Mapping[str, str] | None = None, **overrides: Any
) -> Settings:
    """Read settings from a TOML file, then ECODUCT_* variables, then overrides that are not None.

    Raise ServiceError naming an unknown key, a bad value or an unreadable file.
    """
    environ = os.environ if environ is None else environ
    kinds = {f.name: type(f.default) for f in fields(Settings)}
    kinds["data_dir"] = Path
    values: dict[str, Any] = {}
    file = file or (Path(environ["ECODUCT_CONFIG"]) if "ECODUCT_CONFIG" in environ else None)
    if file is not None:
        try:
            values.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ServiceError(f"settings file {file}: {error}") from error
    for name in kinds:
        if _PREFIX + name.upper() in environ:
            values[name] = environ[_PREFIX + name.upper()]
    values.update({name: value for name, value in overrides.items() if value is not None})
    unknown = sorted(set(values) - set(kinds))
    if unknown:
        raise ServiceError(
            f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(kinds))}"
        )
    values = {name: _convert(name, value, kinds[name]) for name, value in values.items()}
    if "base" in values and not values["base"].endswith("/"):
        raise ServiceError(f"setting base: {values['base']!r} must end in a slash")
    for name, value in values.items():
        if isinstance(value, int | float) and value < 0:
            raise ServiceError(f"setting {name}: {value!r} must not be less than 0")
    for entry in values.get("display", ()):
        if entry.rpartition("=")[2] not in ("full", "snippets", "none"):
            raise ServiceError(f"setting display: {entry!r}; write START=full, =snippets or =none")
    if values.get("log_format", "text") not in LOG_FORMATS:
        raise ServiceError(f"setting log_format: {values['log_format']!r}; use text or json")
    for entry in values.get("columns", ()):
        if not all(entry.partition("=")):
            raise ServiceError(f"setting columns: {entry!r}; write FIELD=COLUMN, as in title=Titre")
    if values.get("default_graph", "merged") not in ("merged", "own"):
        raise ServiceError(f"setting default_graph: {values['default_graph']!r}; use merged or own")
    return Settings(**values)
