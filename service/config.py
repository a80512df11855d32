"""Settings of a deployment, read once and passed in."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ontology.namespaces import DEFAULT_BASE
from service.errors import ServiceError

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
    query_timeout_s: float = 30.0
    query_memory_mb: int = 1500
    web_threads: int = 16
    default_graph: str = "merged"
    """``merged``: the RDF merge of all published graphs; ``own``: the store's own."""
    confidence_threshold: float = 0.5
    """Statements below it make no direct triple."""
    allow_service: tuple[str, ...] = ()
    """Hosts that SERVICE may ask, each as ``host`` or ``host:port``; comma-separated in text."""
    allow_private: bool = False
    """Whether those hosts may have addresses of this machine or of private networks."""


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
    if values.get("default_graph", "merged") not in ("merged", "own"):
        raise ServiceError(f"setting default_graph: {values['default_graph']!r}; use merged or own")
    return Settings(**values)
