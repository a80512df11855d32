"""Make files that go wrong, each with what is to come of it: a text, or a reason.

Nothing is kept on disk; every file is made anew from a few lines.
"""

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.making import make_docx, make_pdf
from tests.standin.pages import CHALLENGE

READ = "read"
_TEXT = "# Wolves of the Esker\n\nThe grey wolf returned to the Esker hills in 1998.\n"
_WORDS = "The grey wolf returned to the Esker hills in 1998 and people count them each winter. "


@dataclass(frozen=True, slots=True)
class BadFile:
    """Name a file, make its bytes, say what comes of it: READ, or a pattern of the reason."""

    name: str
    make: Callable[[], bytes]
    outcome: str


@cache
def _pdf() -> bytes:
    return make_pdf(_TEXT)


@cache
def _docx() -> bytes:
    return make_docx(_TEXT)


def _locked_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0), invariant=1)
    canvas.drawString(72, 720, "Locked")
    canvas.save()
    return buffer.getvalue()


def _owner_locked_pdf() -> bytes:
    """Open to read without a password, locked against change."""
    buffer = io.BytesIO()
    lock = StandardEncryption("", ownerPassword="owner", canModify=0)
    canvas = Canvas(buffer, encrypt=lock, invariant=1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(72, 740, "Wolves of the Esker")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 700, "The grey wolf returned to the Esker hills in 1998.")
    canvas.save()
    return buffer.getvalue()


def scanned_pdf(pages: int = 2) -> bytes:
    """Return pages that are pictures."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _empty_pdf() -> bytes:
    document = PdfDocument.new()
    document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf_bomb() -> bytes:
    """A page whose content unpacks to 16 MB of nothing."""
    packed = zlib.compress(b"q Q\n" * 4_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    head += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    head += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    return head + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"


def _pages_that_hold_themselves() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>\n"
    )


def rewrite_docx(changes: dict[str, bytes | None], *, level: int = 9) -> bytes:
    """Return a Word document with some parts replaced, added, or where None left out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_docx())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return buffer.getvalue()


def _document_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_docx())) as archive:
        return archive.read("word/document.xml")


def _xxe_docx() -> bytes:
    xml = _document_xml().replace(
        b"<w:document", b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document', 1
    )
    return rewrite_docx({"word/document.xml": xml.replace(b"Wolves", b"&f;")})


def _nested_docx() -> bytes:
    """A Word document with archives in archives in it, which is nobody's business to unpack."""
    inner = b"deep"
    for _ in range(20):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", inner)
        inner = buffer.getvalue()
    return rewrite_docx({"word/embeddings/inner.zip": inner})


def _zip(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _locked_zip_docx() -> bytes:
    data = bytearray(_docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def _shift_jis() -> bytes:
    text = "灰色の狼は長い冬の後で丘に戻り、村の人々は毎年その数を数えている。"
    return ("狼の回廊\n\n" + text * 20).encode("shift_jis")


def _noise() -> bytes:
    return random.Random(1).randbytes(5000)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


_RECORD = {"id": "7", "title": "Wolves", "summary": f"<p>{_WORDS}</p>", "classifications": {}}

FILES = (
    BadFile("empty.md", lambda: b"", "the file is empty"),
    BadFile("blank.txt", lambda: b" \n\t\n", "the file is empty"),
    BadFile("empty.pdf", lambda: b"", "the file is empty"),
    BadFile("empty.docx", lambda: b"", "the file is empty"),
    BadFile("nulls.txt", lambda: b"Wolves\n\nThe grey\0wolf\0returned.\n", "holds binary data"),
    BadFile("nulls.md", lambda: b"\0" * 1000, "file of type|holds binary data"),
    BadFile("noise.txt", _noise, "file of type|holds binary data"),
    BadFile("title-only.md", lambda: b"# Wolves\n", "a title and nothing else"),
    BadFile("no-title.md", lambda: b"only some words here.\n", "no title"),
    BadFile("million.md", lambda: b"# T\n\n" + b"word\n\n" * 10**6, "more than 100000 paragraphs"),
    BadFile("million.txt", lambda: b"T\n\n" + b"w\n\n" * 10**6, "more than 100000 paragraphs"),
    BadFile("big.txt", lambda: b"word " * 5_000_000, "25 MB is over the limit of 20 MB"),
    BadFile("one-word.txt", lambda: b"T\n\n" + b"a" * 2_000_000, READ),
    BadFile("quotes.md", lambda: b"# T\n\n" + b">" * 5000 + b" a\n\nWolves.\n", READ),
    BadFile("brackets.md", lambda: b"# T\n\n" + b"[" * 20_000, READ),
    BadFile("script.md", lambda: b"# T\n\nA <script>alert(1)</script> wolf.\n", READ),
    BadFile("damaged-utf8.md", lambda: "# T\n\nñandú é".encode() + b"\xc3\n", "damaged UTF-8 at"),
    BadFile("utf16.txt", lambda: "Título\n\nEl lobo volvió.\n".encode("utf-16"), READ),
    BadFile("utf16-cut.txt", lambda: "A\n\nEl lobo.\n".encode("utf-16")[:-1], "damaged utf-16"),
    BadFile("cp1252.txt", lambda: ("Les loups\n\n" + "Les forêts protégées. " * 9).encode("cp1252"),
            READ),
    BadFile("koi8.txt", lambda: ("Волки\n\n" + "Серый волк вернулся в лес. " * 20).encode("koi8-r"),
            READ),
    BadFile("arabic.md", lambda: "# الذئاب\n\nعاد الذئب الرمادي إلى التلال.\n".encode(), READ),
    BadFile("hebrew.txt", lambda: "הזאבים\n\nהזאב האפור חזר אל הגבעות.\n".encode(), READ),
    BadFile("chinese.md", lambda: "# 大熊猫的走廊\n\n大熊猫回到了秦岭。\n".encode(), READ),
    BadFile("japanese.txt", _shift_jis, READ),
    BadFile("surrogates.json", lambda: b'{"title": "\\ud800", "text": "The wolf \\udfff."}', READ),
    BadFile("emoji.md", lambda: "# 🐺 Wolves\n\nThe 🐺 returned.\n".encode(), READ),
    BadFile("controls.txt", lambda: b"T\n\n" + b"\x01\x02\x03" * 9, "file of type|binary data"),
    BadFile("crlf.md", lambda: _TEXT.replace("\n", "\r\n").encode(), READ),
    BadFile("truncated.pdf", lambda: _pdf()[: len(_pdf()) // 3], "damaged PDF|no text"),
    BadFile("cut-short.pdf", lambda: _pdf()[:-40], "damaged PDF"),
    BadFile("head-only.pdf", lambda: b"%PDF-1.7\n", "damaged PDF"),
    BadFile("flipped.pdf", lambda: _pdf().replace(b"endobj", b"endxxx"), READ),
    BadFile("locked.pdf", _locked_pdf, "protected by a password"),
    BadFile("owner-locked.pdf", _owner_locked_pdf, READ),
    BadFile("scanned.pdf", scanned_pdf, r"a scanned PDF without text; recognise its text"),
    BadFile("blank.pdf", _empty_pdf, "has no text on its pages"),
    BadFile("loop.pdf", _pages_that_hold_themselves, "damaged PDF|no text"),
    BadFile("bomb.pdf", _pdf_bomb, "no text on its pages|damaged PDF"),
    BadFile("page.pdf", lambda: _html(f"<h1>Wolves</h1><p>{_WORDS}</p>"), READ),
    BadFile("login.pdf", lambda: CHALLENGE.encode(), "a Cloudflare challenge page"),
    BadFile("word.pdf", _docx, READ),
    BadFile("text.pdf", lambda: b"just words", "named as a PDF but is none"),
    BadFile("text.docx", lambda: b"just words", "named as a Word document but is none"),
    BadFile("report.docx", _pdf, READ),
    BadFile("truncated.docx", lambda: _docx()[: len(_docx()) // 2], "damaged Word document"),
    BadFile("no-body.docx", lambda: rewrite_docx({"word/document.xml": None}), "an archive"),
    BadFile("no-types.docx", lambda: rewrite_docx({"[Content_Types].xml": None}), "damaged Word"),
    BadFile("no-rels.docx", lambda: rewrite_docx({"_rels/.rels": None}), "damaged Word"),
    BadFile("broken-xml.docx", lambda: rewrite_docx({"word/document.xml": b"<w:document"}),
            "damaged Word"),
    BadFile("not-xml.docx", lambda: rewrite_docx({"word/document.xml": b"hello"}), "damaged Word"),
    BadFile("xxe.docx", _xxe_docx, "declares entities"),
    BadFile("bomb.docx", lambda: rewrite_docx({"word/media/x.bin": bytes(50_000_000)}),
            "packed as no document is"),
    BadFile("huge.docx", lambda: rewrite_docx({f"word/media/{n}.bin": bytes(900_000)
                                               for n in range(230)}, level=1), "would unpack to"),
    BadFile("many-parts.docx", lambda: rewrite_docx({f"word/x/{n}.xml": b"<a/>"
                                                     for n in range(10_050)}, level=1),
            "no Word document has so many"),
    BadFile("nested.docx", _nested_docx, READ),
    BadFile("slip.docx", lambda: rewrite_docx({"../../slip.xml": b"<a/>"}), READ),
    BadFile("locked.docx", _locked_zip_docx, "protected by a password"),
    BadFile("no-text.docx", lambda: make_docx(""), "holds no text"),
    BadFile("old.doc.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old Office file"),
    BadFile("sheet.docx", lambda: _zip({"xl/workbook.xml": b"<a/>"}), "an Excel workbook"),
    BadFile("text.rtf.txt", lambda: b"{\\rtf1 Wolves}", "an RTF file"),
    BadFile("packed.txt", lambda: gzip.compress(_TEXT.encode()), "a file of type|binary data"),
    BadFile("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "a file of type image/png"),
    BadFile("empty.html", lambda: _html(""), "no title"),
    BadFile("menus.html", lambda: _html("<nav><a href=/a>Home</a></nav>", "<title>Site</title>"),
            "no main text"),
    BadFile("challenge.html", lambda: CHALLENGE.encode(), "a Cloudflare challenge page"),
    BadFile("unclosed.html", lambda: f"<h1>Wolves<p>{_WORDS}<b><i><table><td>x".encode(), READ),
    BadFile("deep.html", lambda: b"<h1>T</h1>" + b"<div>" * 50_000 + _WORDS.encode(),
            "no main text|no title"),
    BadFile("script.html", lambda: _html(f"<h1>T</h1><p>{_WORDS}</p><script>bad()</script>"), READ),
    BadFile("entities.html", lambda: _html(
        f"<h1>T</h1><p>{_WORDS}&xxe;</p>", '<!ENTITY xxe SYSTEM "file:///etc/passwd">'), READ),
    BadFile("wrong-charset.html", lambda: _html(
        f"<h1>Título</h1><p>{_WORDS}</p>", '<meta charset="no-such">'), READ),
    BadFile("lying-charset.html", lambda: _html(
        f"<h1>Título</h1><p>{_WORDS}</p>", '<meta charset="ascii">'), READ),
    BadFile("no-page.mhtml", lambda: b"MIME-Version: 1.0\nContent-Type: text/plain\n\nhello\n",
            "a web archive without a page"),
    BadFile("broken.json", lambda: b'{"title": "T", "text": ', "not JSON at line 1"),
    BadFile("deep.json", lambda: b"[" * 200_000, "nested too deeply"),
    BadFile("digits.json", lambda: b'{"id": ' + b"9" * 9000 + b"}", "a number too long"),
    BadFile("number.json", lambda: b"42", "not records"),
    BadFile("strings.json", lambda: b'["a", "b"]', "must be a JSON object"),
    BadFile("nothing.json", lambda: b"[]", "no records in it"),
    BadFile("no-title.json", lambda: _json({"text": _WORDS}), "no title; its columns are text"),
    BadFile("list-title.json", lambda: _json({"title": ["a"], "text": _WORDS}), "must be text"),
    BadFile("number-text.json", lambda: _json({"title": "T", "text": 7}), "'text' must be text"),
    BadFile("twins.json", lambda: _json([{"title": "T", "text": _WORDS}] * 2), "two records"),
    BadFile("extraction.json", lambda: _json({"id": "a", "iri": "b", "mentions": []}),
            "a record of an extraction"),
    BadFile("null-title.json", lambda: _json(_RECORD | {"title": None}), "'title' must be text"),
    BadFile("summary-object.json", lambda: _json(_RECORD | {"summary": {}}), "must be text"),
    BadFile("no-summary.json", lambda: _json(_RECORD | {"summary": "<p> </p>"}), "is empty"),
    BadFile("wrong-fields.json", lambda: _json(_RECORD | {
        "classifications": [1], "contributors": {"a": 1}, "field_location_geofield": "x"}), READ),
    BadFile("solutions-object.json", lambda: _json({"solutions": [3]}), "must be a JSON object"),
    BadFile("line-two.jsonl", lambda: _json({"title": "T", "text": _WORDS}) + b"\n{\n",
            "line 2: not JSON"),
    BadFile("ragged.csv", lambda: b"title,text\nT,words,more\n", "line 2: more cells"),
    BadFile("no-text.csv", lambda: b"title,colour\nT,red\n", "no text; its columns are title"),
    BadFile("open-quote.csv", lambda: b'title,text\nT,"words\n', "not a CSV table"),
    BadFile("head-only.csv", lambda: b"title,text\n", "no records in it"),
    BadFile("far.csv", lambda: b"title,text,latitude,longitude\nT,Words here.,95,10\n", "no place"),
    BadFile("bad-language.csv", lambda: b"title,text,lang\nT,Words here.,<b>\n", "not the tag"),
)  # fmt: skip
