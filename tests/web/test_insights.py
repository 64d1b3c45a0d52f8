"""How cycles run and the calendar, as the office, the force and the panel see them."""

import re
from datetime import timedelta

import pytest

from tests import scenario
from tests.web.conftest import REF
from tests.web.house import House


async def more(house: House, count: int) -> None:
    """So many more cycles, each with one answer."""
    for number in range(2, count + 2):
        reference = f"HTA-2026-{number:02d}"
        await house.desk.send(scenario.open_cycle(reference, house.memory.now), scenario.WORDS)
        await house.desk.send(scenario.submit(reference), scenario.WORDS)


async def test_a_cycle_shows_its_timeline_and_since_when_it_is_held(busy: House) -> None:
    """The picture, its table, and the day from which whoever holds it has held it."""
    busy.memory.now += timedelta(days=2)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert re.search(r"Held now by: <strong>[^<]+</strong>, since Monday 23 November 2026", page)
    assert f"How {REF} runs</title>" in page
    assert "Who has held it so far" in page
    assert page.count("See this as a table") >= 1


async def test_without_a_cycle_the_page_says_that_nothing_was_counted(house: House) -> None:
    """Empty, with where to go; no picture and no number."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/insights")).text
    assert "No cycle has been counted yet." in page
    assert "<svg" not in page


async def test_fewer_than_five_cycles_are_too_few_to_say(busy: House) -> None:
    """One cycle: the count is shown, its medians and shares are not."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/insights")).text
    assert "Over 1 cycle." in page
    assert "too few to say" in page
    assert "per cent of" not in page


async def test_five_answers_are_enough_for_a_share(busy: House) -> None:
    """The share stands with the number that it is of."""
    await more(busy, 5)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/insights")).text
    assert "100 per cent of 6 requests were answered in time." in page
    assert "100% of 6" in page


async def test_a_filter_that_fits_nothing_says_which_to_drop(busy: House) -> None:
    """Unknown kinds and years are no fault, and what is typed stays words."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/insights", params={"kind": "<b>", "year": "2001"})).text
    assert "0 cycles of this kind and year" in page
    assert "<b>" not in page
    assert 'href="/insights?year=2001"' in page
    assert (await busy.browser.get("/insights?year=nonsense")).status_code == 200


@pytest.mark.parametrize("path", ["/insights", "/plan/manage"])
async def test_the_office_s_own_pages_are_not_the_force_s(busy: House, path: str) -> None:
    """A lead of the force is told whose page it is."""
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get(path)).status_code == 403


async def test_a_month_shows_what_is_due_today_and_bank_holidays(busy: House) -> None:
    """Each thing on its day with its hour, Christmas by its name, and the months beside it."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/calendar?month=2026-12")).text
    assert "Christmas Day" in page
    assert 'href="/calendar?month=2026-11"' in page
    assert 'href="/calendar?month=2027-01"' in page
    due = busy.memory.standing(REF).requests[1].due
    assert due
    month = (await busy.browser.get(f"/calendar?month={due.on:%Y-%m}&view=list")).text
    assert f'href="/cycles/{REF}/requests/2"' in month


async def test_layers_narrow_the_month_and_say_so(busy: House) -> None:
    """Only what belongs to the layer is shown; the others can be had again."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/calendar?month=2026-12&layer=panel&view=list")).text
    assert f"{REF}:" not in page
    assert "Nothing falls in this month in the layers that you chose." in page
    both = (await busy.browser.get("/calendar?month=2026-12&layer=panel&layer=force&view=list")).text
    assert "leave out" in both


@pytest.mark.parametrize("month", ["nonsense", "2026-13", "1066-10", "²026-12", "2026-1²", "-"])
async def test_a_month_that_is_none_shows_the_present_one_and_says_so(busy: House, month: str) -> None:
    """Whatever the address says."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get("/calendar", params={"month": month})
    assert page.status_code == 200
    assert "That is no month." in page.text
    assert "November 2026" in page.text


@pytest.mark.parametrize(("on", "status"), [("2026-12-25", 200), ("9999-12-31", 404), ("nonsense", 404)])
async def test_a_day_has_a_page_of_its_own(busy: House, on: str, status: int) -> None:
    """With its holiday by name; a day that there is not is no page."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"/calendar/day/{on}")
    assert page.status_code == status
    assert status != 200 or "Christmas Day: nobody works on this day." in page.text


async def test_the_force_sees_its_own_and_no_page_of_the_office(busy: House) -> None:
    """A lead finds what they owe, linked to their task, and nothing of anybody else's."""
    busy.memory.now += timedelta(days=1)
    await busy.browser.sign_in("acc-local-policing")
    due = busy.memory.standing(REF).requests[1].due
    assert due
    page = (await busy.browser.get(f"/calendar?month={due.on:%Y-%m}&layer=team&view=list")).text
    assert f'href="/tasks/{REF}/2"' in page
    assert f'href="/cycles/{REF}' not in page
    assert 'name="layer"' not in page


async def test_two_sessions_at_one_hour_are_marked(busy: House) -> None:
    """Neither can stand as planned, and both say so."""
    await more(busy, 1)
    cycles = [busy.memory.standing(one) for one in (REF, "HTA-2026-02")]
    at = cycles[0].sessions[0].starts_at
    assert at == cycles[1].sessions[0].starts_at
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/calendar?month={at:%Y-%m}&view=list")).text
    assert page.count("Same hour as another session.") == 2
    assert "2 entries cannot stand as planned." in page
