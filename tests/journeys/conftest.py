"""The whole product with its demonstration, and a browser beside it, once for all journeys."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chaos.product import Running, product
from tests.journeys.browser import ALBUM, chromium


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """The product as a user starts it."""
    with (
        tempfile.TemporaryDirectory(prefix="answerable-journeys-", ignore_cleanup_errors=True) as folder,
        product(Path(folder) / "home") as one,
    ):
        one.wait_until_said("The demonstration is there")
        yield one


@pytest.fixture(scope="session")
def browser(running: Running) -> Iterator[Browser]:
    """A real browser, once there is something to look at."""
    assert running.process.poll() is None
    with chromium() as one:
        yield one


@pytest.fixture(autouse=True)
def own_windows(browser: Browser, request: pytest.FixtureRequest) -> Iterator[None]:
    """Each journey has windows of its own: those of the one before would load anew with every act."""
    ALBUM.folder = request.config.getoption("--pictures")
    ALBUM.opens(re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-").removeprefix("test-")[:60])
    yield
    for context in browser.contexts:
        context.close()
