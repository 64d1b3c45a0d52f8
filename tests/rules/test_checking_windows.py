"""Fact-check windows follow pauses and editions of the calendar; so does a question that was asked late."""

from datetime import timedelta

import pytest

from rules.clocks import suspended
from schemas.clocks import WorkingDays
from schemas.cycle import Cycle, FactCheck
from schemas.events import CalendarChanged, CycleResumed
from tests import editions
from tests import scenario as s
from tests.rules import acts, findings_acts, request_acts
from tests.rules.table import Table, held, opened


def check_of(cycle: Cycle) -> FactCheck:
    """The open fact check of the newest version."""
    found = cycle.findings[-1].fact_check
    assert found
    return found


def invited() -> Table:
    """A cycle whose draft the force is checking."""
    table = held()
    table.do(s.findings(acts.REF), findings_acts.invite())
    return table


def test_a_pause_gives_the_force_its_time_back() -> None:
    """Five working days of pause are five more of window, and silence meanwhile is not deemed."""
    table = invited()
    before = check_of(table.cycle).due
    table.do(acts.pause())
    assert suspended(check_of(table.cycle).clock)
    table.now = table.after(5)
    (resumed,) = table.do(acts.resume())
    assert isinstance(resumed, CycleResumed)
    after = check_of(table.cycle).due
    assert resumed.fact_checks[0].was == before
    assert after.on == s.date_after(before.at, 5)
    assert not suspended(check_of(table.cycle).clock)


def test_a_check_invited_in_a_pause_waits_for_its_end() -> None:
    """Its clock stands still from its first instant."""
    table = held()
    table.do(s.findings(acts.REF), acts.pause(), findings_acts.invite())
    before = check_of(table.cycle).due
    table.now = table.after(3)
    table.do(acts.resume())
    assert check_of(table.cycle).due.on == s.date_after(before.at, 3)


def test_an_answer_in_a_pause_is_not_late() -> None:
    """The window stands still, so its old last instant says nothing."""
    table = invited()
    table.do(acts.pause())
    table.now = check_of(table.cycle).due.at + timedelta(days=3)
    (received,) = table.do(findings_acts.answer())
    assert received.model_dump()["late"] is False


def test_another_edition_of_the_calendar_moves_the_window() -> None:
    """A bank holiday that is proclaimed inside the window gives the force another day."""
    table = invited()
    before = check_of(table.cycle).due
    inside = s.date_after(table.now, 3)
    table.calendar = editions.working(inside)
    (changed,) = table.do(acts.change_calendar())
    assert isinstance(changed, CalendarChanged)
    assert [one.was for one in changed.fact_checks] == [before]
    assert check_of(table.cycle).due.on == s.date_after(before.at, 1)


@pytest.mark.parametrize("how", ["amended", "sent back", "extended"])
def test_a_question_asked_late_stops_the_clock_once_there_is_a_new_day(how: str) -> None:
    """After the day was missed there was no clock to stop; with a new day there is, and it waits."""
    table = opened(s.draft(due=WorkingDays(days=5)))
    table.run_to(table.after(6))
    table.do(request_acts.ask_what())
    assert not suspended(table.request().clock)
    later = s.date_after(table.now, 8)
    if how == "amended":
        table.do(request_acts.amend(due=WorkingDays(days=8)))
    elif how == "sent back":
        table.do(s.submit(acts.REF), s.send_back(acts.REF))
    else:
        table.do(acts.ask_time(later), acts.decide_time())
    assert suspended(table.request().clock)
    table.now = table.after(3)
    table.do(request_acts.say_what())
    assert not suspended(table.request().clock)
