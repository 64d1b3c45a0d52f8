"""The 56 days for comments on an inspection report: kept with the cycle, reminded of, missed or met."""

from datetime import date, datetime, timedelta
from typing import Any

from reference.explaining import table as calendars
from rules.boards.needs import needs_of
from rules.clocks import instant
from rules.deadlines import deadlines
from rules.duties import LATE_AFTER
from rules.explaining.reasons import reason
from rules.publishing.commenting import comments_at
from rules.telling.notices import notices
from schemas.counting import Explanation
from schemas.events import AnyEvent, CommentsReminded, DutyFiredLate, DutyMissed
from schemas.outcomes import Refused
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, day, opened

PUBLISHED = day("2026-05-20")
LAST = day("2026-07-14")
"""The 56th day, where the day of the report is the first."""
END = instant(LAST, "23:59:59")
LATER = instant(day("2026-12-01"), "12:00")


def answering(published_on: date = PUBLISHED, **facts: Any) -> Table:
    """A cycle that answers an inspection report."""
    report = {"published_on": published_on, "title": s.say("Calls for help")}
    return opened(report=report, **facts)


def of(kind: type[AnyEvent], happened: list[AnyEvent]) -> list[Any]:
    """The events of a kind."""
    return [one for one in happened if isinstance(one, kind)]


def missed(happened: list[AnyEvent]) -> list[datetime]:
    """The instants by which comments were owed and were not there."""
    return [one.due.at for one in of(DutyMissed, happened) if one.duty == "comments"]


def row(table: Table) -> tuple[datetime, str | None, bool, bool]:
    """What the boards show of them: by when, whose, whether missed and whether done."""
    [one] = [one for one in deadlines(table.cycle, table.calendar) if one.what == "comments"]
    return one.due_at, one.owner, one.missed, one.done


def test_the_last_day_is_the_56th_with_the_day_of_the_report_and_can_be_explained() -> None:
    """Saturdays, Sundays and holidays count; it stands on the boards, owed by the officer."""
    table = answering()
    assert comments_at(table.cycle) == END
    assert row(table) == (END, s.OFFICER.person, False, False)
    found = reason(table.cycle, "comments", calendars)
    assert isinstance(found, Explanation)
    assert (found.rule.id, found.rule.source) == ("inspection-comments", "police-act-1996.s55")
    assert (found.due.due_on, found.due.due_at, found.due.counted) == (LAST, END, 56)


def test_nothing_is_owed_where_no_report_is_answered() -> None:
    """Neither a deadline, nor a need, nor a reason for a day."""
    table = opened()
    assert comments_at(table.cycle) is None
    assert all(one.what != "comments" for one in deadlines(table.cycle, table.calendar))
    assert all(one.what != "comments" for one in needs_of(table.cycle))
    assert reason(table.cycle, "comments", calendars) is None
    assert missed(table.run_to(LATER)) == []


def test_the_officer_is_reminded_by_the_ladder_until_the_last_day_and_then_it_is_missed_once() -> None:
    """Each rung once; that it was missed is told to those who answer for it."""
    table = answering()
    happened = table.run_to(LATER)
    rungs = sorted(one.offset for one in table.cycle.standards.ladder if one.offset <= 0)
    reminded = of(CommentsReminded, happened)
    assert [one.rung for one in reminded] == rungs
    assert {(one.due_on, one.told) for one in reminded} == {(LAST, (s.OFFICER.person,))}
    assert missed(happened) == [END]
    assert row(table)[2:] == (True, False)
    [entry] = [
        one for one in table.entries if isinstance(one.event, DutyMissed) and one.event.duty == "comments"
    ]
    [told] = notices(entry, table.cycle)
    assert (told.template, told.to) == ("comments_missed", (s.OFFICER.person,))
    assert told.roles == (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER)


def test_comments_that_are_published_in_time_leave_nothing_to_note() -> None:
    """The deadline is met, and nobody is reminded again."""
    table = answering()
    table.now = table.after(30, "18:00")
    table.do(s.attendance(acts.REF), s.judge(acts.REF), s.findings(acts.REF))
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    table.do(s.publish(acts.REF))
    assert table.now < END
    assert row(table)[2:] == (False, True)
    happened = table.run_to(LATER)
    assert missed(happened) == []
    assert of(CommentsReminded, happened) == []
    assert all(one.what != "comments" for one in needs_of(table.cycle))


def test_a_pause_does_not_stop_the_clock_of_the_law() -> None:
    """Reminders come and the day is missed, while the office's own clocks stand still."""
    table = answering()
    table.do(acts.act("Pause", s.OFFICER, reason=s.say("Wait")))
    happened = table.run_to(LATER)
    assert missed(happened) == [END]
    assert of(CommentsReminded, happened)


def test_a_cancelled_cycle_owes_no_comments() -> None:
    """Its row is done, and nothing is noted."""
    table = answering()
    table.do(acts.cancel())
    assert missed(table.run_to(LATER)) == []
    assert row(table)[2:] == (False, True)


def test_a_report_that_is_taken_up_after_its_last_day_is_missed_at_the_opening() -> None:
    """It is not noted as something that the engine did late, and nobody is reminded of a day that is past."""
    table = answering(MONDAY.date() - timedelta(days=90))
    happened = table.run_to(table.now + LATE_AFTER)
    assert len(missed(happened)) == 1
    assert of(DutyFiredLate, happened) == []
    assert of(CommentsReminded, happened) == []


def test_a_report_of_a_day_to_come_is_refused() -> None:
    """The law counts from its publication; the day itself will do."""
    table = Table()
    report = {"published_on": MONDAY.date() + timedelta(days=1)}
    decision = table.decide(s.open_cycle(acts.REF, MONDAY, report=report))
    assert isinstance(decision, Refused)
    assert (decision.code, decision.field) == ("report_to_come", "report.published_on")
    assert opened(report={"published_on": MONDAY.date()}).cycle.report


def test_the_officer_sees_it_from_the_opening_on_and_late_once_it_is() -> None:
    """It can wait until its day; what is owed by law is never hidden by what is owed today."""
    [one] = [one for one in needs_of(answering().cycle) if one.what == "comments"]
    assert (one.at, one.late_at, one.can_wait) == (END, END, True)
    assert one.whom == Role.POLICY_OFFICER.value
