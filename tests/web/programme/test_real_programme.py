"""The programme's pages on the real engine and the real record."""

import asyncio
from pathlib import Path

import httpx
import pytest

from clients.shelf import Shelf
from rules.clocks import civil
from rules.programme.years import label, year_of
from store.keeping import Keeping
from store.pool import Pool
from store.sessions import Sessions
from tests import scenario as s
from tests.conftest import Office
from tests.web.house import OFFICE, Browser
from tests.web.programme.sending import inputs_of
from web.app import create_app
from web.door.rooms import Rooms


@pytest.mark.real
async def test_a_year_is_planned_adopted_and_moved_through_the_pages(
    office: Office, pool: Pool, tmp_path: Path
) -> None:
    """Begun, suggested, put in, adopted and moved; sent twice at once, each is done once."""
    rooms = Rooms(
        desk=office.desk,
        reads=office.reads,
        shelf=Shelf((tmp_path / "files").as_uri()),
        keeping=Keeping(pool),
        office=OFFICE,
        standalone=True,
        home=tmp_path,
        programme=office.programme,
        sessions=Sessions(pool),
    )
    year = year_of(civil(s.wall_now())) + 1
    transport = httpx.ASGITransport(create_app(rooms))
    async with Browser(transport=transport, base_url=OFFICE.public_url, timeout=60) as browser:
        await browser.sign_in("policy-officer")
        await browser.fill("/programme", to="/programme/begin")
        await _propose(browser, year)
        await browser.sign_in("commissioner")
        form = inputs_of((await browser.get(f"/programme/adopt?year={year}")).text)
        await _twice(browser, "/programme/adopt", form)
        await browser.sign_in("policy-officer")
        await _move(browser, year)
        page = (await browser.get(f"/programme?year={year}")).text
        assert f"{label(year)} has 2 cycles: 2 adopted." in page
        assert "of 127 promises have been asked about" in (await browser.get("/programme/coverage")).text
    kinds = [one.event.kind for one in await office.reads.programme_entries("PRG-west-mercia-opcc")]
    assert kinds == ["ProgrammeOpened", *2 * ["SlotProposed"], "YearAdopted", *2 * ["SlotAdopted"],
                     *2 * ["SlotMoved"]]  # fmt: skip


async def _propose(browser: Browser, year: int) -> None:
    asked = f"/programme/plan?year={year}&count=2&kind=thematic&officer=policy-officer"
    form = inputs_of((await browser.get(asked)).text)
    look = await browser.post("/programme/plan", data=form)
    assert "Put 2 cycles into" in look.text, look.text
    sent = inputs_of(look.text.replace('action="/programme/plan"', 'id="form"')) | {"seen": ["yes"]}
    await _twice(browser, "/programme/plan", sent)


async def _move(browser: Browser, year: int) -> None:
    form = inputs_of((await browser.get(f"/programme/move?year={year}")).text)
    look = await browser.post("/programme/move", data=form | {"days": ["1"]})
    assert "2 cycles would move" in look.text, look.text
    sent = inputs_of(look.text) | {"reason": ["The panel meets later."], "seen": ["yes"]}
    await _twice(browser, "/programme/move", sent)


async def _twice(browser: Browser, path: str, form: dict[str, list[str]]) -> None:
    """Send a form twice at the same time, as a double click does."""
    answers = await asyncio.gather(*(browser.post(path, data=form) for _ in range(2)))
    assert [one.status_code for one in answers] == [303, 303], [one.text for one in answers]
