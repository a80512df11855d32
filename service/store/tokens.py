"""The tokens that allow writing, kept as hashes; none exists until an operator adds one."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.errors import ServiceError
from service.store.sqlite import Database

SCOPES: tuple[str, ...] = ("ingest", "curate", "admin")
"""What a token may allow; ``admin`` allows everything."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash BLOB NOT NULL,
    created TEXT NOT NULL
) WITHOUT ROWID
"""
_FORM = re.compile(r"eco_([0-9a-f]{12})_([A-Za-z0-9_-]{20,100})")
_NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class Token:
    """Describe a token; the secret itself is not kept."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created: str

    def allows(self, scope: str) -> bool:
        """Tell whether the token covers a scope."""
        return scope in self.scopes or "admin" in self.scopes


def _hash(text: str) -> bytes:
    # A token is random and long: a plain hash cannot be guessed back.
    return hashlib.sha256(text.encode()).digest()


class TokenStore:
    """Keep the tokens of a data folder; usable from any thread and beside a running service."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)
        self._path = path

    def add(self, name: str, scopes: Iterable[str]) -> str:
        """Make a token and return its text, which cannot be shown again."""
        wanted = sorted(set(scopes))
        unknown = [scope for scope in wanted if scope not in SCOPES]
        if unknown or not wanted:
            raise ServiceError(f"scope {', '.join(unknown) or 'missing'}; use {', '.join(SCOPES)}")
        key = secrets.token_hex(6)
        text = f"eco_{key}_{secrets.token_urlsafe(32)}"
        created = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)",
                (key, name, ",".join(wanted), _hash(text), created),
            )
        self._path.chmod(0o600)
        return text

    def list_tokens(self) -> tuple[Token, ...]:
        """List all tokens, oldest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT id, name, scopes, created FROM tokens ORDER BY created, id"
            ).fetchall()
        return tuple(
            Token(key, name, tuple(scopes.split(",")), created)
            for key, name, scopes, created in rows
        )

    def revoke(self, key: str) -> int:
        """Delete the tokens with this identifier or name and count them."""
        with self._database.transaction() as connection:
            done = connection.execute("DELETE FROM tokens WHERE id = ?1 OR name = ?1", (key,))
        return done.rowcount

    def check(self, text: str) -> Token | None:
        """Return the token of this text; None where there is none.

        The secret is compared in constant time, also where the identifier is unknown.
        """
        match = _FORM.fullmatch(text)
        row = None
        if match is not None:
            with self._database.transaction() as connection:
                row = connection.execute(
                    "SELECT id, name, scopes, created, hash FROM tokens WHERE id = ?",
                    (match.group(1),),
                ).fetchone()
        expected = row[4] if row else _NO_HASH
        if not hmac.compare_digest(_hash(text), expected) or row is None:
            return None
        return Token(row[0], row[1], tuple(row[2].split(",")), row[3])

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()
