"""PDF: columns, parted words, running heads, links, pages that are pictures."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.building import source_offset
from corpus.documents import CaseStudy, Source
from corpus.readers.pdf_layout import Line
from corpus.readers.pdf_words import join_lines
from corpus.reading import read_data
from tests.corpus.bad_files import scanned_pdf

LEFT = ["The grey wolf came back to the", "hills of Esker in the long winter",
        "of 1998, and shepherds of three", "villages count it every spring."]  # fmt: skip
RIGHT = ["Dogs guard the flocks by night and", "the province pays for every lost",
         "lamb, so that nobody in the high", "valley sets out poison any more."]  # fmt: skip


def _make(draw: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def _read(data: bytes) -> CaseStudy:
    (study,) = read_data(data, Source("paper.pdf", "", "application/pdf"))
    return study


def _title(canvas: Canvas, text: str = "Wolves of the Esker", y: float = 740) -> None:
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, y, text)
    canvas.setFont("Helvetica", 10)


def _row_by_row(canvas: Canvas) -> None:
    """Draw two columns as some programs do, one line across both after the other."""
    _title(canvas)
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(72, 700 - 12 * number, left)
        canvas.drawString(310, 700 - 12 * number, right)


def test_pdf_reads_columns_one_after_the_other() -> None:
    study = _read(_make(_row_by_row))
    assert study.text == "Wolves of the Esker\n\n" + " ".join(LEFT) + "\n\n" + " ".join(RIGHT)


def test_pdf_takes_cells_of_a_table_row_by_row() -> None:
    def draw(canvas: Canvas) -> None:
        _title(canvas)
        for number, (name, count) in enumerate([("Wolf", "12"), ("Lynx", "7"), ("Bear", "31")]):
            canvas.drawString(72, 700 - 12 * number, name)
            canvas.drawString(310, 700 - 12 * number, count)

    assert _read(_make(draw)).text.split() == [
        *["Wolves", "of", "the", "Esker", "Wolf", "12", "Lynx", "7", "Bear", "31"]
    ]


def test_pdf_leaves_running_heads_and_page_numbers_out() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(3):
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 815, f"Esker Papers {page}")
            canvas.drawString(290, 30, f"- {page + 1} -")
            if page == 0:
                _title(canvas)
            canvas.setFont("Helvetica", 10)
            for number, line in enumerate(LEFT):
                canvas.drawString(72, 700 - 12 * number, f"{line} {page}")
            canvas.showPage()

    text = _read(_make(draw)).text
    assert "Esker Papers" not in text
    assert "- 2 -" not in text
    assert text.count("The grey wolf") == 3


def test_pdf_carries_a_paragraph_over_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        _title(canvas)
        canvas.drawString(72, 100, "The grey wolf came back to the hills and")
        canvas.showPage()
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 740, "shepherds count it every spring.")

    study = _read(_make(draw))
    paragraph = "The grey wolf came back to the hills and shepherds count it every spring."
    assert study.text.endswith("\n\n" + paragraph)
    place = study.text.index("shepherds")
    assert source_offset(study.offset_map, place)[1] == 2
    assert source_offset(study.offset_map, 0)[1] == 1


def test_pdf_keeps_links_that_words_cover() -> None:
    def draw(canvas: Canvas) -> None:
        _title(canvas)
        for number, line in enumerate(LEFT):
            canvas.drawString(72, 700 - 12 * number, line)
        canvas.drawString(72, 600, "Read more")
        canvas.linkURL("https://a.test/en/solution/wolves", (70, 598, 130, 612))

    study = _read(_make(draw))
    assert study.url == "https://a.test/en/solution/wolves"
    assert "Read more" not in study.text


def test_pdf_names_pages_without_text(caplog: pytest.LogCaptureFixture) -> None:
    from pypdfium2 import PdfDocument

    merged = PdfDocument.new()
    merged.import_pages(PdfDocument(_make(_row_by_row)))
    merged.import_pages(PdfDocument(scanned_pdf(2)))
    buffer = io.BytesIO()
    merged.save(buffer)
    assert _read(buffer.getvalue()).title == "Wolves of the Esker"
    assert "paper.pdf: pages without text, pictures only: 2, 3" in caplog.text


def test_pdf_takes_the_first_heading_for_title_whatever_stands_above() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 790, "Ministry of the Esker")
        _title(canvas)
        for number, line in enumerate(LEFT):
            canvas.drawString(72, 700 - 12 * number, line)

    study = _read(_make(draw))
    assert study.title == "Wolves of the Esker"
    assert study.text.split("\n\n")[1] == "Ministry of the Esker"


def _line(text: str, **changes: object) -> Line:
    return Line(text, 1, 0, 0, 100, 0, 10, 10, False, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "words", "joined"),
    [
        ("the conser-", "vation of wolves", set(), "the conservation of wolves"),
        ("a long-", "distance walker", {"long-distance"}, "a long-distance walker"),
        ("well-", "kept paths", set(), "well-kept paths"),
        ("les forêts proté-", "gées du parc", set(), "les forêts protégées du parc"),
        ("the Kavango-", "Zambezi area", set(), "the Kavango-Zambezi area"),
        ("in 1998-", "2003 alone", set(), "in 1998- 2003 alone"),
        ("soft\u00ad", "ened by rain", set(), "softened by rain"),
        ("no hyphen", "at all", set(), "no hyphen at all"),
    ],
)
def test_pdf_puts_parted_words_together(
    first: str, second: str, words: set[str], joined: str
) -> None:
    pieces = join_lines((_line(first), _line(second)), words)
    assert "".join(piece for piece, _, _ in pieces) == joined


def test_pdf_puts_a_parted_address_together() -> None:
    link = "https://a.test/long-name"
    lines = (
        _line("see a.test/long-", links=((4, 16, link),)),
        _line("name now", links=((0, 4, link),)),
    )
    assert "".join(piece for piece, _, _ in join_lines(lines, set())) == "see a.test/long-name now"
