"""What if, on the pages: the form, what is wrong with it, and the answer below it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from rehearsal.apart import Apart
from schemas.commands import Cancel
from schemas.records import Entry
from tests import scenario
from tests.conftest import temporal_cli
from tests.rehearsal.forks import PATIENCE
from tests.web.house import NOW, OFFICE, Browser, House, a_house
from tests.web.walls_memory import MemoryWalls, WalledReads
from web.app import create_app

REF = "HTA-2026-01"
PATH = f"/cycles/{REF}/what-if"


class LedgerReads(WalledReads):
    """Reads that also give the ledger."""

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries, oldest first."""
        found = self.memory.ledgers.get(reference, [])
        return tuple(one for one in found if key in (None, one.key))


async def opened(house: House, what_ifs: Apart) -> House:
    """The same office with a cycle, its ledger to be read, and where what-ifs are worked out."""
    rooms = replace(house.rooms, reads=LedgerReads(house.memory, MemoryWalls()), what_ifs=what_ifs)
    browser = Browser(transport=httpx.ASGITransport(create_app(rooms)), base_url=OFFICE.public_url)
    await house.done(scenario.open_cycle(REF, NOW))
    return replace(house, rooms=rooms, browser=browser)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[House]:
    """An officer at the door of an office with one cycle, which works what-ifs out in earnest."""
    house = await opened(a_house(tmp_path), Apart(temporal_cli(), within=PATIENCE))
    async with house.browser:
        await house.browser.sign_in("policy-officer")
        yield house


@pytest.mark.real
async def test_an_officer_is_told_what_would_miss_what(office: House) -> None:
    """From the cycle's page to the form, and from the form to the answer; nothing has changed."""
    before = list(office.memory.ledgers[REF])
    assert f'href="{PATH}"' in (await office.browser.get(f"/cycles/{REF}")).text
    page = await office.browser.fill(PATH, force_late="6", session_moves="7")
    assert page.status_code == 200
    said = page.text
    assert said.index("This is being worked out") < said.index("The answer") < said.index("</footer>")
    assert "If every return comes 6 working days late and the session moves to" in said
    assert "The return to request 1: Paper 1" not in said
    assert "Return 1: Paper 1" in said
    assert "Assistant Chief Constable, Local Policing" in said
    assert 'value="6"' in said
    assert office.memory.ledgers[REF] == before
    assert office.rooms.what_ifs.refused() is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Suppose at least one thing"),
        ({"force_late": "many"}, "Write a number of working days from 1 to 60, or silent."),
        ({"session_moves": "0"}, "Write by how many days the session moves"),
        ({"holidays": "yesterday"}, "Write each holiday as a date such as 2026-12-24."),
        ({"holidays": "2020-01-06"}, "is not to come any more"),
        ({"office_late": "<b>"}, "Write a number of working days from 1 to 60."),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_kept(
    office: House, typed: dict[str, str], sentence: str
) -> None:
    """The summary, the sentence, and what was typed."""
    page = await office.browser.fill(PATH, **typed)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert page.text.count(sentence) == 2
    for value in typed.values():
        assert f'value="{value}"'.replace("<", "&lt;").replace(">", "&gt;") in page.text


async def test_a_cycle_that_is_over_or_not_there_cannot_be_asked_about(office: House) -> None:
    """A cancelled one is refused in a sentence and has no link; an unknown one is no page."""
    facts = {"cycle": REF, "actor": scenario.OFFICER, "key": scenario.key()}
    await office.desk.send(Cancel(reason=scenario.say("No."), **facts), scenario.WORDS)
    page = await office.browser.fill(PATH, force_late="6")
    assert page.status_code == 409
    assert f"{REF} was cancelled, so nothing more can happen in it." in page.text
    assert PATH not in (await office.browser.get(f"/cycles/{REF}")).text
    assert (await office.browser.get("/cycles/HTA-2026-99/what-if")).status_code == 404


@pytest.mark.parametrize("person", ["acc-local-policing", "panel-secretariat"])
async def test_nobody_outside_the_office_may_suppose(office: House, person: str) -> None:
    """The force and the panel are sent away, and see no link."""
    await office.browser.sign_in(person)
    assert (await office.browser.get(PATH)).status_code == 403
    assert PATH not in (await office.browser.get(f"/cycles/{REF}")).text


async def test_without_the_engine_program_the_form_says_so(tmp_path: Path) -> None:
    """Nothing is begun, what was typed is kept, and who runs the service is named."""
    house = await opened(a_house(tmp_path), Apart("/nowhere/temporal"))
    async with house.browser as browser:
        await browser.sign_in("policy-officer")
        page = await browser.fill(PATH, force_late="6")
    assert page.status_code == 503
    assert "A what-if needs the temporal program, which is not on this machine." in page.text
    assert 'value="6"' in page.text
