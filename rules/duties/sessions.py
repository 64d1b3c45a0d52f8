"""Duties about sessions: a notice that was owed and not given, and findings that did not come in time."""

from rules.calendars import WorkingCalendar
from rules.deciding.moment import Moment
from rules.duties.duty import Duty
from rules.meeting.noticing import given, notice_of
from rules.publishing.due import findings_due, last_held
from schemas.cycle import Cycle
from schemas.events import AnyEvent, DutyMissed


def of_notices(cycle: Cycle, calendar: WorkingCalendar) -> list[Duty]:
    """The notices that are owed and not given, each to be noted as missed once for its day.

    A session that was fixed too soon for its notice has the chair's reason on record: its notice is waited
    for until it starts.

    Source: lga-1972.s100b
    Source: local.notice
    """
    return [
        Duty(kind="notice", at=one.starts_at if one.urgency else due.at, session=one.number)
        for one in cycle.sessions
        if not one.cancelled_at
        and (due := notice_of(cycle, one, calendar))
        and not given(one, due)
        and due.on not in one.notice_missed
    ]


def of_findings(cycle: Cycle, calendar: WorkingCalendar) -> list[Duty]:
    """The publication that is owed after the last session, to be noted as missed once for its day.

    Where the office recorded the session after its window had passed, it is noted then.

    Source: local.publication
    """
    session, due = last_held(cycle), findings_due(cycle, calendar)
    if session is None or due is None or cycle.published() or due.on in cycle.findings_missed:
        return []
    at = max(due.at, session.recorded_at) if session.recorded_at else due.at
    return [Duty(kind="findings", at=at, session=session.number)]


def notice_missed(cycle: Cycle, duty: Duty, moment: Moment) -> tuple[AnyEvent, ...]:
    """The event of a notice that was not given by its instant.

    Source: lga-1972.s100b
    Source: local.notice
    """
    session = cycle.session(duty.session or 0)
    due = notice_of(cycle, session, moment.calendar) if session else None
    return (DutyMissed(duty="notice", session=duty.session, due=due),) if due else ()


def findings_missed(cycle: Cycle, duty: Duty, moment: Moment) -> tuple[AnyEvent, ...]:
    """The event of findings that were not published within the local window.

    Source: local.publication
    """
    due = findings_due(cycle, moment.calendar)
    return (DutyMissed(duty="findings", session=duty.session, due=due),) if due else ()
