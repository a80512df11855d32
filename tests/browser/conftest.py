"""Chromium, to look at the service over the shipped corpus."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_DRIVER = "/usr/bin/chromedriver"

Opener = Callable[..., webdriver.Chrome]


@pytest.fixture
def open_browser(tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens Chromium at a width, with or without scripts."""
    drivers: list[webdriver.Chrome] = []

    def _open(width: int, *, scripts: bool = True) -> webdriver.Chrome:
        options = webdriver.ChromeOptions()
        for argument in _ARGUMENTS:
            options.add_argument(argument)
        options.add_argument(f"--user-data-dir={tmp_path / f'chromium{len(drivers)}'}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        if not scripts:
            blocked = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", blocked)
        driver = webdriver.Chrome(options=options, service=Service(_DRIVER))
        drivers.append(driver)
        # A click returns before the next page is there; a search for an element waits for it.
        driver.implicitly_wait(10)
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        return driver

    yield _open
    for driver in drivers:
        driver.quit()
