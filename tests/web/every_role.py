"""An office in which every role is held by somebody, for tests that go through all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.people import SIDE, Person, Role
from tests import scenario
from tests.web.house import NOW, House, a_house
from tests.web.memory import MemoryReads

REF = "HTA-2026-01"
OF = {
    "opcc": "west-mercia-opcc",
    "force": "west-mercia-police",
    "panel": "a-panel",
    "public": "an-inspectorate",
}
EVERYBODY = {
    role.value: Person(
        id=role.value,
        title=role.value.capitalize(),
        role=role,
        organisation=OF[SIDE[role]],
        address="a@b.example",
    )
    for role in Role
    if role != Role.ENGINE
}


@pytest.fixture
async def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """An office in which every role is held by somebody, with one cycle."""

    async def people(_reads: MemoryReads) -> dict[str, Person]:
        return EVERYBODY

    monkeypatch.setattr(MemoryReads, "people", people)
    house = a_house(tmp_path)
    await house.desk.send(scenario.open_cycle(REF, NOW), scenario.WORDS)
    async with house.browser:
        yield house
