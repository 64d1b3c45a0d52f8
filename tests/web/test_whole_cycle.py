"""The pages on the real engine and the real record."""

from pathlib import Path

import httpx
import pytest

from clients.shelf import Shelf
from store.keeping import Keeping
from store.pool import Pool
from store.sessions import Sessions
from tests.conftest import Office
from tests.scenario import date_after, wall_now
from tests.web.house import OFFICE, Browser
from tests.web.test_pages import OPENING
from web.app import create_app
from web.door.rooms import Rooms


@pytest.mark.real
async def test_a_cycle_is_opened_answered_and_accepted_through_the_pages(
    office: Office, pool: Pool, tmp_path: Path
) -> None:
    """An officer opens a cycle, the lead sends a file, the officer reads it and accepts it."""
    rooms = Rooms(
        desk=office.desk,
        reads=office.reads,
        shelf=Shelf((tmp_path / "files").as_uri()),
        keeping=Keeping(pool),
        office=OFFICE,
        standalone=True,
        home=tmp_path,
        sessions=Sessions(pool),
    )
    transport = httpx.ASGITransport(create_app(rooms))
    async with Browser(transport=transport, base_url=OFFICE.public_url, timeout=60) as browser:
        reference = await _open(browser)
        await _answer(browser, reference)
        await browser.sign_in("policy-officer")
        page = await browser.get(f"/cycles/{reference}/requests/1")
        assert "What was asked for." in page.text
        done = await browser.fill(f"/cycles/{reference}/act/AcceptReturn?request=1")
        assert done.headers["location"] == f"/cycles/{reference}"
        assert "Return accepted" in (await browser.get(f"/cycles/{reference}")).text


async def _open(browser: Browser) -> str:
    await browser.sign_in("policy-officer")
    on = date_after(wall_now(), 30)
    day = {"starts_on-day": str(on.day), "starts_on-month": str(on.month), "starts_on-year": str(on.year)}
    done = await browser.fill("/cycles/new/at-once", **{**OPENING, **day})
    assert done.status_code == 303, done.text
    return done.headers["location"].removeprefix("/cycles/")


async def _answer(browser: Browser, reference: str) -> None:
    await browser.sign_in("acc-local-policing")
    assert "Performance pack" in (await browser.get("/tasks")).text
    files = [("files", ("figures.csv", b"month,volume\nJuly,12\nAugust,14\n"))]
    done = await browser.fill(
        f"/tasks/{reference}/1", files=files, answer="provided", written="What was asked for."
    )
    assert done.headers["location"] == f"/tasks/{reference}/1/receipts/1", done.text
    page = await browser.get(done.headers["location"])
    assert "figures.csv" in page.text
