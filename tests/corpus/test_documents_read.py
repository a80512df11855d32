"""Web pages, Word documents and tables of case studies."""

import io
import json
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.documents import CaseStudy, Source
from corpus.errors import CorpusError
from corpus.readers.tables import field_of, read_table
from corpus.reading import read_data

PROSE = "The grey wolf came back to the hills of Esker in the long winter of 1998. "


def _read(name: str, data: bytes, media_type: str) -> tuple[CaseStudy, ...]:
    return read_data(data, Source(name, "", media_type))


def _page(body: str, head: str = "<title>Wolves | Esker Papers</title>") -> CaseStudy:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    (study,) = _read("page.html", page.encode(), "text/html")
    return study


def test_html_reads_the_main_text_not_the_call_to_action_before_it() -> None:
    study = _page(
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/shop>Shop</a></li></ul></nav>"
        "<div class=cta><p>Be part of a community! <a href=/join>Join us</a></p></div>"
        f"<article><h1>Wolves</h1><p>{PROSE * 3}</p><h2>Results</h2><p>{PROSE * 2}</p>"
        "<ul><li>Dogs guard the flocks of the whole valley.</li></ul></article>"
        "<aside><p>Subscribe to our newsletter today</p></aside>"
        "<footer><p>© Esker Papers. <a href=/terms>Terms</a></p></footer>"
    )
    assert study.title == "Wolves"
    kinds = [(b.type, study.text[b.start : b.end][:20].strip()) for b in study.blocks]
    assert kinds == [
        ("title", "Wolves"),
        ("prose", "The grey wolf came b"),
        ("heading", "Results"),
        ("prose", "The grey wolf came b"),
        ("list_item", "Dogs guard the flock"),
    ]


def test_html_takes_what_the_page_says_of_itself() -> None:
    study = _page(
        f"<article><h1>Wolves</h1><p>{PROSE * 4}</p></article>",
        '<link rel="canonical" href="https://www.a.test/wolves/?x=1">'
        '<meta name="author" content="Alma Berg"><meta property="article:published_time"'
        ' content="2021-03-04">',
    )
    assert study.url == "https://a.test/wolves"
    assert ("contributor", "Alma Berg") in study.declared
    assert ("published", "2021-03-04") in study.declared


def test_html_keeps_line_breaks_tables_and_accents() -> None:
    study = _page(
        "<main><h1>Forêt &amp; loup</h1><p>Une ligne<br>une autre</p>"
        "<table><tr><td>Loup</td><td>12</td></tr></table></main>"
    )
    assert study.title == "Forêt & loup"
    assert study.text.split("\n\n")[1] == "Une ligne\nune autre"
    assert {"Loup", "12"} <= set(study.text.split())


def test_html_splits_a_compilation() -> None:
    part = "<h2>{0}</h2><h3>Summary</h3><p>" + PROSE * 2 + "{0}</p>"
    page = f"<html><h1>Lessons</h1>{''.join(part.format(n) for n in ('Wolves', 'Bears'))}</html>"
    studies = _read("page.html", page.encode(), "text/html")
    assert [study.title for study in studies] == ["Wolves", "Bears"]


def _word(change: Any) -> CaseStudy:
    document = docx.Document()
    document.add_heading("Wolves", 1)
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    (study,) = _read("paper.docx", buffer.getvalue(), "")
    return study


def test_docx_keeps_insertions_and_leaves_deletions_out() -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("Wolves ")
        paragraph._p.append(
            parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>came back</w:t></w:r></w:ins>")
        )
        paragraph._p.append(
            parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText> not</w:delText></w:r></w:del>")
        )

    assert _word(change).text == "Wolves\n\nWolves came back"


def test_docx_types_lists_tables_and_headings_by_outline() -> None:
    def change(document: Any) -> None:
        document.add_paragraph("Dogs", style="List Bullet")
        document.add_table(1, 2).cell(0, 1).text = "12"
        styled = document.styles.add_style("Abschnitt", 1)
        styled.element.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>')
        )
        document.add_paragraph("Results", style="Abschnitt")
        document.add_paragraph(PROSE.strip())

    study = _word(change)
    assert [(b.type, study.text[b.start : b.end]) for b in study.blocks] == [
        ("title", "Wolves"),
        ("list_item", "Dogs"),
        ("table", "12"),
        ("heading", "Results"),
        ("prose", PROSE.strip()),
    ]


def test_docx_reads_boxes_once_and_in_place() -> None:
    def change(document: Any) -> None:
        box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
        document.add_paragraph("Around it.")._p.append(
            parse_xml(f"<w:r {nsdecls('w')}><w:pict>{box}</w:pict></w:r>")
        )

    assert _word(change).text == "Wolves\n\nAround it.\n\nIn a box."


def test_docx_without_styles_takes_its_first_line_for_title() -> None:
    document = docx.Document()
    document.add_paragraph("Wolves of the Esker")
    document.add_paragraph(PROSE)
    buffer = io.BytesIO()
    document.save(buffer)
    (study,) = _read("paper.docx", buffer.getvalue(), "")
    assert study.title == "Wolves of the Esker"


CSV = (
    "Id;Project title;Description;Countries;Kunming-Montreal targets;decimalLatitude;"
    "decimalLongitude;Language;Web page;Lessons learned;colour\n"
    'a1;Wolves;"The grey wolf came back.\n\nTwo paragraphs.";KZ | MN;Target 2; 51.2;71.4;en;'
    "www.a.test/w/;Dogs help.;red\n"
)


def test_tables_read_csv_by_the_names_of_columns() -> None:
    (study,) = _read("cases.csv", CSV.encode(), "text/csv")
    assert study.id == "cases-a1"
    assert study.text == (
        "Wolves\n\nThe grey wolf came back.\n\nTwo paragraphs.\n\nLessons learned\n\nDogs help."
    )
    assert (study.url, study.lang) == ("https://a.test/w", "en")
    assert study.declared == (
        ("country", "KZ"),
        ("country", "MN"),
        ("gbf_target", "2"),
        ("coordinates", "71.4 51.2"),
    )


def test_tables_take_the_columns_that_the_caller_names() -> None:
    data = json.dumps([{"t": "Wolves", "x": "<p>Came <b>back</b>.</p>", "who": "Esker Trust"}])
    (study,) = read_table(
        data.encode(),
        Source("cases.json", "", "application/json"),
        "application/json",
        columns={"t": "title", "x": "text", "who": "organisation"},
    )
    assert study.text == "Wolves\n\nCame back."
    assert study.declared == (("organisation", "Esker Trust"),)
    assert study.contributors == ("Esker Trust",)


def test_tables_refuse_a_field_that_there_is_not() -> None:
    with pytest.raises(CorpusError, match="no such field: colour; known are"):
        read_table(b"[]", Source("x.json", "", ""), "application/json", columns={"c": "colour"})


def test_tables_read_json_lines_and_lists_alike() -> None:
    rows = [{"title": "Wolves", "text": PROSE}, {"title": "Bears", "text": PROSE}]
    lines = "\n".join(json.dumps(row) for row in rows)
    from_lines = _read("c.jsonl", lines.encode(), "application/jsonl")
    assert [study.title for study in from_lines] == ["Wolves", "Bears"]
    for value in (rows, {"records": rows}, {"case_studies": rows}):
        found = _read("c.json", json.dumps(value).encode(), "application/json")
        assert [study.text for study in found] == [study.text for study in from_lines]


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Título", "title"),
        ("full_text", "text"),
        ("decimalLongitude", "longitude"),
        ("Mots-clés", "keyword"),
        ("SDGs", "sdg"),
        ("unheard of", ""),
    ],
)
def test_tables_know_columns_in_other_words(column: str, field: str) -> None:
    assert field_of(column, {}) == field
