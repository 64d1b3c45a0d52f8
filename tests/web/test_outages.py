"""The page of outages over a real store: what was late, since when, and nothing at all."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from reference.working import working_calendar
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.duties import fired_late
from rules.writing import act_of, entries_of, own_act, writing_of
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.outcomes import Allowed
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.shell import own_database, typed
from tests.web.house import NOW, OFFICE, Browser, a_house
from web.app import create_app

pytestmark = pytest.mark.real
REF = "HTA-2026-01"


@dataclass
class Standing:
    """A browser at the pages of an office with one cycle."""

    browser: Browser
    pool: Pool
    cycle: Cycle

    async def late(self, duty: str, planned_ago: timedelta, late_by: timedelta) -> None:
        """Write down that something was done late."""
        planned = NOW - planned_ago
        await self.write(fired_late(duty, planned, planned + late_by), NOW - planned_ago + late_by)

    async def write(self, events: tuple[AnyEvent, ...], at: datetime) -> None:
        """Write down events of the engine."""
        act = own_act(REF, f"test/{self.cycle.version}")
        entries = entries_of(act, events, at, self.cycle)
        self.cycle = add_up(entries, self.cycle)
        await Ledger(self.pool).record(writing_of(entries, self.cycle, days()))


def days() -> WorkingCalendar:
    """The working days of the cycle."""
    found = working_calendar(s.open_cycle(REF, NOW).calendar)
    assert isinstance(found, WorkingCalendar)
    return found


@pytest.fixture
async def office(pool: Pool, tmp_path: Path) -> AsyncIterator[Standing]:
    """An office with one cycle, where nothing was late."""
    command = s.open_cycle(REF, NOW - timedelta(days=30))
    decision = decide(None, command, Moment(now=NOW - timedelta(days=30), calendar=days()))
    assert isinstance(decision, Allowed), decision
    entries = entries_of(act_of(command), decision.events, NOW - timedelta(days=30), None)
    cycle = add_up(entries, None)
    await Keeping(pool).keep_words(s.WORDS.kept)
    await Ledger(pool).record(writing_of(entries, cycle, days()))
    rooms = replace(a_house(tmp_path).rooms, reads=Reads(pool))
    transport = httpx.ASGITransport(create_app(rooms))
    async with Browser(transport=transport, base_url=OFFICE.public_url) as browser:
        yield Standing(browser, pool, cycle)


async def test_an_office_where_nothing_was_late_says_so(office: Standing) -> None:
    """And says what will appear; the page of deadlines leads there."""
    await office.browser.sign_in("policy-officer")
    page = (await office.browser.get("/outages")).text
    assert "Nothing was ever done late." in page
    assert 'href="/outages"' in (await office.browser.get("/deadlines")).text


async def test_each_outage_is_shown_with_what_was_late_in_it(office: Standing) -> None:
    """Newest first, with totals, in words; for programs as JSON."""
    await office.late("remind/1", timedelta(days=10), timedelta(days=6, hours=3))
    await office.late("letter/session_fixed", timedelta(days=9), timedelta(days=1))
    await office.late("release/1", timedelta(hours=5), timedelta(hours=2, minutes=14))
    await office.browser.sign_in("policy-officer")
    page = (await office.browser.get("/outages")).text
    assert "2 outages, 3 duties and letters late, in 1 cycle." in page
    assert "6 days 3 hours (4 working days)" in page
    assert page.index("2 hours 14 minutes") < page.index("Letter: session fixed")
    assert f"Quarterly performance ({REF})" in page
    found = (await office.browser.get("/api/v1/outages")).json()
    assert [[late["duty"] for late in one["late"]] for one in found] == [
        ["release/1"], ["remind/1", "letter/session_fixed"],
    ]  # fmt: skip


async def test_it_is_narrowed_to_what_was_done_since_a_day(office: Standing) -> None:
    """A day on which nothing was late any more says so; a word that is no day is refused on the page."""
    await office.late("remind/1", timedelta(days=10), timedelta(days=6))
    await office.browser.sign_in("policy-officer")
    assert "Reminder about request 1" in (await office.browser.get("/outages?since=2026-11-19")).text
    assert "Nothing was done late since then." in (await office.browser.get("/outages?since=2026-11-20")).text
    wrong = await office.browser.get("/outages?since=yesterday")
    assert (wrong.status_code, "That is not a day." in wrong.text) == (400, True)
    assert (await office.browser.get("/api/v1/outages?since=yesterday")).status_code == 400


async def test_only_the_office_sees_it(office: Standing) -> None:
    """Not the force, and nobody who has not signed in."""
    await office.browser.sign_in("acc-local-policing")
    assert (await office.browser.get("/outages")).status_code == 403
    assert "/outages" not in (await office.browser.get("/deadlines")).text


async def test_the_command_line_lists_the_same(
    office: Standing, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the same words; a day that is none is wrong usage."""
    await office.late("remind/1", timedelta(days=10), timedelta(days=6))
    settings = Settings(database_url=await own_database(office.pool, postgres))

    async def line(words: str, code: int = 0) -> str:
        return " ".join((await typed(settings, capsys, words.split(), code)).out.split())

    [outage] = json.loads(await line("outages --json"))["outages"]
    assert outage["late"][0]["by"] == "6 days (4 working days)"
    assert (await line("outages")).endswith("Outages: 1. Done late: 1. Cycles: 1.")
    assert json.loads(await line("outages --since 2026-11-20 --json"))["late"] == 0
    assert await line("outages --since 2026-11-20") == "Nothing was done late since Fri 20 Nov 2026 00:00."
    await line("outages --since lately", code=2)
