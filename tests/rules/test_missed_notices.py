"""What the engine notes of sessions: a notice not given when it was owed, and findings not out in time."""

from datetime import datetime, timedelta
from typing import Any

from rules.clocks import instant
from rules.deadlines import deadlines
from rules.duties import Duty, duties, is_later
from schemas.events import AnyEvent, DutyMissed
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, day, held, opened, signed

MEETING = instant(day("2026-07-10"), "11:00")
NOTICE = instant(day("2026-07-02"), "23:59:59")
"""The last instant of the panel's notice: five clear days before its day."""
LATER = instant(day("2026-12-01"), "12:00")


def panel(**facts: Any) -> Table:
    """A cycle with a meeting of the panel."""
    table = opened(session=None, requests=0)
    table.do(do.fix(MEETING, **facts))
    return table


def missed(happened: list[AnyEvent]) -> list[tuple[str, int | None, datetime]]:
    """What was noted as missed: the duty, the session and the due instant."""
    found = [one for one in happened if isinstance(one, DutyMissed)]
    return [(one.duty, one.session, one.due.at) for one in found]


def row(table: Table, what: str) -> tuple[bool, bool]:
    """Whether something owed was missed, and whether it is done."""
    [one] = [one for one in deadlines(table.cycle, table.calendar) if one.what == what]
    return one.missed, one.done


def test_a_notice_that_is_not_given_is_noted_once_at_its_instant() -> None:
    """On the session and on the boards; given late, it is done and stays late."""
    table = panel()
    assert missed(table.run_to(LATER)) == [("notice", 1, NOTICE)]
    assert [one.at for one in table.entries if isinstance(one.event, DutyMissed)] == [NOTICE]
    assert table.cycle.sessions[0].notice_missed == (NOTICE.date(),)
    assert row(table, "notice") == (True, False)
    table.now = MEETING - timedelta(days=1)
    table.do(do.agenda(urgency=s.say("It was overlooked")))
    assert row(table, "notice") == (True, True)


def test_a_notice_given_in_time_leaves_nothing_to_note() -> None:
    """Nor does a session that is called off, or a forum that owes none."""
    given, off = panel(), panel()
    given.do(do.agenda())
    off.do(do.call_off())
    for table in (given, off, opened()):
        table.do(acts.cancel()) if table.cycle.requests else None
        assert missed(table.run_to(LATER)) == []


def test_each_day_of_a_session_owes_its_own_notice() -> None:
    """Moved, it may be missed again; notice of the old day does not count for the new one."""
    table = panel()
    table.do(do.agenda(), acts.move_session(MEETING + timedelta(days=14)))
    assert [at.date() for _, _, at in missed(table.run_to(MEETING + timedelta(days=13)))] == [
        day("2026-07-16")
    ]
    table.do(acts.move_session(MEETING + timedelta(days=49)))
    assert [at.date() for _, _, at in missed(table.run_to(LATER))] == [day("2026-08-20")]
    assert len(table.cycle.sessions[0].notice_missed) == 2


def test_a_session_too_soon_for_its_notice_misses_it_when_it_starts() -> None:
    """The chair's reason is on record, so a late notice is still waited for until then."""
    table = opened(session=None, requests=0)
    table.now = MEETING - timedelta(days=1)
    table.do(do.fix(MEETING, urgency=s.say("A vacancy")))
    [duty] = [one for one in duties(table.cycle, table.calendar) if one.kind == "notice"]
    assert duty.at == MEETING
    table.do(do.agenda(urgency=s.say("A vacancy")))
    assert missed(table.run_to(LATER)) == []


def test_a_pause_does_not_stop_a_notice_but_the_window_of_findings() -> None:
    """The session keeps its day; findings fall when the cycle goes on."""
    table = panel()
    table.do(acts.pause())
    assert [one for one, _, _ in missed(table.run_to(LATER))] == ["notice"]
    table = held()
    table.do(acts.pause())
    assert missed(table.run_to(LATER)) == []
    table.do(acts.resume())
    [duty] = [one for one in duties(table.cycle, table.calendar) if one.kind == "findings"]
    assert duty.at == table.now


def test_findings_not_published_in_the_local_window_are_noted_once() -> None:
    """At the due hour of the last working day; published in time, or cancelled, nothing is noted."""
    table = held()
    [due] = [one.due_at for one in deadlines(table.cycle, table.calendar) if one.what == "findings"]
    assert missed(table.run_to(LATER)) == [("findings", 1, due)]
    assert table.cycle.findings_missed == (due.date(),)
    assert row(table, "findings") == (True, False)
    for over in (s.publish(acts.REF), acts.cancel()):
        table = signed()
        table.do(over)
        assert missed(table.run_to(LATER)) == []


def test_a_session_recorded_long_after_it_was_held_is_no_outage() -> None:
    """The window had passed when the office recorded it: the engine was not late."""
    table = opened(requests=0)
    table.now = table.after(120)
    held_at = table.cycle.sessions[0].starts_at
    table.do(s.attendance(acts.REF).model_copy(update={"held_at": held_at}))
    [duty] = [one for one in duties(table.cycle, table.calendar) if one.kind == "findings"]
    assert duty.at == table.now


def test_runs_of_before_the_whole_process_do_not_know_them() -> None:
    """They would be one more timer in a history that was recorded without it."""
    assert is_later(Duty(kind="notice", at=LATER, session=1))
    assert is_later(Duty(kind="findings", at=LATER, session=1))
    assert Duty(kind="notice", at=LATER, session=2).name == "notice/2"
