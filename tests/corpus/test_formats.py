"""The shipped document as Markdown, PDF and Word gives the same twelve case studies."""

from functools import cache
from importlib.resources import files

import pytest

from corpus.documents import CaseStudy, Source
from corpus.reading import read_data
from tests.corpus.making import make_docx, make_pdf

_NAME = "UNEP-CMS-COP14-Inf.42"
_MAKERS = {
    "pdf": lambda text: make_pdf(text),
    "pdf in two columns": lambda text: make_pdf(text, columns=2, size=9),
    "pdf, small": lambda text: make_pdf(text, size=7.5, head="UNEP/CMS/COP14/Inf.42"),
    "docx": make_docx,
}


@cache
def _markdown() -> str:
    return files("corpus").joinpath(f"texts/{_NAME}.md").read_text(encoding="utf-8")


def read_as(form: str) -> tuple[CaseStudy, ...]:
    """Return the case studies of the document in a form."""
    if form == "markdown":
        return read_data(_markdown().encode(), Source(f"{_NAME}.md", "", "text/markdown"))
    suffix = form[:3] if form.startswith("pdf") else form
    media_type = "application/pdf" if suffix == "pdf" else "application/octet-stream"
    return read_data(_MAKERS[form](_markdown()), Source(f"{_NAME}.{suffix}", "", media_type))


@pytest.mark.parametrize("form", _MAKERS)
def test_formats_give_the_same_case_studies(form: str) -> None:
    expected = read_as("markdown")
    found = read_as(form)
    assert len(found) == 12
    for one, other in zip(expected, found, strict=True):
        assert (one.id, one.title, one.url, one.lang) == (
            other.id,
            other.title,
            other.url,
            other.lang,
        )
        assert _words(one) == _words(other)
        assert _headings(one) <= _headings(other)


def _headings(study: CaseStudy) -> set[str]:
    return {study.text[b.start : b.end] for b in study.blocks if b.type == "heading"}


def _words(study: CaseStudy) -> list[str]:
    """Return the words; the marks of lists are the format's own."""
    return [word for word in study.text.split() if word not in ("-", "•")]


def test_formats_pdf_keeps_the_page_of_every_character() -> None:
    pages = [
        {item.page for item in study.offset_map if item.page is not None}
        for study in read_as("pdf")
    ]
    assert all(pages)
    firsts = [min(page) for page in pages]
    assert firsts == sorted(firsts)
    assert firsts[-1] >= 5
