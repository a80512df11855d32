"""Read PDF: columns in reading order, words put together again, running heads left out.

Every line keeps its page as its place. A PDF whose pages are pictures is said to be so.
"""

import ctypes
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.building import TextBuilder
from corpus.documents import Document, Link, Source
from corpus.errors import CorpusError
from corpus.readers.pdf_layout import Char, Line, lines_of_page
from corpus.readers.pdf_paragraphs import Paragraph, find_paragraphs
from corpus.readers.pdf_words import join_lines

MAX_PAGES = 3_000
MAX_CHARS = 20_000_000
_PASSWORD = 4
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()]+[^\s<>().,;:]|\b[\w.+-]+@[\w-]+\.[\w.-]*\w")
_LOGGER = logging.getLogger(__name__)


def read_pdf(data: bytes, source: Source) -> Document:
    """Read the text of a PDF; raise CorpusError where it is locked, damaged or has none."""
    name = source.file
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise CorpusError(
                f"{name}: the PDF is protected by a password; save it without one"
            ) from error
        raise CorpusError(f"{name}: a damaged PDF; get the file again, or print it anew") from error
    try:
        return _read(document, source)
    except pypdfium2.PdfiumError as error:
        raise CorpusError(f"{name}: a damaged PDF ({error}); get the file again") from error
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, source: Source) -> Document:
    name = source.file
    count = len(document)
    if not count:
        raise CorpusError(f"{name}: a damaged PDF without pages; get the file again")
    if count > MAX_PAGES:
        raise CorpusError(f"{name}: {count} pages; the limit is {MAX_PAGES}, split the file")
    pages: list[list[Line]] = []
    empty: list[int] = []
    total = 0
    for number in range(count):
        page = document[number]
        chars = list(_chars(page))
        total += len(chars)
        if total > MAX_CHARS:
            raise CorpusError(f"{name}: more text than {MAX_CHARS} characters; split the file")
        lines = lines_of_page(chars, number + 1, *page.get_size())
        if not lines and _has_picture(page):
            empty.append(number + 1)
        pages.append(lines)
        page.close()
    if not any(pages):
        raise CorpusError(
            f"{name}: a scanned PDF without text; recognise its text first (OCR, for example "
            "with OCRmyPDF)"
            if empty
            else f"{name}: the PDF has no text on its pages"
        )
    if empty:
        _LOGGER.warning(
            "%s: pages without text, pictures only: %s; recognise their text (OCR) to have it read",
            name,
            ", ".join(map(str, empty[:20])),
        )
    return _write(find_paragraphs(pages), source)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _chars(page: pypdfium2.PdfPage) -> Iterator[Char]:
    """Yield the characters of a page in the order of the file, each with its box and style."""
    text = page.get_textpage()
    links = _links(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if (code < 32 and code not in (2, 9, 10, 13)) or 0xD800 <= code <= 0xDFFF or code >= 0xFFFE:
            continue
        found = pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        if not found or pdfium.FPDFText_IsGenerated(text, index) == 1:
            yield Char("\n" if code in (10, 13) else " ", index, generated=True)
            continue
        size = pdfium.FPDFText_GetFontSize(text, index)
        box = pdfium.FS_RECTF()
        if pdfium.FPDFText_GetLooseCharBox(text, index, box):
            size = max(1.0, min(size if size > 1 else 1e3, box.top - box.bottom))
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        yield Char(
            chr(code) if code != 2 else "-",
            index,
            x0=box.left,
            x1=box.right,
            y0=box.bottom,
            y1=box.top,
            size=round(size, 1),
            bold=pdfium.FPDFText_GetFontWeight(text, index) >= 600,
            link=next((a for a, x0, y0, x1, y1 in links if x0 <= x <= x1 and y0 <= y <= y1), ""),
        )
    text.close()


def _links(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Return the web addresses that areas of a page lead to."""
    found = []
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    document = page.pdf
    while document is not None and pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        rectangle = pdfium.FS_RECTF()
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        if not pdfium.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace").strip()
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if address:
            found.append((address, *box))
    return found


def _write(paragraphs: list[Paragraph], source: Source) -> Document:
    builder = TextBuilder()
    words = {
        word.casefold()
        for paragraph in paragraphs
        for line in paragraph.lines
        for word in re.findall(r"\w+(?:-\w+)*", line.text)[:-1]
    }
    for paragraph in paragraphs:
        builder.separate("\n\n")
        start = builder.length
        runs: list[tuple[int, int, str]] = []
        for piece, line, kept in join_lines(paragraph.lines, words):
            first = builder.length
            builder.write(piece, line.index, line.page)
            runs.extend(_runs(first, line, kept))
        builder.add_block(start, paragraph.type, paragraph.level)
        builder.add_links(0, _merge(runs) or [])
    document = Document(
        source, builder.text(), builder.blocks(), builder.offset_map(), builder.links()
    )
    return _with_written_addresses(document)


def _runs(first: int, line: Line, kept: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a line that lead somewhere, as places in the text."""
    for start, end, address in line.links:
        if start < kept:
            yield first + start, first + min(end, kept), address


def _merge(runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Put together the parts of one link that stand on several lines."""
    merged: list[tuple[int, int, str]] = []
    for run in runs:
        if merged and merged[-1][2] == run[2] and run[0] - merged[-1][1] <= 1:
            merged[-1] = (merged[-1][0], run[1], run[2])
        else:
            merged.append(run)
    return merged


def _with_written_addresses(document: Document) -> Document:
    """Add addresses that stand in the text and that no area of the page covers."""
    covered = [(link.start, link.end) for link in document.links]
    found = [
        Link(match.start(), match.end(), _address(match.group()))
        for match in _ADDRESS.finditer(document.text)
        if not any(start < match.end() and match.start() < end for start, end in covered)
    ]
    links = sorted((*document.links, *found), key=lambda link: (link.start, link.end))
    return replace(document, links=tuple(links))


def _address(text: str) -> str:
    if "@" in text and "/" not in text:
        return f"mailto:{text}"
    return text if "://" in text else f"http://{text}"
