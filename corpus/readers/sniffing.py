"""Tell what a file really is by its bytes, whatever its name says."""

import io
import re
import zipfile

import puremagic

from corpus.documents import Source
from corpus.errors import CorpusError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MHTML = "multipart/related"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
JSON = "application/json"
JSON_LINES = "application/jsonl"
CSV = "text/csv"
PANORAMA = "application/vnd.panorama+json"
_TEXTS = (HTML, MARKDOWN, PLAIN, JSON, JSON_LINES, CSV, MHTML, PANORAMA)
_ALIASES = {
    "application/xhtml+xml": HTML,
    "application/x-ndjson": JSON_LINES,
    "application/ndjson": JSON_LINES,
    "application/json-lines": JSON_LINES,
    "text/x-markdown": MARKDOWN,
    "text/tab-separated-values": CSV,
    "message/rfc822": MHTML,
    "application/x-pdf": PDF,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook; save the table as CSV",
    "ppt/presentation.xml": "a PowerPoint presentation; save it as PDF",
    "META-INF/container.xml": "an e-book; save its text as HTML",
    "content.xml": "an OpenDocument file; save it as .docx or PDF",
}


def sniff(data: bytes, source: Source) -> str:
    """Return the media type by which a file is read; raise CorpusError where none reads it."""
    name = source.file
    if not data.strip():
        raise CorpusError(f"{name}: the file is empty")
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, name)
    if data.startswith(_OLE):
        raise CorpusError(
            f"{name}: an old Office file (.doc, .xls) or one with a password; "
            "open it in Word and save it as .docx without a password"
        )
    if data.startswith(b"{\\rtf"):
        raise CorpusError(f"{name}: an RTF file; save it as .docx, PDF or text")
    claimed = _ALIASES.get(source.media_type, source.media_type)
    if _HTML.match(data[:4096]) and claimed != MARKDOWN:
        return HTML
    if claimed in _TEXTS and not _is_binary(data):
        return claimed
    if _is_binary(data):
        raise CorpusError(f"{name}: {_kind(data)}, which no reader takes")
    if claimed in (PDF, DOCX):
        kind = "PDF" if claimed == PDF else "Word document"
        raise CorpusError(f"{name}: named as a {kind} but is none; it begins {_start(data)!r}")
    return PLAIN


def _sniff_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise CorpusError(
            f"{name}: a damaged Word document or archive ({error}); get the file again"
        ) from error
    if "word/document.xml" in names:
        return DOCX
    for member, kind in _OFFICE.items():
        if member in names:
            raise CorpusError(f"{name}: {kind}")
    raise CorpusError(f"{name}: an archive; unpack it and give the files in it")


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    head = data[:4096]
    return b"\0" in head or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > 8


def _kind(data: bytes) -> str:
    try:
        found = puremagic.from_string(data[:65_536], mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return f"a file of type {found}" if found else "holds binary data, not text"


def _start(data: bytes) -> str:
    return data[:30].decode("ascii", "replace").split("\n")[0]
