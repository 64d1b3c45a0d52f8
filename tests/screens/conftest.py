"""One server and one browser for all screens of a worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.browser import chromium
from tests.screens.checks import Looking, grammar
from tests.screens.serving import serving


@pytest.fixture(scope="session")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    """A browser at the door of the screens."""
    home: Path = tmp_path_factory.mktemp("screens")
    with serving(home) as showing, chromium() as browser, grammar() as rules:
        yield Looking(browser, showing, rules)
