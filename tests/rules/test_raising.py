"""Taking something to somebody higher, and asking to be reminded on a day."""

from rules.doorway import check_command
from schemas.events import ActionEscalated, RequestEscalated, WakeSet
from tests import scenario as s
from tests.rules import acts
from tests.rules.raising_acts import escalate, wake_me
from tests.rules.table import agreed, day, opened, refused
from tests.rules.test_notices import told


def test_a_request_is_taken_to_somebody_higher() -> None:
    """The record says to whom, by whom and why; that person and the officer are told."""
    table = opened()
    [notice] = told(table, escalate(s.CHIEF_EXECUTIVE))
    assert isinstance(table.entries[-1].event, RequestEscalated)
    [one] = table.request().escalations
    assert (one.to, one.by.person) == (s.CHIEF_CONSTABLE.person, s.CHIEF_EXECUTIVE.person)
    assert (notice.template, notice.to) == ("escalated", (s.CHIEF_CONSTABLE.person, s.OFFICER.person))
    assert notice.request == 1


def test_an_action_is_taken_to_somebody_higher() -> None:
    """The same for an action; more than once, each is kept."""
    table = agreed()
    found = told(table, escalate(action=acts.ACTION), escalate(action=acts.ACTION, to=s.OFFICER.person))
    assert [one.to for one in found] == [(s.CHIEF_CONSTABLE.person, s.OFFICER.person), (s.OFFICER.person,)]
    assert all(one.action == acts.ACTION for one in found)
    action = table.cycle.action(acts.ACTION)
    assert action is not None
    assert len(action.escalations) == 2
    assert isinstance(table.entries[-1].event, ActionEscalated)


def test_what_cannot_be_escalated() -> None:
    """Both or neither, what is not there, and what is over are refused."""
    table = agreed()
    table.refuse(escalate(request=1, action=acts.ACTION), "request_or_action")
    table.refuse(escalate(request=None), "request_or_action")
    table.refuse(escalate(request=9), "no_such_request")
    table.refuse(escalate(action="2026/999"), "no_such_action")
    table.refuse(escalate(s.LEAD), "not_your_role")
    table.do(acts.claim(table.moment.today), acts.verify())
    table.refuse(escalate(action=acts.ACTION), "action_state")
    table.do(s.submit(acts.REF), s.accept(acts.REF))
    table.refuse(escalate(), "request_state")


def test_a_wake_is_kept_for_whoever_set_it() -> None:
    """Anybody with a part in the cycle may set one, each with its own number; nobody is told of it."""
    table = opened()
    assert told(table, wake_me(day("2026-09-01")), wake_me(day("2026-08-03"), s.LEAD)) == []
    first, second = table.cycle.wakes
    assert (first.number, first.on, first.who.person) == (1, day("2026-09-01"), s.OFFICER.person)
    assert (second.number, second.who.person, second.woken_at) == (2, s.LEAD.person, None)
    assert isinstance(table.entries[-1].event, WakeSet)


def test_a_wake_is_for_a_day_to_come_that_the_calendar_knows() -> None:
    """Not for today, and not beyond the horizon; a Sunday is a day like any other."""
    table = opened()
    table.refuse(wake_me(table.moment.today), "wake_in_past")
    table.refuse(wake_me(day("2031-01-06")), "beyond_horizon")
    table.do(wake_me(day("2026-06-07")))


def test_a_cycle_holds_so_many_wakes() -> None:
    """A program that sets one after another is stopped."""
    table = opened()
    table.do(*(wake_me(day("2026-09-01")) for _ in range(200)))
    table.refuse(wake_me(day("2026-09-01")), "too_many_wakes")


def test_it_is_taken_to_somebody_who_can_be_reached() -> None:
    """The doorway looks whether they are known and have an address."""
    people = {one.id: one for one in s.people()}
    assert check_command(escalate(), people, None, demonstration=False) is None
    unknown = check_command(escalate(to="nobody"), people, None, demonstration=False)
    refused(unknown, "unknown_person")
    mute = {**people, "chief-constable": people["chief-constable"].model_copy(update={"address": None})}
    refused(check_command(escalate(), mute, None, demonstration=False), "no_address")
