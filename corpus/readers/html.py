"""Read web pages: the main text without menus and calls to action; saved PANORAMA pages whole."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace

import trafilatura
from lxml import etree, html

from corpus.building import TextBuilder
from corpus.decoding import decode_text
from corpus.documents import CaseStudy, Document, Source
from corpus.errors import CorpusError
from corpus.readers.html_blocks import Line, html_lines, parse_html, write_lines
from corpus.readers.labels import is_call, read_date
from corpus.readers.panorama import read_address, read_page_lines, refuse_challenge
from corpus.readers.sniffing import MHTML
from corpus.splitter import build_case_study, normalise_url, split_document

_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_FURNITURE = ("footer", "aside", "nav", "form")
_TAGS = {"list": "ul", "item": "li", "quote": "blockquote", "ref": "a", "lb": "br", "row": "tr",
         "cell": "td", "hi": "span", "code": "code", "del": "span"}  # fmt: skip
_MIN_CHARS = 200


def read_html_studies(data: bytes, source: Source, media_type: str) -> tuple[CaseStudy, ...]:
    """Read a page; one of PANORAMA by its labels, others by what looks like their main text."""
    location = ""
    if media_type == MHTML:
        data, location = _unpack_mhtml(data, source)
    refuse_challenge(data, source)
    text = decode_html(data, source.file)
    root = parse_html(text)
    url = _page_address(root, text) or location or source.url
    if read_address(url):
        for node in list(root.iter(*_FURNITURE)):
            node.drop_tree()
        return (read_page_lines(html_lines(root), source, url),)
    return _read_page(text, root, source, url)


def decode_html(data: bytes, name: str) -> str:
    """Decode a page by the encoding that it names, else by what its bytes look like."""
    match = _META_CHARSET.search(data[:4096])
    if match and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = match[1].decode("ascii", "replace")
        try:
            return data.decode("cp1252" if encoding.lower() == "iso-8859-1" else encoding)
        except (LookupError, UnicodeError):
            return decode_text(data, name)
    return decode_text(data, name)


def _unpack_mhtml(data: bytes, source: Source) -> tuple[bytes, str]:
    """Return the page in a web archive and the address that it was saved from."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                address = str(part.get("Content-Location", ""))
                charset = part.get_content_charset()
                page = payload
                if charset and not _META_CHARSET.search(payload[:4096]):
                    page = f'<meta charset="{charset}">'.encode() + payload
                return page, str(message.get("Snapshot-Content-Location", address)).strip()
    raise CorpusError(f"{source.file}: a web archive without a page in it; save the page again")


def _page_address(root: html.HtmlElement, text: str) -> str:
    """Return the address that a page says is its own."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in root.xpath(path):
            if str(value).startswith(("http://", "https://")):
                return str(value)
    match = _SAVED_FROM.search(text[:2000])
    return match[1] if match else ""


def _read_page(
    text: str, root: html.HtmlElement, source: Source, url: str
) -> tuple[CaseStudy, ...]:
    found = trafilatura.bare_extraction(
        text,
        url=url or None,
        include_comments=False,
        include_tables=True,
        include_links=True,
        favor_recall=True,
        with_metadata=True,
    )
    lines: list[Line] = []
    meta = found.as_dict() if found is not None and not isinstance(found, dict) else {}
    if found is not None and not isinstance(found, dict) and found.body is not None:
        lines = _main_lines(found.body)
    if sum(len(line.text) for line in lines) < _MIN_CHARS:
        lines = _whole_lines(root) or lines
    lines = [line for line in lines if not is_call(line.text)]
    title = _title(root, meta)
    if lines and lines[0].type == "heading" and not title:
        title = lines[0].text
    lines = _without_title(lines, title)
    if not title:
        raise CorpusError(f"{source.file}: no title; the page has neither a heading nor a title")
    if not lines:
        raise CorpusError(f"{source.file}: no main text in the page, only menus and links")
    builder = TextBuilder()
    write_lines(builder, [Line("heading", 1, title), *lines])
    licence = source.licence or str(meta.get("license") or "")
    source = replace(source, url=source.url or url, licence=licence)
    document = Document(source, builder.text(), builder.blocks(), (), builder.links())
    studies = split_document(document)
    if len(studies) == 1:
        studies = (replace(build_case_study(document), id=studies[0].id),)
        page = normalise_url(url)
        studies = tuple(replace(study, url=study.url or page) for study in studies)
    declared = tuple(_declared(meta))
    return tuple(replace(study, declared=declared) for study in studies)


def _main_lines(body: etree._Element) -> list[Line]:
    """Return the blocks of the library's own tree."""
    for node in body.iter():
        if node.tag == "head":
            level = node.get("rend") or ""
            node.tag = level if re.fullmatch("h[1-6]", level) else "h2"
        elif node.tag in _TAGS:
            if node.tag == "ref":
                node.set("href", node.get("target", ""))
            node.tag = _TAGS[node.tag]
    return list(html_lines(html.fromstring(etree.tostring(body, encoding="unicode"))))


def _whole_lines(root: html.HtmlElement) -> list[Line]:
    """Return the blocks of a page too small to tell its main text from the rest."""
    for node in list(root.iter(*_FURNITURE)):
        node.drop_tree()
    for path in ("//main", "//article", "//body"):
        if found := root.xpath(path):
            return list(html_lines(found[0]))
    return list(html_lines(root))


def _title(root: html.HtmlElement, meta: dict[str, object]) -> str:
    headings = [" ".join(node.text_content().split()) for node in root.iter("h1")]
    own = [text for text in headings if text]
    if len(own) == 1:
        return own[0]
    titles = (" ".join((node.text or "").split()) for node in root.iter("title"))
    return str(meta.get("title") or "").strip() or next(iter(own), "") or next(titles, "")


def _without_title(lines: list[Line], title: str) -> list[Line]:
    """Drop what stands before the title and the title itself, where it is in the text."""
    folded = " ".join(title.split()).casefold()
    for number, line in enumerate(lines[:5]):
        if " ".join(line.text.split()).casefold() == folded:
            return lines[number + 1 :]
    return lines


def _declared(meta: dict[str, object]) -> Iterator[tuple[str, str]]:
    if date := read_date(str(meta.get("date") or "")):
        yield "published", date
    if author := str(meta.get("author") or "").strip():
        yield from (("contributor", name.strip()) for name in author.split(";") if name.strip())
    if licence := str(meta.get("license") or "").strip():
        yield "licence", licence
