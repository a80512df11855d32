"""``ecoduct token``."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.errors import ServiceError
from service.store.tokens import TokenStore


def _run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), "token", *arguments])


def test_command_token_adds_lists_and_revokes(tmp_path: Path) -> None:
    assert _run(tmp_path, "list").stdout == ""
    added = _run(tmp_path, "add", "nightly", "--scope", "ingest", "--scope", "curate")
    text = added.stdout.strip()
    store = TokenStore(tmp_path / "tokens.sqlite")
    token = store.check(text)
    assert token is not None
    assert (token.name, token.scopes) == ("nightly", ("curate", "ingest"))
    listed = _run(tmp_path, "list").stdout
    assert listed.split("\t")[:3] == [token.id, "nightly", "curate,ingest"]
    assert _run(tmp_path, "revoke", "nightly").exit_code == 0
    assert store.check(text) is None
    missing = _run(tmp_path, "revoke", "nightly")
    assert (missing.exit_code, "no token nightly" in missing.stderr) == (1, True)
    store.close()


def test_command_token_keeps_only_hashes(tmp_path: Path) -> None:
    text = _run(tmp_path, "add", "x", "--scope", "admin").stdout.strip()
    secret = text.rpartition("_")[2].encode()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(secret in path.read_bytes() for path in files)
    assert (tmp_path / "tokens.sqlite").stat().st_mode & 0o077 == 0


def test_command_token_checks_the_whole_text(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "tokens.sqlite")
    text = store.add("x", ["admin"])
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert [store.check(t) for t in (wrong, text[:-1], "", "eco_", text + "\n")] == [None] * 5
    assert store.check(text) is not None
    store.close()


def test_command_token_knows_its_scopes(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "tokens.sqlite")
    for scopes in ([], ["all"]):
        with pytest.raises(ServiceError, match="use ingest, curate, admin"):
            store.add("x", scopes)
    store.close()
