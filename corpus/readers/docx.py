"""Read Word documents: headings by outline level, lists, tables, links; deletions left out."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from corpus.building import TextBuilder
from corpus.documents import BlockType, Document, Source
from corpus.errors import CorpusError
from corpus.readers.html_blocks import Line, write_lines

MAX_UNPACKED = 200_000_000
MAX_PART = 60_000_000
_MAX_RATIO = 300
_MAX_MEMBERS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"^(?:heading|überschrift|titre|título|titolo)\s*([1-9])$", re.IGNORECASE)
_DAMAGE = (PackageNotFoundError, KeyError, ValueError, AttributeError, OSError, zlib.error,
           zipfile.BadZipFile, etree.LxmlError, NotImplementedError, RuntimeError)  # fmt: skip
"""What the library raises for the ways in which a package can be broken."""


def read_docx(data: bytes, source: Source) -> Document:
    """Read the body of a .docx; raise CorpusError for bombs, passwords and damage."""
    _check_package(data, source.file)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
    except _DAMAGE as error:
        raise CorpusError(
            f"{source.file}: a damaged Word document ({error}); open it in Word and save it again"
        ) from error
    if not lines:
        raise CorpusError(f"{source.file}: the Word document holds no text")
    builder = TextBuilder()
    write_lines(builder, lines)
    return Document(source, builder.text(), builder.blocks(), (), builder.links())


def _check_package(data: bytes, name: str) -> None:
    """Refuse what would unpack to more than a document can be, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS:
                raise CorpusError(f"{name}: {len(members)} parts; no Word document has so many")
            total = sum(member.file_size for member in members)
            if total > MAX_UNPACKED:
                raise CorpusError(f"{name}: would unpack to {total / 1e6:.0f} MB; not read")
            for member in members:
                _check_member(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        raise CorpusError(
            f"{name}: a damaged Word document ({error}); get the file again"
        ) from error
    except NotImplementedError as error:
        raise CorpusError(f"{name}: packed in a way that Word does not use ({error})") from error
    except RuntimeError as error:  # the library's word for a password
        raise CorpusError(f"{name}: protected by a password; save it without one") from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > 1_000_000 and member.file_size > _MAX_RATIO * member.compress_size:
        raise CorpusError(f"{name}: {member.filename} is packed as no document is; not read")
    if not member.filename.endswith((".xml", ".rels")):
        return
    if member.file_size > MAX_PART:
        raise CorpusError(
            f"{name}: {member.filename} is {member.file_size / 1e6:.0f} MB; split the document"
        )
    with archive.open(member) as part:
        if b"<!DOCTYPE" in part.read(4096):
            raise CorpusError(f"{name}: {member.filename} declares entities, as no document does")


def _lines(document: WordDocument) -> Iterator[Line]:
    outline = _Outline(document)
    for paragraph in document.element.body.iter(f"{_W}p"):
        if _inside(paragraph, _FALLBACK, f"{_W}del"):
            continue
        text, links = _runs(paragraph, document)
        if text.strip():
            kind, level = outline.kind_of(paragraph)
            yield Line(kind, level, text.rstrip(), links)


def _inside(node: etree._Element, *tags: str) -> bool:
    return any(parent.tag in tags for parent in node.iterancestors())


class _Outline:
    """Know the level of each style, its own or one that it builds on."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[str, int] = {}
        self._lists: set[str] = set()
        for style in document.styles.element.iter(f"{_W}style"):
            identifier = style.get(f"{_W}styleId", "")
            name = style.find(f"{_W}name")
            label = "" if name is None else name.get(f"{_W}val", "")
            match = _HEADING.match(label)
            level = style.find(f"{_W}pPr/{_W}outlineLvl")
            if match:
                self._levels[identifier] = int(match[1])
            elif label.lower() in ("title", "titel", "titre"):
                self._levels[identifier] = 1
            elif level is not None and level.get(f"{_W}val", "9") < "9":
                self._levels[identifier] = int(level.get(f"{_W}val", "0")) + 1
            if label.lower().startswith("list"):
                self._lists.add(identifier)

    def kind_of(self, paragraph: etree._Element) -> tuple[BlockType, int]:
        properties = paragraph.find(f"{_W}pPr")
        style = level = numbered = None
        if properties is not None:
            style = properties.find(f"{_W}pStyle")
            level = properties.find(f"{_W}outlineLvl")
            numbered = properties.find(f"{_W}numPr")
        name = "" if style is None else style.get(f"{_W}val", "")
        if level is not None and level.get(f"{_W}val", "9").isdecimal():
            own = int(level.get(f"{_W}val", "9"))
            if own < 9:
                return "heading", own + 1
        if name in self._levels:
            return "heading", self._levels[name]
        if _inside(paragraph, f"{_W}tbl"):
            return "table", 0
        if "caption" in name.lower():
            return "caption", 0
        listed = numbered is not None or name in self._lists
        return ("list_item" if listed else "prose"), 0


def _runs(
    paragraph: etree._Element, document: WordDocument
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return the text of a paragraph and its links; text boxes are paragraphs of their own."""
    parts: list[str] = []
    length = 0
    links: list[tuple[int, int, str]] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next(node.iterancestors(f"{_W}p"))
        if owner is not paragraph or _inside(node, f"{_W}del"):
            continue
        tag = str(node.tag)[len(_W) :]
        if tag == "tab" and _inside(node, f"{_W}pPr"):
            continue
        piece = {"t": node.text or "", "tab": " ", "noBreakHyphen": "-"}.get(tag, "\n")
        if not length:
            piece = piece.lstrip()
        link = next(node.iterancestors(f"{_W}hyperlink"), None)
        if link is not None and piece:
            address = _address(link, document)
            if links and links[-1][1:] == (length, address):
                links[-1] = (links[-1][0], length + len(piece), address)
            elif address:
                links.append((length, length + len(piece), address))
        parts.append(piece)
        length += len(piece)
    return "".join(parts), tuple(links)


def _address(link: etree._Element, document: WordDocument) -> str:
    relation = document.part.rels.get(link.get(f"{_R}id", ""))
    if relation is None:
        return f"#{link.get(f'{_W}anchor', '')}"
    return str(relation.target_ref)
