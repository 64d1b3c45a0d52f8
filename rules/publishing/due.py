"""When the findings of a cycle are owed: so many working days after its last session."""

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from schemas.clocks import Due
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused


def last_held(cycle: Cycle) -> Session | None:
    """The newest session that was held; None where none was.

    Source: local.publication
    """
    return next((one for one in reversed(cycle.sessions) if one.held_at), None)


def findings_due(cycle: Cycle, calendar: WorkingCalendar) -> Due | None:
    """When the findings are to be published; None before a session, and where the calendar does not reach.

    Source: local.publication
    Units: working days after the day on which the session was held; the hour is London's.
    """
    session = last_held(cycle)
    if session is None or session.held_at is None:
        return None
    on = calendar.after(civil(session.held_at), cycle.standards.findings.publish_days)
    if isinstance(on, Refused):
        return None
    return Due(on=on, at=instant(on, cycle.standards.due_hour), calendar=calendar.version)
