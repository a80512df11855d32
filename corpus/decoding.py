"""Turn the bytes of a file into text, or say why they are none."""

import codecs
import hashlib
import logging
import re
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes

from corpus.errors import CorpusError

MAX_BYTES = 20_000_000
"""Largest text file that is read: some ten thousand pages."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VISIBLE = re.compile(r"[\t\n\r\f]")
_SAMPLE = 200_000
_LOGGER = logging.getLogger(__name__)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes as ``sha256:HEX``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a file whole; raise CorpusError where it is missing, empty or over the limit."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise CorpusError(
                f"{path}: {size / 1e6:.0f} MB is over the limit of {max_bytes / 1e6:.0f} MB "
                "for one text; split it into parts"
            )
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror}") from error
    if not data.strip():
        raise CorpusError(f"{path}: the file is empty")
    return data


def decode_text(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 with a mark, or a legacy encoding; normalise line ends.

    Raise CorpusError for bytes that are no text and for damaged UTF-8, with the place.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding, name)
    if b"\0" in data or sum(byte in _CONTROLS for byte in data[:4096]) > 8:
        raise CorpusError(f"{name}: holds binary data, not text; give it the right file type")
    try:
        return _unify_newlines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if _has_multibyte_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise CorpusError(
                f"{name}: damaged UTF-8 at byte {error.start} (line {line}): {error.reason}; "
                "save the file as UTF-8 again"
            ) from error
    # Western Windows text is the likeliest; its kin of other regions share most of its bytes.
    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=["cp1252"]).best() or from_bytes(sample).best()
    if best is None or any(
        unicodedata.category(char) == "Cc" for char in _VISIBLE.sub("", str(best))
    ):
        raise CorpusError(f"{name}: the encoding is not known; save the file as UTF-8")
    _LOGGER.warning("%s: not UTF-8; read as %s, check the accents", name, best.encoding)
    return _decode(data, best.encoding, name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return _unify_newlines(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name}: damaged {encoding} at byte {error.start}: {error.reason}"
        ) from error


def _has_multibyte_utf8(data: bytes) -> bool:
    """Tell whether most non-ASCII bytes are valid UTF-8, so that the rest is damage."""
    high = sum(byte > 127 for byte in data[:_SAMPLE])
    valid = data[:_SAMPLE].decode("utf-8", "ignore")
    return sum(len(char.encode()) for char in valid if char > "\x7f") > high / 2


def _unify_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
