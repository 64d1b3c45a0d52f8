"""Cycles are moved in bulk: before and after are seen first, and a double click moves once."""

from datetime import timedelta
from typing import Any

import pytest

from reference import working
from rules.calendars import WorkingCalendar
from schemas.programme.commands import MoveSlots
from tests import programme as p
from tests.web.house import House
from tests.web.programme.conftest import done, drafts, opened
from tests.web.programme.sending import inputs_of

MOVE = "/programme/move"


async def asked(house: House, **changes: Any) -> Any:
    """The page that shows before and after."""
    form = inputs_of((await house.browser.get(f"{MOVE}?year=2026")).text) | changes
    return await house.browser.post(MOVE, data=form)


async def test_all_are_moved_by_some_working_days_in_one_act(adopted: House) -> None:
    """Each with its days before and after; with a reason they move; a double click moves them once."""
    await adopted.browser.sign_in("chief-executive")
    look = await asked(adopted, days=["5"], way=["later"])
    assert look.status_code == 200, look.text
    for words in ("3 cycles would move, all in one act", "Monday 30 November 2026", "Monday 7 December 2026"):
        assert words in look.text, words
    assert adopted.programme.sent == []
    form = inputs_of(look.text) | {"reason": ["The panel meets later."], "seen": ["yes"]}
    for _ in range(2):
        answer = await adopted.browser.post(MOVE, data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/programme?year=2026"), answer.text
    command = adopted.programme.sent[-1]
    assert isinstance(command, MoveSlots)
    programme = adopted.memory.planned.programme
    assert programme
    assert [one.moves for one in programme.slots] == [1, 1, 1]
    assert programme.slots[0].draft.opens_on == p.working(drafts()[0].opens_on, 5)
    page = (await adopted.browser.get("/programme/slots/2026/1")).text
    assert "Before: opened on Monday 30 November 2026" in page
    assert "The panel meets later." in page


async def test_without_a_reason_nothing_moves_and_the_page_stays(adopted: House) -> None:
    """422, with the same before and after."""
    await adopted.browser.sign_in("policy-officer")
    look = await asked(adopted)
    answer = await adopted.browser.post(MOVE, data=inputs_of(look.text) | {"seen": ["yes"]})
    assert answer.status_code == 422
    assert "Enter the reason" in answer.text
    assert "Monday 7 December 2026" in answer.text
    assert adopted.programme.sent == []


async def test_a_clash_is_said_on_the_page_that_shows_the_move_and_cannot_be_sent(adopted: House) -> None:
    """One cycle onto the session of another: the sentence names both, and the way on is to change it."""
    await adopted.browser.sign_in("policy-officer")
    look = await asked(adopted, slots=["2026/01"], days=["12"])
    assert look.status_code == 200
    assert "This cannot be done as it stands: 2026/01 and 2026/02 would both have their session" in look.text
    assert 'value="yes" data-module="govuk-button">Change it' in look.text
    assert "Move 1 cycle<" not in look.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slots": []}, "Choose at least one cycle"),
        ({"how": []}, "Choose how they move"),
        ({"days": ["0"]}, "Enter a number of working days, 1 to 260"),
        ({"days": ["a few"]}, "Enter a number of working days, 1 to 260"),
        ({"how": ["holidays"]}, "None of these has to move."),
        ({"way": ["earlier"], "days": ["20"]}, "which is past"),
        ({"days": ["260"], "way": ["later"]}, "not in 2026-27"),
    ],
)
async def test_a_move_that_cannot_be_is_said_in_one_sentence(
    adopted: House, changes: dict[str, Any], said: str
) -> None:
    """Nothing is sent."""
    await adopted.browser.sign_in("policy-officer")
    answer = await asked(adopted, **changes)
    assert said in answer.text
    assert adopted.programme.sent == []


async def test_what_was_opened_meanwhile_is_noticed_and_the_rest_is_shown_again(adopted: House) -> None:
    """409: how it stands now, worked out afresh; sent again, the rest moves."""
    await adopted.browser.sign_in("policy-officer")
    look = await asked(adopted)
    await done(adopted, opened("2026/01"))
    form = inputs_of(look.text) | {"reason": ["Later."], "seen": ["yes"]}
    answer = await adopted.browser.post(MOVE, data=form)
    assert answer.status_code == 409
    assert "Some of these cycles were moved, opened or taken out" in answer.text
    assert "2 cycles would move" in answer.text
    assert 'name="reason"' in answer.text
    assert "Later." in answer.text
    again = await adopted.browser.post(MOVE, data=inputs_of(answer.text) | {"seen": ["yes"]})
    assert again.status_code == 303, again.text


async def test_a_cycle_on_a_new_bank_holiday_is_found_and_moved_off_it(
    adopted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proclaimed day: the year says so, the officer's work has it, and only that cycle moves."""
    day_off = drafts()[1].opens_on
    known = p.days()
    title = "Day of mourning"

    class Proclaimed(WorkingCalendar):
        """The newest calendar with one day more."""

        def __init__(self) -> None:
            self.version, self.starts_on, self.horizon_on = known.version, known.starts_on, known.horizon_on
            self.holidays = {**known.holidays, day_off: title}
            span = (known.horizon_on - known.starts_on).days + 1
            every = (known.starts_on + timedelta(days=n) for n in range(span))
            self._working = [one for one in every if known.is_working(one) and one != day_off]

    made = Proclaimed()
    monkeypatch.setattr(working, "_built", lambda _version: made)
    await adopted.browser.sign_in("policy-officer")
    page = (await adopted.browser.get("/programme")).text
    assert "2026/02 is planned on a day on which nobody works" in page
    assert "is Day of mourning" in page
    assert "A cycle is planned on a day on which nobody works" in (await adopted.browser.get("/my-work")).text
    link = f"{MOVE}?how=holidays&slots=2026/02"
    look = await adopted.browser.post(MOVE, data=inputs_of((await adopted.browser.get(link)).text))
    assert "1 cycle would move" in look.text, look.text
