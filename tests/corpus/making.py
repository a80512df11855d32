"""Make a PDF and a Word document of a Markdown text, as an office would."""

import io
from html import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph


def _blocks(text: str) -> list[tuple[str, int, list[Token]]]:
    """Return (kind, level, inline tokens) of each block."""
    blocks = []
    kind, level = "p", 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            kind, level = "h", int(token.tag[1])
        elif token.type == "list_item_open":
            kind = "li"
        elif token.type == "inline":
            if token.content.strip():
                blocks.append((kind, level, token.children or []))
            kind, level = "p", 0
    return blocks


def _markup(tokens: list[Token]) -> str:
    parts = []
    linked = False
    for token in tokens:
        if token.type == "text":
            parts.append(escape(token.content, quote=False))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "em_open":
            parts.append("<i>")
        elif token.type == "em_close":
            parts.append("</i>")
        elif token.type == "strong_open":
            parts.append("<b>")
        elif token.type == "strong_close":
            parts.append("</b>")
        elif token.type == "link_open" and not str(token.attrs["href"]).startswith("#"):
            parts.append(f'<a href="{escape(str(token.attrs["href"]))}">')
            linked = True
        elif token.type == "link_close" and linked:
            parts.append("</a>")
            linked = False
    return "".join(parts)


def make_pdf(text: str, *, columns: int = 1, size: float = 10, head: str = "INF.42") -> bytes:
    """Set a text in columns, with a running head and page numbers."""
    buffer = io.BytesIO()
    width, height = A4
    gap = 18.0
    each = (width - 100 - gap * (columns - 1)) / columns
    frames = [
        Frame(50 + number * (each + gap), 90, each, height - 180, 0, 0, 0, 0)
        for number in range(columns)
    ]

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, height - 40, head)
        canvas.drawCentredString(width / 2, 40, f"Page {document.page}")

    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1)
    document.addPageTemplates([PageTemplate("page", frames, onPage=furnish)])
    body = ParagraphStyle(
        "body", fontName="Helvetica", fontSize=size, leading=size * 1.25, spaceAfter=size * 0.8,
    )  # fmt: skip
    story = []
    for kind, level, tokens in _blocks(text):
        style = body
        if kind == "h":
            larger = size + 2 * (5 - level)
            style = ParagraphStyle(
                f"h{level}", parent=body, fontName="Helvetica-Bold", fontSize=larger,
                leading=larger * 1.2, spaceBefore=size,
            )  # fmt: skip
        bullet = "• " if kind == "li" else ""
        story.append(Paragraph(bullet + _markup(tokens), style))
    document.build(story)
    return buffer.getvalue()


def make_docx(text: str) -> bytes:
    """Write a text with Word's own styles and links."""
    document = docx.Document()
    for kind, level, tokens in _blocks(text):
        if kind == "h":
            paragraph = document.add_heading("", level)
        else:
            paragraph = document.add_paragraph(style="List Bullet" if kind == "li" else None)
        _write_runs(paragraph, tokens)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_runs(paragraph: WordParagraph, tokens: list[Token]) -> None:
    link = None
    italic = bold = False
    for token in tokens:
        if token.type == "link_open":
            link = str(token.attrs["href"])
        elif token.type == "link_close":
            link = None
        elif token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        elif token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            paragraph.add_run().add_break()
        elif token.type == "text" and token.content:
            run = paragraph.add_run(token.content)
            run.italic, run.bold = italic, bold
            if link is not None:
                _wrap(paragraph, run._r, link)


def _wrap(paragraph: WordParagraph, run: object, address: str) -> None:
    element = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        element.set(qn("w:anchor"), address[1:])
    else:
        target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        element.set(qn("r:id"), target)
    paragraph._p.append(element)
    element.append(run)
