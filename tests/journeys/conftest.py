"""The whole product with its demonstration, and a browser beside it, once for all journeys."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chaos.product import Running, product
from tests.journeys.browser import chromium

MINUTE = 60


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
def browser() -> Iterator[Browser]:
    """A real browser."""
    with chromium() as one:
        yield one
