"""A year of the programme by people at their browsers: suggested, proposed, adopted, moved."""

import asyncio

import pytest
from playwright.sync_api import Browser

from engine.appointments import schedule_id
from engine.connection import reach
from rules.clocks import civil
from rules.programme.years import label, year_of
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in
from tests.journeys.steps import apart, clean, shows

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_a_year_is_suggested_proposed_adopted_and_moved(running: Running, browser: Browser) -> None:
    """The officer plans next year, the Commissioner adopts it, it moves by a week, and the engine follows."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    commissioner = signed_in(browser, base, "commissioner")
    year = year_of(civil(s.wall_now())) + 1
    begins(officer)
    count = proposes(officer, year)
    adopts(commissioner, year, count)
    before = scheduled(running, year)
    moves(officer, year, count)
    assert moved_from(running, year, before) > before
    for person in (officer, commissioner):
        assert [one for one in person.said if "422" not in one] == []


def begins(officer: Person) -> None:
    """Begin the programme unless the demonstration has one, and look at what was asked."""
    officer.go("/programme")
    if officer.reads("No programme yet"):
        clean(officer, "none")
        officer.press("Begin the programme")
    officer.go("/programme/coverage")
    shows(officer, "have been asked about")
    clean(officer, "coverage")
    officer.go("/plan")
    clean(officer, "public-plan")


def proposes(officer: Person, year: int) -> int:
    """Take the suggestion but for one cycle, look at it, put it in; how many the year has then."""
    officer.go(f"/programme?year={year}")
    count = officer.page.locator("tbody tr[id^=slot-]").count() + 3
    clean(officer, "empty-year")
    officer.go(f"/programme/plan?year={year}")
    officer.fill(count="none")
    officer.press("Suggest cycles")
    shows(officer, "Enter a number of cycles")
    clean(officer, "plan-wrong")
    officer.fill(count="4")
    officer.press("Suggest cycles")
    shows(officer, "4 cycles suggested")
    officer.page.locator("#c2_in").uncheck()
    clean(officer, "suggested")
    officer.press("Look for clashes")
    shows(officer, "Nothing clashes")
    clean(officer, "look")
    officer.press("Put 3 cycles into")
    shows(officer, f"{count} proposed")
    clean(officer, "proposed")
    officer.go(f"/programme/slots/{year}/1/change")
    clean(officer, "change")
    return count


def adopts(commissioner: Person, year: int, count: int) -> None:
    """Find it under My work, read it on a phone, and adopt it."""
    commissioner.go("/my-work")
    shows(commissioner, f"{count} cycles of {label(year)} wait to be adopted")
    clean(commissioner, "work")
    commissioner.go(f"/programme/adopt?year={year}")
    clean(commissioner, "adopt")
    commissioner.press(f"Adopt {label(year)}")
    shows(commissioner, f"{count} adopted")
    clean(commissioner, "adopted")


def moves(officer: Person, year: int, count: int) -> None:
    """Move the year by five working days, seen first, with a reason."""
    officer.go(f"/programme/move?year={year}")
    clean(officer, "move")
    officer.press("See what moves")
    shows(officer, f"{count} cycles would move")
    clean(officer, "move-look")
    officer.press(f"Move {count} cycles")
    shows(officer, "Enter the reason")
    officer.fill(reason="The panel meets later.")
    officer.press(f"Move {count} cycles")
    shows(officer, f"{count} cycles moved")
    officer.go(f"/programme/slots/{year}/1")
    shows(officer, "The panel meets later.")
    clean(officer, "slot")
    officer.go("/programme/proposals")
    clean(officer, "proposals")


def scheduled(running: Running, year: int) -> str:
    """When the engine's book has the opening of the year's first cycle."""

    async def asked() -> str:
        client = await reach(running.engine())
        handle = client.get_schedule_handle(schedule_id("PRG-west-mercia-opcc", f"{year}/01"))
        for _ in range(100):
            try:
                found = await handle.describe()
                return str(next(iter(found.info.next_action_times)))
            except Exception:  # noqa: BLE001 - it is not there yet, whatever the engine says about that
                await asyncio.sleep(0.1)
        raise AssertionError("the opening never came into the engine's book")

    return apart(asked())


def moved_from(running: Running, year: int, before: str) -> str:
    """The same once it is another instant."""
    for _ in range(50):
        if (after := scheduled(running, year)) != before:
            return after
    raise AssertionError("the engine's book did not follow the move")
