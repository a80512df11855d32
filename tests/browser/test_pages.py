"""Pages as a reader sees and uses them."""

from urllib.parse import quote

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_QUERY = "SELECT ?s { ?s a <https://w3id.org/ecoduct/ontology#Solution> } ORDER BY ?s"


def _first(driver: Chrome, service_url: str, path: str, selector: str) -> str:
    """Open a page and return the address of the first link that a selector finds."""
    driver.get(service_url + path)
    address = driver.find_element(By.CSS_SELECTOR, selector).get_attribute("href")
    assert address
    return address


def _solution(driver: Chrome, service_url: str) -> None:
    driver.get(_first(driver, service_url, "/solutions", ".card h2 a"))


def _rows(driver: Chrome, count: int) -> None:
    """Wait for an answer of so many rows, since a form is sent and answered in its own time."""
    rows = (By.CSS_SELECTOR, ".answer tbody tr")
    WebDriverWait(driver, 20).until(lambda d: len(d.find_elements(*rows)) == count)


def _no_complaints(driver: Chrome) -> None:
    assert driver.get_log("browser") == []


def test_home_says_what_is_in_the_graph(open_browser, service_url: str) -> None:
    driver = open_browser(1280)
    driver.get(service_url + "/")
    counts = {
        item.find_element(By.TAG_NAME, "dt").text: item.find_element(By.TAG_NAME, "dd").text
        for item in driver.find_elements(By.CSS_SELECTOR, ".counts div")
    }
    assert counts["Solutions"] == "12"
    assert len(driver.find_elements(By.CSS_SELECTOR, "ul.questions li")) >= 6
    assert driver.find_elements(By.CSS_SELECTOR, ".map a path")
    _no_complaints(driver)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_width(open_browser, service_url: str, width: int) -> None:
    driver = open_browser(width)
    paths = [
        "/",
        "/solutions",
        "/query?question=02-cms-listed-species",
        "/threat/",
        "/place/",
        "/ontology",
        "/nothing",
    ]
    addresses = [service_url + path for path in paths]
    addresses += [
        _first(driver, service_url, "/solutions", ".card h2 a"),
        _first(driver, service_url, "/taxon/", ".index td a"),
        _first(driver, service_url, "/place/", ".index td a"),
    ]
    wide = {}
    for address in addresses:
        driver.get(address)
        needed = driver.execute_script("return document.documentElement.scrollWidth")
        if needed > width:
            wide[address] = needed
    assert wide == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_fact_leads_to_its_sentence(open_browser, service_url: str, scripts: bool) -> None:
    driver = open_browser(1280, scripts=scripts)
    _solution(driver, service_url)
    statement = driver.find_element(By.CSS_SELECTOR, ".statements li:has(a.jump)")
    quoted = statement.find_element(By.TAG_NAME, "blockquote").text
    link = statement.find_element(By.CSS_SELECTOR, "a.jump")
    quoted = quoted.removesuffix(link.text)
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    sentence = driver.find_element(By.CSS_SELECTOR, ".text .sentence:target")
    assert sentence.get_attribute("id") == anchor
    shown = "".join(c for c in sentence.text if not c.isdigit() and not c.isspace())
    assert shown.startswith("".join(c for c in quoted if not c.isdigit() and not c.isspace()))
    # Smooth scrolling takes a moment.
    WebDriverWait(driver, 5).until(lambda _: _in_view(driver, sentence.rect["y"]))


def _in_view(driver: Chrome, y: float) -> bool:
    top = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssLayoutViewport"]["pageY"]
    return bool(top <= y <= top + 900)


def test_marks_can_be_switched_off_by_kind(open_browser, service_url: str) -> None:
    driver = open_browser(1280, scripts=False)
    _solution(driver, service_url)
    box = driver.find_element(By.CSS_SELECTOR, ".legend input")
    kind = (box.get_attribute("class") or "").removeprefix("show-")
    mention = driver.find_element(By.CSS_SELECTOR, f".text .m-{kind}")
    before = mention.value_of_css_property("background-color")
    box.click()
    assert mention.value_of_css_property("background-color") != before


@pytest.mark.parametrize(("width", "shown"), [(390, False), (1280, True)])
def test_facets_are_folded_where_the_page_is_narrow(
    open_browser, service_url: str, width: int, shown: bool
) -> None:
    driver = open_browser(width, scripts=False)
    driver.get(service_url + "/solutions")
    choice = driver.find_element(By.CSS_SELECTOR, ".facets li a")
    # The driver's own test takes all of a closed fold for hidden, whatever the style says.
    visible = "return arguments[0].checkVisibility()"
    assert driver.execute_script(visible, choice) is shown
    if not shown:
        driver.find_element(By.CSS_SELECTOR, ".facets .all > summary").click()
        assert driver.execute_script(visible, choice)


def test_query_works_without_scripts(open_browser, service_url: str) -> None:
    driver = open_browser(390, scripts=False)
    driver.get(service_url + "/query")
    area = driver.find_element(By.ID, "query")
    area.clear()
    area.send_keys(_QUERY)
    driver.find_element(By.CSS_SELECTOR, ".query button").click()
    _rows(driver, 12)


def test_query_has_an_editor_where_scripts_run(open_browser, service_url: str) -> None:
    driver = open_browser(1280)
    driver.get(f"{service_url}/query?query={quote(_QUERY)}")
    editor = driver.find_element(By.CSS_SELECTOR, ".CodeMirror")
    assert not driver.find_element(By.ID, "query").is_displayed()
    assert "SELECT" in editor.text
    editor.click()
    ActionChains(driver).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
        " LIMIT 5"
    ).perform()
    driver.find_element(By.CSS_SELECTOR, ".query button").click()
    WebDriverWait(driver, 10).until(lambda d: "LIMIT" in d.current_url)
    _rows(driver, 5)
    _no_complaints(driver)


def test_query_editor_lets_the_keyboard_go_on(open_browser, service_url: str) -> None:
    driver = open_browser(1280)
    driver.get(service_url + "/query")
    driver.find_element(By.CSS_SELECTOR, ".CodeMirror").click()
    ActionChains(driver).send_keys(Keys.TAB).perform()
    assert driver.switch_to.active_element.text == "Run query"


@pytest.mark.parametrize("path", ["/", "/solutions", "/query"])
def test_keyboard_focus_is_seen(open_browser, service_url: str, path: str) -> None:
    driver = open_browser(1280, scripts=False)
    driver.get(service_url + path)
    seen = []
    for _ in range(25):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        active = driver.switch_to.active_element
        seen.append(active.text)
        outline = active.value_of_css_property("outline-style")
        assert outline not in ("none", "") or active.value_of_css_property("stroke-width") == "3px"
    assert seen[0] == "Skip to content"


def test_pages_load_nothing_from_outside(open_browser, service_url: str) -> None:
    driver = open_browser(1280)
    for path in ("/", "/query", "/solutions"):
        driver.get(service_url + path)
        names = driver.execute_script(
            "return performance.getEntriesByType('resource').map(entry => entry.name)"
        )
        assert names
        assert [name for name in names if not name.startswith((service_url, "data:"))] == []
        _no_complaints(driver)
