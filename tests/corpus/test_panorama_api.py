"""The API as the stand-in speaks it: paging, languages, faults, changes, what is gone."""

from collections.abc import Iterator

import pytest

from corpus.errors import CorpusError, FetchError, ListingError
from corpus.fetching.client import Fetcher, FetchLimits
from corpus.reading import read_fetched
from corpus.sources.panorama_api import PanoramaFilter, PanoramaSource, api_secrets
from corpus.sources.protocol import SourceItem
from corpus.splitter import solution_key
from tests.standin.panorama import KEY, SPOILS, PanoramaStandIn
from tests.standin.real import real_records


@pytest.fixture
def panorama() -> Iterator[PanoramaStandIn]:
    with PanoramaStandIn(seed=7, count=45, per_page=20) as site:
        yield site


@pytest.fixture
def api(panorama: PanoramaStandIn) -> Iterator[Fetcher]:
    limits = FetchLimits(private=True, interval_s=0)
    secrets = api_secrets(panorama.base, KEY)
    with Fetcher(limits, secrets=secrets, sleep=lambda _: None) as fetcher:
        yield fetcher


def _source(site: PanoramaStandIn, api: Fetcher, *languages: str, **chosen: str) -> PanoramaSource:
    countries = (chosen["country"],) if chosen else ()
    return PanoramaSource(
        api,
        address=site.base,
        languages=languages or ("en", "fr", "es"),
        chosen=PanoramaFilter(countries=countries),
    )


def test_panorama_api_lists_every_page_in_every_language(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    items = list(_source(panorama, api).list_items())
    assert len(items) == len({item.key for item in items}) == 135
    assert panorama.requests == {f"/{lang}/api/v1/solutions": 3 for lang in ("en", "fr", "es")}


def test_panorama_api_gives_one_solution_with_texts_by_language(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    source = _source(panorama, api)
    studies = [s for item in source.list_items() for s in read_fetched(source.fetch(item))]
    keys: dict[str, set[str]] = {}
    for study in studies:
        keys.setdefault(solution_key(study.url), set()).add(study.lang)
    assert len(keys) == 45
    assert set(map(frozenset, keys.values())) == {frozenset(("en", "fr", "es"))}
    assert len({study.id for study in studies}) == 135


def test_panorama_api_lists_the_same_from_the_same_seed(panorama: PanoramaStandIn) -> None:
    with PanoramaStandIn(seed=7, count=45) as other:
        assert [other.records(lang) for lang in ("en", "fr", "es")] == [
            panorama.records(lang) for lang in ("en", "fr", "es")
        ]


def test_panorama_api_versions_tell_what_has_changed(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    source = _source(panorama, api, "en")
    before = {item.key: item.version for item in source.list_items()}
    changed = panorama.change(0.2, seed=1)
    removed = panorama.remove(0.1, seed=2)
    after = {item.key: item.version for item in source.list_items()}
    assert {key for key in before if key not in after} == {f"en/{10_000 + n}" for n in removed}
    differing = {key for key in after if after[key] != before[key]}
    assert differing == {f"en/{10_000 + n}" for n in changed if n not in removed}


def test_panorama_api_gets_past_faults_that_pass(panorama: PanoramaStandIn, api: Fetcher) -> None:
    panorama.fault_every = 3
    panorama.faults = ("429", "503", "500", "reset")
    assert len(list(_source(panorama, api).list_items())) == 135


@pytest.mark.parametrize(
    ("fault", "reason"), [("challenge", "Cloudflare challenge"), ("truncated", "connection|JSON")]
)
def test_panorama_api_says_that_a_list_broke_off(
    panorama: PanoramaStandIn, api: Fetcher, fault: str, reason: str
) -> None:
    panorama.fault_every = 1
    panorama.faults = (fault,)
    with pytest.raises(ListingError, match=reason):
        list(_source(panorama, api).list_items())


def test_panorama_api_does_not_follow_endless_paging(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    panorama.endless = True
    with pytest.raises(ListingError, match="does not come to an end"):
        list(_source(panorama, api, "en").list_items())
    assert sum(panorama.requests.values()) <= 5


def test_panorama_api_says_that_a_key_is_wrong(panorama: PanoramaStandIn) -> None:
    with (
        Fetcher(FetchLimits(private=True, interval_s=0)) as fetcher,
        pytest.raises(ListingError, match="check key and rights"),
    ):
        list(_source(panorama, fetcher).list_items())


def test_panorama_api_filters_by_country(panorama: PanoramaStandIn, api: Fetcher) -> None:
    source = _source(panorama, api, "en", country="KE")
    texts = [s.text for item in source.list_items() for s in read_fetched(source.fetch(item))]
    assert 0 < len(texts) < 45
    assert all("Kenya" in text for text in texts)
    assert source.name == f"panorama:{panorama.base}?country_iso_2%5B%5D=KE"


def test_panorama_api_sends_every_filter() -> None:
    chosen = PanoramaFilter(("SN", "KE"), ("53",), "species", "555")
    assert chosen.parameters() == [
        ("country_iso_2[]", "KE"),
        ("country_iso_2[]", "SN"),
        ("region[]", "53"),
        ("portal_title", "species"),
        ("wdpa", "555"),
    ]


def test_panorama_api_spoiled_records_are_listed_and_refused_one_by_one(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    spoiled = panorama.spoil(0.2, seed=3)
    source = _source(panorama, api, "en")
    reasons = {}
    for item in source.list_items():
        try:
            read_fetched(source.fetch(item))
        except CorpusError as error:
            reasons[item.key] = str(error)
    assert set(reasons) == {f"en/{10_000 + number}" for number in spoiled}
    assert set(spoiled.values()) == set(SPOILS)
    assert all(reason.startswith("panorama/en/1") for reason in reasons.values())


def test_panorama_api_real_records_come_in_each_language(api: Fetcher) -> None:
    record = {
        "id": "1",
        "url": "https://panorama.solutions/en/solution/x",
        "title": "X",
        "summary": "<p>Words.</p>",
    }
    with PanoramaStandIn(count=2, real=(record,)) as site:
        with Fetcher(
            FetchLimits(private=True, interval_s=0), secrets=api_secrets(site.base, KEY)
        ) as fetcher:
            items = list(_source(site, fetcher, "fr").list_items())
        (study,) = read_fetched(_source(site, api).fetch(items[-1]))
    assert (study.id, len(items)) == ("panorama-api-fr-x", 3)


def test_panorama_api_refuses_a_language_that_it_has_not(api: Fetcher) -> None:
    with pytest.raises(CorpusError, match="the API has en, fr, es"):
        PanoramaSource(api, languages=("en", "de"))


def test_panorama_api_fetches_only_what_it_has_listed(api: Fetcher) -> None:
    with pytest.raises(FetchError, match="list the source again"):
        PanoramaSource(api).fetch(SourceItem("en/1"))


def test_panorama_api_gives_a_numbered_address_the_slug_of_another_language(api: Fetcher) -> None:
    source = PanoramaSource(api)
    source._item("en", {"id": "5", "url": "/en/solution/otters", "title": "O", "summary": "x"})
    item = source._item("fr", {"id": "5", "url": "/fr/node/5", "title": "O", "summary": "x"})
    assert item.content is not None
    assert b"https://panorama.solutions/fr/solution/otters" in item.content


def test_panorama_stand_in_serves_pages_that_the_reader_takes(
    panorama: PanoramaStandIn, api: Fetcher
) -> None:
    from corpus.sources.web import PagesSource

    panorama.remove(0.1, seed=4)
    gone = min(panorama.removed)
    standing = panorama.standing()[0]
    source = PagesSource(api, (f"{panorama.base}/es/node/1{standing:04}",))
    (item,) = source.list_items()
    (study,) = read_fetched(source.fetch(item))
    assert study.lang == "es"
    assert dict(study.declared)["published"] == "2022-07-29"
    with pytest.raises(FetchError, match="not there any more"):
        api.fetch(f"{panorama.base}/en/node/1{gone:04}")


def test_panorama_stand_in_has_the_real_twelve(api: Fetcher) -> None:
    limits = FetchLimits(private=True, interval_s=0)
    with (
        PanoramaStandIn(count=1, real=real_records()) as site,
        Fetcher(limits, secrets=api_secrets(site.base, KEY)) as fetcher,
    ):
        source = _source(site, fetcher, "en")
        studies = [s for item in source.list_items() for s in read_fetched(source.fetch(item))]
    assert len(studies) == 13
    assert [study.url for study in studies[1:]] == [record["url"] for record in real_records()]
    assert all(len(study.text) > 600 for study in studies[1:])
