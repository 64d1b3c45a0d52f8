"""An office in memory for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import scenario
from tests.web.every_role import REF, full
from tests.web.house import NOW, House, a_house

__all__ = ["REF", "full"]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """An empty office."""
    house = a_house(tmp_path)
    async with house.browser:
        yield house


@pytest.fixture
async def busy(house: House) -> House:
    """An office with one cycle of three requests, the first of which is answered."""
    await house.done(scenario.open_cycle(REF, NOW), scenario.submit(REF))
    house.desk.sent.clear()
    return house
