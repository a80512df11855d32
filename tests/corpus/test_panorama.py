"""Solutions of PANORAMA: pages saved from a browser, records of the API; made by hand."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import CaseStudy, Source
from corpus.errors import CorpusError
from corpus.readers.labels import field_values, find_label, load_labels, read_date
from corpus.readers.panorama import read_address
from corpus.readers.panorama_records import read_panorama_json
from corpus.reading import read_data
from corpus.splitter import solution_key

_PAGES = files("tests.corpus").joinpath("panorama_pages")


def _read(name: str) -> CaseStudy:
    (study,) = read_data(_PAGES.joinpath(name).read_bytes(), Source(name, "", "text/html"))
    return study


def _values(study: CaseStudy, field: str) -> list[str]:
    return [value for name, value in study.declared if name == field]


def test_panorama_reads_a_full_solution_with_its_building_blocks() -> None:
    study = _read("full_en.html")
    assert study.title == 'Otters of the "Vesk"'
    assert study.id == "panorama-en-otters-vesk"
    assert study.url == "https://panorama.solutions/en/solution/otters-vesk"
    assert [study.text[b.start : b.end] for b in study.blocks if b.type == "heading"] == [
        "Building Blocks",
        "Taking down weirs",
        "Enabling factors",
        "Lesson learned",
        "Counting otters",
        "Enabling factors",
        "Lessons learned",
        "Impacts",
    ]
    assert study.text.split("\n\n")[1:5] == [
        "Otter with a catch (© Vesk Trust)",
        "The Vesk Trust took down three weirs, and otters (Lutra lutra) returned to 12 km of the "
        "river.",
        "Fishers and farmers keep the banks together.",
        "Weirs from the 1950s cut the river into pieces and no fish passed them any more, so the "
        "otters left.",
    ]
    assert study.text.endswith("By 2019 otters lived along the whole lower river.")


@pytest.mark.parametrize(
    "noise", ["Be part of", "Register", "Home", "2934", "remove_red_eye", "Published", "SDG",
              "Floods", "Location", "share your", "Another Person", "material"],
)  # fmt: skip
def test_panorama_leaves_out_what_is_no_text(noise: str) -> None:
    assert noise not in _read("full_en.html").text


def test_panorama_declares_what_fields_say() -> None:
    assert _read("full_en.html").declared == (
        ("published", "2022-07-29"),
        ("updated", "2023-02-21"),
        ("region", "Central Asia"),
        ("keyword", "Freshwater ecosystems"),
        ("keyword", "River, stream"),
        ("approach", "Nature-Based Solutions"),
        ("challenge", "Floods"),
        ("challenge", "Ecosystem loss"),
        ("sdg", "6"),
        ("sdg", "15"),
        ("aichi_target", "5"),
        ("aichi_target", "15"),
        ("location", "Lower Vesk"),
        ("location", "Upper Vesk, Kazakhstan"),
    )


def test_panorama_detects_the_language_of_the_body_not_of_the_path() -> None:
    study = _read("labels_fr_body_en.html")
    assert (study.id, study.lang) == ("panorama-fr-otters-vesk", "en")
    assert study.declared == (
        ("published", "2022-07-29"),
        ("updated", "2023-02-21"),
        ("scale", "National"),
        ("sdg", "15"),
        ("aichi_target", "5"),
        ("location", "Lower Vesk, Kazakhstan"),
    )
    assert study.text.split("\n\n")[2:] == [
        "Impacts",
        "By 2019 otters lived along the whole lower river again, and people saw them each day.",
    ]


def test_panorama_languages_of_a_solution_share_its_key() -> None:
    keys = {solution_key(_read(name).url) for name in ("full_en.html", "labels_fr_body_en.html")}
    assert keys == {"otters-vesk"}


def test_panorama_takes_labels_of_a_third_language() -> None:
    study = _read("label_fr_on_es.html")
    assert (study.id, study.lang) == ("panorama-es-node-10456", "en")
    assert _values(study, "challenge") == ["Floods", "Poaching"]
    assert _values(study, "gbf_target") == ["2", "11"]
    assert _values(study, "updated") == ["2023-02-21"]
    assert "Full Solution" not in study.text
    assert ("credit", "© Vesk Trust") in [
        (b.type, study.text[b.start : b.end]) for b in study.blocks
    ]
    assert study.text.endswith("so the otters left.")


def test_panorama_reads_a_building_block_of_its_own() -> None:
    study = _read("building_block_en.html")
    assert study.id == "panorama-en-building-block-counting-otters"
    assert _values(study, "category") == ["Alliance and partnership development"]
    assert _values(study, "scale") == ["Local", "Multi-national"]
    assert _values(study, "phase") == ["Planning phase", "Inception phase"]
    assert study.text.split("\n\n")[1:] == [
        "Schools counted otter tracks each winter, and the numbers went to the province.",
        "Enabling factors",
        "• Teachers had time.",
        "• Winters had snow.",
        "Lesson learned",
        "Children see more than cameras.",
    ]


def test_panorama_reads_a_page_saved_as_one_file() -> None:
    page = _PAGES.joinpath("building_block_en.html").read_text()
    page = page.replace("=", "=3D").replace("•", "=E2=80=A2")
    archive = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://panorama.solutions/en/x\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{page}\n--b\nContent-Type: image/png\n\nx\n--b--\n"
    ).replace("=3DE2=3D80=3DA2", "=E2=80=A2")
    archive = archive.replace("MIME-Version=3D", "MIME-Version=")
    (study,) = read_data(archive.encode(), Source("x.mhtml", "", "multipart/related"))
    assert study.text == _read("building_block_en.html").text


def _record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "10456",
        "url": "http://www.panorama.solutions/en/solution/otters-vesk",
        "title": "Otters of the &quot;Vesk&quot; ",
        "summary": "<p>The Vesk Trust took down <b>three</b> weirs.</p><ul><li>• first</li></ul>",
        "preview_image": {"src": "/x.jpg"},
        "classifications": {
            "theme": ["Restoration", "Species &amp; people"],
            "sdg": ["SDG 15 - Life on land", "SDG 14.2"],
            "aichi_targets": [{"name": "Target 5: x"}],
            "unheard_of": ["x"],
        },
        "contributors": [{"contributor": {"name": "A. Person", "organisation": "Vesk Trust"}}],
        "field_location": "Lower Vesk | Upper Vesk",
        "field_location_geofield": '{"type": "Point", "coordinates": [71.5, 51.25]}',
    } | changes


def _read_record(value: Any) -> CaseStudy:
    data = json.dumps(value).encode()
    return read_panorama_json(data, Source("record.json", "", "application/json"))[0]


def test_panorama_reads_a_record_of_the_api() -> None:
    study = _read_record(_record())
    assert study.id == "panorama-api-en-otters-vesk"
    assert study.text == 'Otters of the "Vesk"\n\nThe Vesk Trust took down three weirs.\n\n• first'
    assert study.url == "https://panorama.solutions/en/solution/otters-vesk"
    assert study.contributors == ("A. Person", "Vesk Trust")
    assert study.declared == (
        ("theme", "Restoration"),
        ("theme", "Species & people"),
        ("sdg", "15"),
        ("sdg", "14.2"),
        ("aichi_target", "5"),
        ("contributor", "A. Person"),
        ("organisation", "Vesk Trust"),
        ("location", "Lower Vesk"),
        ("location", "Upper Vesk"),
        ("coordinates", "71.5 51.25"),
    )


@pytest.mark.parametrize("geofield", [None, "", "none", {"type": "Point"}, [500, 700], 7])
def test_panorama_takes_a_record_without_a_usable_place(geofield: Any) -> None:
    study = _read_record(_record(field_location_geofield=geofield))
    assert _values(study, "coordinates") == []


def test_panorama_record_comes_bare_wrapped_or_in_a_list() -> None:
    bare = _read_record(_record())
    assert _read_record({"solution": _record(), "lang": "en"}) == bare
    assert _read_record({"solutions": [{"solution": _record()}], "pager": {"count": 1}}) == bare
    source = Source("record.json", "", "application/json")
    assert read_data(json.dumps(_record()).encode(), source) == (bare,)


def test_panorama_record_without_an_address_is_known_by_its_number() -> None:
    study = _read_record({"solution": _record(url=None), "lang": "fr"})
    assert (study.id, study.url) == ("panorama-api-fr-node-10456", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": None}, "'title' must be text, not missing or null"),
        ({"title": " "}, "'title' is empty"),
        ({"summary": ["x"]}, "'summary' must be text, not a list"),
        ({"summary": "<p> </p>"}, "'summary' is empty; there is no text"),
        ({"url": 7}, "'url' must be text, not a number"),
    ],
)
def test_panorama_says_what_is_wrong_with_a_record(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        _read_record(_record(**changes))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("29 July 2022", "2022-07-29"),
        ("21 février 2023", "2023-02-21"),
        ("1er août 2020", "2020-08-01"),
        ("29 de julio de 2022", "2022-07-29"),
        ("21 Feb 2023", "2023-02-21"),
        ("February 3rd, 2021", "2021-02-03"),
        ("2021-02-03T10:00:00Z", "2021-02-03"),
        ("some day", ""),
        ("40 July 2022", ""),
    ],
)
def test_labels_read_dates_of_three_languages(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("sdg", "ODS 15 - Vida", ("15",)),
        ("sdg", "SDG 18", ()),
        ("aichi_target", "Target 21: x", ()),
        ("gbf_target", "Target 23", ("23",)),
        ("location", " A | B |", ("A", "B")),
        ("theme", "  ", ()),
    ],
)
def test_labels_read_values(field: str, text: str, values: tuple[str, ...]) -> None:
    assert field_values(field, text) == values


def test_labels_are_known_in_each_language_and_by_any_apostrophe() -> None:
    by_name: dict[tuple[str, str], set[str]] = {}
    for label in load_labels().values():
        by_name.setdefault((label.kind, label.name), set()).add(label.lang)
    for name in ("challenge", "sdg", "location", "scale", "updated", "published"):
        assert by_name[("field", name)] >= {"en", "fr", "es"}
    assert find_label("Objectifs d’Aichi") == find_label("objectifs d'aichi :")
    assert find_label("A line like any other") is None


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://www.panorama.solutions/en/solution/a-b/?x", ("en", "solution", "a-b")),
        ("https://panorama.solutions/pt-br/node/12", ("pt-br", "node", "12")),
        ("https://panorama.solutions/en/news/a", None),
        ("https://other.test/en/solution/a", None),
        ("http://[broken", None),
    ],
)
def test_panorama_addresses(url: str, found: tuple[str, str, str] | None) -> None:
    address = read_address(url)
    assert (address and (address.lang, address.kind, address.slug)) == found


def test_panorama_folder_of_saved_pages_is_read_without_their_parts(tmp_path: Path) -> None:
    from corpus.reading import read_case_studies

    (tmp_path / "a.html").write_bytes(_PAGES.joinpath("full_en.html").read_bytes())
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "frame.html").write_text("<p>advertisement</p>")
    assert [study.id for study in read_case_studies(tmp_path)] == ["panorama-en-otters-vesk"]
