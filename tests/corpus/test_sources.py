"""Folders, addresses, sitemaps and feeds as sources."""

import gzip
from pathlib import Path

import pytest

from corpus.decoding import checksum
from corpus.errors import CorpusError, FetchError, GoneError, ListingError
from corpus.fetching.client import Fetcher
from corpus.reading import read_fetched
from corpus.sources.feed import FeedSource
from corpus.sources.folder import FolderSource
from corpus.sources.opening import names_source, open_source
from corpus.sources.sitemap import SitemapSource
from corpus.sources.web import PagesSource, page_name, read_address_list
from tests.corpus.small_site import Site

GOOD = "# Otters\n\nThe otters returned to the Vesk.\n"
PAGE = f"<html><body><h1>Otters</h1><p>{'The otters returned to the Vesk. ' * 12}</p></body></html>"


def test_folder_lists_files_below_it_with_a_version_that_changes(tmp_path: Path) -> None:
    for name in ("b/two.md", "a.txt", "b/.hidden.md", "b/~$two.docx", "c.png", "d_files/x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    source = FolderSource(tmp_path)
    before = list(source.list_items())
    assert [item.title for item in before] == ["a.txt", "b/two.md"]
    assert list(source.list_items()) == before
    (tmp_path / "a.txt").write_text(GOOD + "And stayed.\n")
    after = list(source.list_items())
    assert after[0].key == before[0].key
    assert after[0].version != before[0].version
    assert after[1] == before[1]


@pytest.mark.parametrize(
    ("include", "exclude", "names"),
    [
        ((), ("drafts/*",), ["a.md", "b/c.txt"]),
        (("*.md",), (), ["a.md", "drafts/d.md"]),
        (("b/*", "a.*"), ("*.txt",), ["a.md"]),
    ],
)
def test_folder_takes_patterns(
    tmp_path: Path, include: tuple[str, ...], exclude: tuple[str, ...], names: list[str]
) -> None:
    for name in ("a.md", "b/c.txt", "drafts/d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    source = FolderSource(tmp_path, include=include, exclude=exclude)
    assert [item.title for item in source.list_items()] == names


def test_folder_fetches_with_what_its_table_says(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "other.md").write_text(GOOD)
    (tmp_path / "SOURCES.csv").write_text(
        "file,title,symbol,creator,url,licence,display,checksum\n"
        f"a.md,A title,SYM/1,,,CC0,full,{checksum(GOOD.encode())}\n"
    )
    source = FolderSource(tmp_path)
    (item,) = source.list_items()
    (study,) = read_fetched(source.fetch(item))
    assert (study.source.licence, study.source.display) == ("CC0", "full")
    (tmp_path / "a.md").write_text(GOOD + "Changed.\n")
    with pytest.raises(CorpusError, match="not the one registered"):
        source.fetch(item)


def test_folder_says_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    source = FolderSource(tmp_path)
    (item,) = source.list_items()
    (tmp_path / "a.md").unlink()
    with pytest.raises(GoneError, match="no such file"):
        source.fetch(item)
    with pytest.raises(ListingError, match="no such folder"):
        list(FolderSource(tmp_path / "none").list_items())


def test_pages_come_from_a_file_of_addresses(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    site.page("/otters", PAGE, Content_Type="text/html; charset=utf-8")
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# remarks\n{site.base}/otters\n\n{site.base}/otters\n{site.base}/none\n")
    source = PagesSource(fetcher, listed)
    found, missing = source.list_items()
    (study,) = read_fetched(source.fetch(found))
    assert (study.title, study.lang) == ("Otters", "en")
    assert study.source.url == f"{site.base}/otters"
    with pytest.raises(GoneError):
        source.fetch(missing)


def test_pages_refuse_a_file_that_holds_no_addresses(tmp_path: Path, fetcher: Fetcher) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text("otters\n")
    with pytest.raises(ListingError, match="entry 1 is 'otters'; an address begins with"):
        list(PagesSource(fetcher, listed).list_items())
    with pytest.raises(CorpusError, match="cannot be read"):
        read_address_list(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("utf-16le", "utf-16le"), ("koi8-r", "koi8-r")],
)
def test_pages_are_decoded_as_the_host_says(
    site: Site, fetcher: Fetcher, declared: str, encoding: str
) -> None:
    word = "Волки" if encoding == "koi8-r" else "Forêt protégée"
    page = PAGE.replace("Otters", word)
    site.page("/x", page.encode(encoding), Content_Type=f"text/html; charset={declared}")
    source = PagesSource(fetcher, (f"{site.base}/x",))
    (item,) = source.list_items()
    (study,) = read_fetched(source.fetch(item))
    assert study.title == word


def test_pages_are_read_as_what_they_are(site: Site, fetcher: Fetcher) -> None:
    site.page("/paper.md", GOOD, Content_Type="application/octet-stream")
    site.page("/image", b"\x89PNG\r\n\x1a\n" + bytes(60), Content_Type="text/html")
    source = PagesSource(fetcher, (f"{site.base}/paper.md", f"{site.base}/image"))
    paper, image = source.list_items()
    (study,) = read_fetched(source.fetch(paper))
    assert study.title == "Otters"
    with pytest.raises(CorpusError, match="image/png"):
        read_fetched(source.fetch(image))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.a.test/b/c.html", "a.test/b/c.html"),
        ("https://a.test", "a.test/index"),
        ("https://a.test/%C3%A9?p=1", "a.test/é-p=1"),
    ],
)
def test_pages_are_named_by_their_address(address: str, name: str) -> None:
    assert page_name(address) == name


def _sitemap(*entries: str) -> str:
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<url><loc>{e}</loc><lastmod>2024-01-02</lastmod></url>" for e in entries)
        + "</urlset>"
    )


def test_sitemap_lists_pages_of_an_index_packed_or_not(site: Site, fetcher: Fetcher) -> None:
    index = "".join(
        f"<sitemap><loc>{site.base}/{name}</loc></sitemap>" for name in ("a.xml", "b.xml.gz")
    )
    site.page("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>")
    pages = [f"{site.base}/solution/{number}" for number in range(3)]
    site.page("/a.xml", _sitemap(pages[0], f"{site.base}/news/1", pages[1]))
    site.page("/b.xml.gz", gzip.compress(_sitemap(pages[1], pages[2]).encode()))
    source = SitemapSource(fetcher, f"{site.base}/sitemap.xml", include=("*/solution/*",))
    assert [(item.key, item.version) for item in source.list_items()] == [
        (page, "2024-01-02") for page in pages
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html></html>", "not a sitemap but <html>"),
        ("<urlset><url>", "not a sitemap"),
        ("words", "neither XML nor a list of addresses"),
        (b"\x1f\x8b damaged", "a damaged .gz file"),
        (gzip.compress(bytes(70_000_000)), "unpacks to more than 60 MB"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "not a sitemap"),
    ],
)
def test_sitemap_says_what_is_wrong(
    site: Site, fetcher: Fetcher, body: bytes | str, reason: str
) -> None:
    site.page("/s", body)
    with pytest.raises(ListingError, match=reason):
        list(SitemapSource(fetcher, f"{site.base}/s").list_items())


def test_sitemap_that_names_itself_comes_to_an_end(site: Site, fetcher: Fetcher) -> None:
    entry = f"<sitemap><loc>{site.base}/s</loc></sitemap>"
    site.page("/s", f"<sitemapindex>{entry}</sitemapindex>")
    assert list(SitemapSource(fetcher, f"{site.base}/s").list_items()) == []
    for number in range(9):
        entry = f"<sitemap><loc>{site.base}/s{number + 1}</loc></sitemap>"
        site.page(f"/s{number}", f"<sitemapindex>{entry}</sitemapindex>")
    with pytest.raises(ListingError, match="nested more than 3 deep"):
        list(SitemapSource(fetcher, f"{site.base}/s0").list_items())


def test_sitemap_as_plain_text(site: Site, fetcher: Fetcher) -> None:
    site.page("/s.txt", f"{site.base}/a\n{site.base}/b\n")
    keys = [item.key for item in SitemapSource(fetcher, f"{site.base}/s.txt").list_items()]
    assert keys == [f"{site.base}/a", f"{site.base}/b"]


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>/otters</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>
<item><title>Twice</title><link>/otters</link></item>
<item><title>Bare</title><guid isPermaLink="false">urn:x:1</guid>
<description>&lt;p&gt;The otters returned.&lt;/p&gt;</description></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:f</id>
<entry><title>One</title><id>urn:1</id><updated>2024-01-01T00:00:00Z</updated>
<link rel="alternate" href="/otters"/></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feed_gives_the_pages_that_it_announces(site: Site, fetcher: Fetcher, feed: str) -> None:
    site.page("/feed", feed, Content_Type="application/xml")
    site.page("/otters", PAGE, Content_Type="text/html")
    source = FeedSource(fetcher, f"{site.base}/feed")
    item = next(iter(source.list_items()))
    assert (item.key, item.title) == (f"{site.base}/otters", "One")
    assert "2024" in item.version
    assert read_fetched(source.fetch(item))[0].title == "Otters"
    assert not source.complete


def test_feed_takes_each_entry_once_and_text_where_there_is_no_page(
    site: Site, fetcher: Fetcher
) -> None:
    site.page("/feed", RSS)
    source = FeedSource(fetcher, f"{site.base}/feed")
    items = list(source.list_items())
    assert [item.key for item in items] == [f"{site.base}/otters", "urn:x:1"]
    (study,) = read_fetched(source.fetch(items[1]))
    assert study.text == "Bare\n\nThe otters returned."


@pytest.mark.parametrize("body", ["<html><p>no feed</p></html>", "", "{}"])
def test_feed_says_that_it_is_none(site: Site, fetcher: Fetcher, body: str) -> None:
    site.page("/feed", body)
    with pytest.raises(ListingError, match="neither RSS nor Atom"):
        list(FeedSource(fetcher, f"{site.base}/feed").list_items())


def test_feed_that_cannot_be_had_breaks_the_list_off(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(ListingError, match="not there any more"):
        list(FeedSource(fetcher, f"{site.base}/feed").list_items())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("feed:https://a.test/rss", FeedSource),
        ("sitemap:https://a.test/s.xml#include=*/x/*", SitemapSource),
        ("urls:list.txt", PagesSource),
        ("https://a.test/x", PagesSource),
        ("folder:texts#include=*.pdf&exclude=drafts/*", FolderSource),
    ],
)
def test_opening_knows_each_kind_by_its_name(fetcher: Fetcher, name: str, kind: type) -> None:
    assert names_source(name)
    assert type(open_source(name, lambda: fetcher)) is kind


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("feed:a.test", "give an address, feed:https"),
        ("sitemap:https://a.test#only=x", "no option only"),
        ("ftp://a.test", "not the name of a source"),
    ],
)
def test_opening_says_what_is_wrong_with_a_name(fetcher: Fetcher, name: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        open_source(name, lambda: fetcher)


def test_sources_raise_when_a_page_cannot_be_had(fetcher: Fetcher) -> None:
    source = PagesSource(fetcher, ("http://127.0.0.1:9/x",))
    (item,) = source.list_items()
    with pytest.raises(FetchError, match="connection failed"):
        source.fetch(item)
