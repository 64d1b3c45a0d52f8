"""The notice of a session: time for it, given in time or late, and what moves with the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from reference.explaining import table
from reference.forums import forums
from rules.clocks import civil, instant
from rules.counting import due as counting
from rules.deadlines import deadlines
from rules.explaining.reasons import reason
from rules.law.meetings import panel_papers
from rules.meeting.notice_rule import LOCAL
from rules.meeting.noticing import notice_due
from schemas.clocks import AtSession, BeforeSession, Due
from schemas.counting import Clock, Explanation
from schemas.events import AgendaPublished, PapersPublished, SessionCancelled
from schemas.outcomes import Refused
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, day, opened, working

PANEL = forums()["panel"].rules
MEETING = instant(day("2026-07-10"), "11:00")
"""A Friday; the fifth clear day before it is Friday 3 July, so papers open by Thursday 2 July."""


def owed(table: Table) -> dict[str, tuple[date, bool]]:
    """The notices on the boards: their day, and whether they are done."""
    found = deadlines(table.cycle, table.calendar)
    return {one.key: (civil(one.due_at), one.done) for one in found if one.what == "notice"}


@given(some.dates(min_value=date(2026, 3, 1), max_value=date(2028, 9, 1)))
def test_the_notice_is_counted_as_the_law_counts(on: date) -> None:
    """The same day as the register's own rule of five clear days, whatever the day of the meeting."""
    calendar = working()
    found = notice_due(PANEL, instant(on, "11:00"), "17:00", calendar)
    arrays = table(calendar.version)
    assert not hasattr(arrays, "code")
    known = counting.due(Clock(panel_papers(), on), arrays)
    assert isinstance(found, Due)
    assert not isinstance(known, Refused)
    assert (found.on, found.at) == (known.due_on, known.due_at.replace(microsecond=0))


def test_a_day_without_time_for_its_notice_needs_the_chairs_reason() -> None:
    """Fixed or moved; with the reason it is recorded, and later days need none."""
    table = opened(session=None)
    table.now = instant(day("2026-07-03"), "00:00")
    assert "2 July" in table.refuse(do.fix(MEETING), "no_time_for_notice").message
    table.do(do.fix(MEETING, urgency=s.say("A vacancy")))
    assert table.cycle.sessions[0].urgency
    soon = instant(day("2026-07-09"), "11:00")
    table.refuse(acts.move_session(soon), "no_time_for_notice")
    table.do(acts.move_session(soon, urgency=s.say("A vacancy")))
    table.do(acts.move_session(instant(day("2026-07-30"), "11:00")))
    assert table.cycle.sessions[0].urgency is None


def test_an_opening_minds_the_notice_too() -> None:
    """A cycle cannot be opened with a panel meeting tomorrow."""
    table = Table()
    soon = do.draft(table.after(2))
    table.refuse(s.open_cycle(acts.REF, table.now, 0, session=soon), "no_time_for_notice")
    table.do(s.open_cycle(acts.REF, table.now, 0, session=do.draft(table.after(7))))


def test_a_forum_without_rules_owes_no_notice() -> None:
    """What was fixed before forums had rules goes on as it was."""
    table = opened()
    table.do(do.agenda())
    notice = table.cycle.sessions[0].agendas[0]
    assert (notice.due, notice.late) == (None, False)
    assert owed(table) == {}


def test_notice_in_time_is_on_record_and_off_the_boards() -> None:
    """And owed anew when the meeting moves to another day."""
    table = opened(session=None)
    table.do(do.fix(MEETING))
    assert owed(table) == {"panel-notice/1": (day("2026-07-02"), False)}
    happened = table.do(do.agenda())
    assert isinstance(happened[0], AgendaPublished)
    assert not happened[0].late
    assert owed(table) == {"panel-notice/1": (day("2026-07-02"), True)}
    table.do(acts.move_session(MEETING + timedelta(days=7)))
    assert owed(table) == {"panel-notice/1": (day("2026-07-09"), False)}


def test_late_by_law_needs_the_chairs_reason() -> None:
    """The last second of the day is in time; after it the reason is asked for and kept."""
    table = opened(session=None)
    table.do(do.fix(MEETING))
    table.now = instant(day("2026-07-02"), "23:59:59")
    table.do(do.agenda())
    table.now += timedelta(seconds=1)
    table.refuse(do.agenda(), "needs_urgency")
    table.refuse(do.papers(), "needs_urgency")
    happened = table.do(do.papers(urgency=s.say("The report came late")))
    assert isinstance(happened[0], PapersPublished)
    assert (happened[0].late, happened[0].urgency) == (True, s.say("The report came late"))


def test_late_by_a_local_standard_is_recorded_and_blocks_nothing() -> None:
    """A local standard is not law."""
    table = opened(session=None)
    table.do(do.fix(MEETING, "governance_board"))
    table.now = instant(day("2026-07-09"), "09:00")
    happened = table.do(do.agenda())
    assert isinstance(happened[0], AgendaPublished)
    assert happened[0].late
    assert owed(table)["notice/1"][1]


def test_an_agenda_is_numbered_and_papers_are_there() -> None:
    """Nothing is published that is empty."""
    table = opened()
    table.refuse(do.agenda(do.item(2)), "agenda_numbers")
    table.refuse(do.agenda(do.item(1)).model_copy(update={"items": ()}), "agenda_numbers")
    table.refuse(do.papers(papers=()), "no_papers")


def test_papers_may_follow_a_session_and_an_agenda_may_not() -> None:
    """What was shown at it is shared after it."""
    table = opened()
    table.now = table.after(30, "17:00")
    table.do(s.attendance(acts.REF))
    table.refuse(do.agenda(), "session_held")
    table.do(do.papers())


def test_the_secretariat_gives_notice_of_the_panels_meetings_only() -> None:
    """The other forums are the office's."""
    table = opened()
    ours = do.agenda().model_copy(update={"actor": s.SECRETARIAT})
    table.refuse(ours, "not_your_forum")
    table.do(do.fix(table.after(40)), ours.model_copy(update={"session": 2}))


def test_calling_off_the_session_leaves_what_hung_on_it_waiting() -> None:
    """Due days wait, planned requests wait, and the next session gives them their days again."""
    table = opened(s.draft(due=BeforeSession(days=5)), s.draft(), s.draft(due=AtSession()))
    happened = table.do(do.call_off())
    assert isinstance(happened[0], SessionCancelled)
    assert [(one.request, one.due) for one in happened[0].moved] == [(1, None), (3, None)]
    assert [table.request(n).due is None for n in (1, 2, 3)] == [True, False, True]
    assert table.cycle.sessions[0].cancel_reason
    table.do(do.fix(table.after(20), "holding_to_account"))
    assert [table.request(n).due is None for n in (1, 2, 3)] == [False, False, False]


def test_a_planned_request_waits_for_another_session() -> None:
    """It is not sent into the blue, and goes out once there is a day."""
    table = opened(ask="planned")
    table.do(do.call_off())
    assert table.cycle.planned[0].ask_at is None
    table.run_to(table.after(60))
    assert table.cycle.requests == ()
    table.do(do.fix(table.after(30), "holding_to_account"))
    assert table.cycle.planned[0].ask_at is not None


def test_what_hung_on_a_session_follows_the_next_one() -> None:
    """Where another is fixed already, nothing waits."""
    table = opened(requests=1)
    table.do(do.fix(instant(day("2026-08-05"), "14:00"), "holding_to_account"), do.call_off())
    due = table.request().due
    assert due is not None
    assert due.on == day("2026-07-29")


def test_a_session_that_is_called_off_is_over() -> None:
    """Neither moved, noticed nor held; and one that was held is not called off."""
    table = opened()
    table.do(do.call_off())
    for command in (acts.move_session(table.after(40)), do.agenda(), s.attendance(acts.REF), do.ask()):
        table.refuse(command, "session_cancelled")
    table.do(do.fix(table.after(10), "holding_to_account"))
    table.now = table.after(10, "17:00")
    table.do(s.attendance(acts.REF).model_copy(update={"session": 2}))
    table.refuse(do.call_off(2), "session_held")


def test_the_notice_explains_its_day() -> None:
    """By the law for the panel, by the office's own standard elsewhere, and by nothing where none is owed."""
    panel, local = opened(session=None), opened(session=None)
    panel.do(do.fix(MEETING))
    local.do(do.fix(MEETING, "governance_board"))
    law, own = reason(panel.cycle, "panel-notice/1", table), reason(local.cycle, "notice/1", table)
    assert isinstance(law, Explanation)
    assert isinstance(own, Explanation)
    assert (law.rule.id, law.rule.kind, law.due.due_on) == ("panel-papers", "statutory", day("2026-07-02"))
    assert (own.rule.id, own.rule.kind, own.due.due_on) == (LOCAL.id, "local", day("2026-07-06"))
    assert reason(opened().cycle, "notice/1", table) is None
    assert reason(panel.cycle, "notice/9", table) is None
