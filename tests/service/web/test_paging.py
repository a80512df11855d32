import pytest

from service.web.paging import Page, paginate


@pytest.mark.parametrize(
    ("total", "wanted", "page"),
    [
        (0, "", Page(1, 1, 0, 0, 0)),
        (25, "", Page(1, 3, 0, 10, 25)),
        (25, "3", Page(3, 3, 20, 25, 25)),
        (25, "99", Page(3, 3, 20, 25, 25)),
        (25, "-1", Page(1, 3, 0, 10, 25)),
        (25, "²", Page(1, 3, 0, 10, 25)),
        (25, "9" * 5000, Page(1, 3, 0, 10, 25)),
    ],
)
def test_paging_gives_the_nearest_page(total: int, wanted: str, page: Page) -> None:
    assert paginate(total, wanted, size=10) == page
