"""What the engine does by itself, and when."""

from datetime import date, timedelta

import pytest

from rules.clocks import instant
from rules.duties import Duty, asked, duties, missed, pending_rungs, reminded, reminder, still_wanted
from schemas.clocks import OnDate, WorkingDays
from schemas.events import AnyEvent, DutyMissed, EvidenceRequested, ReminderBounced, ReminderDelivered
from schemas.notices import Delivery, Notice
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, day, opened

DUE = day("2026-06-15")
LATER = instant(day("2026-12-01"), "12:00")
RUNGS = (-7, -2, 0, 1, 3)


def asked_today(days: int = 10) -> Table:
    """A cycle with one request due so many working days from the Monday; ten: on 15 June."""
    return opened(s.draft(due=WorkingDays(days=days)))


def rungs(events: list[AnyEvent]) -> list[tuple[int, date, tuple[int, ...]]]:
    """Which rungs were delivered, for which due day, with which passed over."""
    delivered = [one for one in events if isinstance(one, ReminderDelivered)]
    return [(one.rung, one.due_on, one.passed_over) for one in delivered]


def notice(table: Table) -> Notice:
    """The reminder that is due now."""
    found = reminder(table.cycle, 1, table.calendar, table.now)
    assert found is not None
    return found


def test_the_ladder_has_its_days_at_nine_in_london() -> None:
    """Seven and two working days before, on the day, one and three after; missed at five on the day."""
    table = asked_today()
    found = [(one.kind, one.rung, one.at) for one in duties(table.cycle, table.calendar)]
    assert found == [
        ("remind", -7, instant(day("2026-06-04"), "09:00")),
        ("remind", -2, instant(day("2026-06-11"), "09:00")),
        ("remind", 0, instant(DUE, "09:00")),
        ("miss", None, instant(DUE, "17:00")),
        ("remind", 1, instant(day("2026-06-16"), "09:00")),
        ("remind", 3, instant(day("2026-06-18"), "09:00")),
        ("non_response", None, instant(day("2026-06-29"), "09:00")),
    ]


def test_every_rung_fires_once_and_the_miss_between() -> None:
    """On silence the whole ladder goes by, each rung on its own day, and then nothing more."""
    table = asked_today()
    happened = table.run_to(LATER)
    assert rungs(happened) == [(rung, DUE, ()) for rung in RUNGS]
    assert [one.kind for one in happened].index("DutyMissed") == 3
    assert duties(table.cycle, table.calendar) == ()
    assert table.request().late


def test_deputies_and_coordination_hear_of_it_when_it_is_late() -> None:
    """The lead alone before the day; the deputy from the first day after; coordination on the third."""
    table = asked_today()
    heard = []
    while ahead := [one for one in duties(table.cycle, table.calendar) if one.kind == "remind"]:
        table.now = ahead[0].at
        one = notice(table)
        heard.append((one.rung, one.template, one.copy_deputies, one.roles))
        table.engine(*table.remind(1))
    assert heard == [
        (-7, "evidence_reminder", False, ()),
        (-2, "evidence_reminder", False, ()),
        (0, "evidence_reminder", False, ()),
        (1, "evidence_overdue", True, ()),
        (3, "evidence_overdue", True, (Role.FORCE_COORDINATION,)),
    ]


def test_nobody_is_chased_for_what_was_just_asked() -> None:
    """Rungs whose day is past when the due day is set stay silent."""
    table = asked_today(days=3)
    assert rungs(table.run_to(LATER)) == [(rung, day("2026-06-04"), ()) for rung in (-2, 0, 1, 3)]


def test_a_reminder_due_on_the_morning_before_it_was_asked_stays_silent() -> None:
    """Asked at half past ten for the same day: the nine o'clock of that day is gone."""
    table = opened(s.draft(due=OnDate(on=day("2026-06-01"))))
    assert rungs(table.run_to(LATER))[0][0] == 1


def test_the_ladder_follows_a_change_of_date() -> None:
    """More time moves the rungs still to come, and those of the old day never fire."""
    table = asked_today()
    first = table.run_to(instant(day("2026-06-12"), "12:00"))
    assert rungs(first) == [(-7, DUE, ()), (-2, DUE, ())]
    new = day("2026-06-24")
    table.do(acts.ask_time(new), acts.decide_time())
    assert rungs(table.run_to(LATER)) == [(rung, new, ()) for rung in (-7, -2, 0, 1, 3)]


def test_a_return_sent_back_climbs_a_ladder_of_its_own() -> None:
    """A new day has its own rungs and can be missed on its own."""
    table = asked_today()
    table.do(s.submit(acts.REF))
    table.run_to(instant(day("2026-06-10"), "12:00"))
    table.do(s.send_back(acts.REF, days=10))
    happened = table.run_to(LATER)
    assert rungs(happened) == [(rung, day("2026-06-24"), ()) for rung in RUNGS]
    assert [one.due.on for one in happened if isinstance(one, DutyMissed)] == [day("2026-06-24")]


@pytest.mark.parametrize("how", ["submit", "withdraw", "cancel", "pause"])
def test_the_ladder_is_silent_where_nothing_is_owed(how: str) -> None:
    """Once the return is in, or nothing is asked, or the cycle waits or is over, no duty is left."""
    table = asked_today()
    table.run_to(instant(day("2026-06-05"), "12:00"))
    waiting = notice_of(table)
    command = {
        "submit": s.submit(acts.REF),
        "withdraw": acts.withdraw(),
        "cancel": acts.cancel(),
        "pause": acts.pause(),
    }[how]
    table.do(command)
    assert duties(table.cycle, table.calendar) == ()
    table.now = LATER
    assert reminder(table.cycle, 1, table.calendar, table.now) is None
    assert not still_wanted(table.cycle, waiting)


def notice_of(table: Table) -> Notice:
    """The reminder of the next rung, written in good time and not yet sent."""
    table.now = duties(table.cycle, table.calendar)[0].at
    return notice(table)


def test_a_reminder_that_waited_is_wanted_only_for_the_present_day() -> None:
    """A notice for a day that was moved is no longer true; one that is no reminder always is."""
    table = asked_today()
    waiting = notice_of(table)
    assert still_wanted(table.cycle, waiting)
    assert still_wanted(table.cycle, waiting.model_copy(update={"rung": None}))
    table.do(acts.ask_time(day("2026-06-24")), acts.decide_time())
    assert not still_wanted(table.cycle, waiting)


def test_rungs_that_went_by_unsent_are_passed_over() -> None:
    """After an outage only the latest rung is sent; the others are named on it and never follow."""
    table = asked_today()
    table.now = instant(day("2026-06-16"), "12:00")
    late = table.remind(1)
    table.engine(*late)
    assert rungs(list(late)) == [(1, DUE, (-7, -2, 0))]
    assert [rung.offset for rung, _ in pending_rungs(table.cycle, table.request(), table.calendar)] == [3]


def test_a_reminder_is_named_after_its_rung_and_day() -> None:
    """The name is the same however often it is made, so that it is sent once."""
    table = asked_today()
    one = notice_of(table)
    table.wait(hours=1)
    assert one.key == notice(table).key == f"{acts.REF}/1/rung-7/2026-06-15"


def test_a_reminder_stands_in_the_record_once() -> None:
    """Delivered twice by accident, it is written down once; a bounce is written down as such."""
    table = asked_today()
    one = notice_of(table)
    bounced = reminded(table.cycle, one, Delivery(delivered=False, told=(), at=table.now))
    assert isinstance(bounced[0], ReminderBounced)
    table.engine(*bounced)
    assert reminded(table.cycle, one, Delivery(delivered=True, told=one.to, at=table.now)) == ()
    other = one.model_copy(update={"rung": None})
    assert reminded(table.cycle, other, Delivery(delivered=True, told=one.to, at=table.now)) == ()


def test_planned_requests_go_out_on_their_day() -> None:
    """The clock of a planned request starts when it is sent."""
    table = opened(requests=1, ask="planned")
    goes_out = table.goes_out()
    happened = table.run_to(goes_out)
    assert isinstance(happened[0], EvidenceRequested)
    assert happened[0].clock.starts_at == goes_out
    assert table.cycle.planned == ()
    assert asked(table.cycle, Duty(kind="ask", at=goes_out, request=1), table.moment) == ()


def test_a_confirmed_action_is_missed_on_its_day_and_a_proposed_one_is_not() -> None:
    """Only what both sides agreed can be missed, and only once."""
    table = opened(requests=0)
    due_on = s.date_after(table.now, 20)
    table.do(acts.propose(due_on))
    assert duties(table.cycle, table.calendar) == ()
    table.do(acts.confirm())
    happened = table.run_to(LATER)
    assert [one.due.on for one in happened if isinstance(one, DutyMissed)] == [due_on]
    assert {one.kind for one in duties(table.cycle, table.calendar)} == {"progress"}


def test_nothing_is_missed_that_is_not_there() -> None:
    """A duty about something unknown makes no event."""
    table = opened(session=None)
    at = table.now + timedelta(days=1)
    assert missed(table.cycle, Duty(kind="miss", at=at, request=9)) == ()
    assert missed(table.cycle, Duty(kind="miss", at=at, request=1)) == ()
    assert missed(table.cycle, Duty(kind="miss", at=at, action="2026/999")) == ()


def test_a_rung_beyond_the_calendar_is_left_out() -> None:
    """At the very end of the calendar the rungs that can be counted still fire."""
    table = opened(s.draft(due=OnDate(on=day("2028-12-29"))))
    assert [one.rung for one in duties(table.cycle, table.calendar) if one.kind == "remind"] == [-7, -2, 0]
