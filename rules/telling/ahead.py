"""What hangs on a session's day beside the requests: its notice, and the findings that follow it."""

from datetime import datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.deciding.moment import next_session
from rules.meeting.noticing import notice_of
from schemas.cycle import Cycle
from schemas.outcomes import Refused


def hangs_on(cycle: Cycle, calendar: WorkingCalendar) -> dict[str, datetime]:
    """The days that the sessions of a cycle bring with them, as they stand now, by what they are.

    Findings are counted from the next session to come; where there is none, from the last that was held.

    Source: local.back-planning
    Source: local.publication
    Units: working days; the hour is London's.
    """
    found: dict[str, datetime] = {}
    for one in cycle.sessions:
        if one.coming and (due := notice_of(cycle, one, calendar)):
            found[f"Notice and papers of session {one.number}"] = due.at
    coming = next_session(cycle)
    held = [one.held_at for one in cycle.sessions if one.held_at]
    start = coming.starts_at if coming else held[-1] if held else None
    if start is None or cycle.published():
        return found
    window = cycle.standards.findings
    for what, days in (("Findings drafted", window.draft_days), ("Findings published", window.publish_days)):
        on = calendar.after(civil(start), days)
        if not isinstance(on, Refused):
            found[what] = instant(on, cycle.standards.due_hour)
    return found
