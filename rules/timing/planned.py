"""When each step of a cycle is planned to end: what its requests, its session and its standards say."""

from datetime import date

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.publishing.due import last_held
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused
from schemas.standards import Standards
from schemas.timing import Step


def planned_ends(cycle: Cycle, calendar: WorkingCalendar) -> dict[Step, date]:
    """The day by which each step is to be over, as far as anything fixes it.

    Source: local.back-planning
    Units: working days of the cycle's own standards, before or after the session and the due days.
    """
    found: dict[Step, date | Refused | None] = {}
    asked = [one for one in cycle.requests if one.state != "withdrawn"]
    found["evidence"] = max((one.due.on for one in asked if one.due), default=None)
    session = last_held(cycle) or _coming(cycle)
    if session:
        on = civil(session.held_at or session.starts_at)
        window = cycle.standards.findings
        found["meeting"] = on
        found["decision"] = calendar.after(on, window.draft_days)
        found["publish"] = calendar.after(on, window.publish_days)
    if isinstance(due := found["evidence"], date):
        found["review"] = calendar.after(due, cycle.standards.review_days)
    found["actions"] = max((one.due.on for one in cycle.actions if one.state != "withdrawn"), default=None)
    return {step: end for step, end in found.items() if isinstance(end, date)}


def _coming(cycle: Cycle) -> Session | None:
    return next((one for one in cycle.sessions if one.coming), None)


def targets(standards: Standards) -> dict[Step, int]:
    """How long each step may take by a kind's standards; a step that no standard bounds is left out.

    Source: local.back-planning
    Units: working days.
    """
    drafting = standards.findings.draft_days
    return {
        "evidence": standards.requests_out_before_due,
        "review": standards.review_days,
        "decision": drafting,
        "publish": max(standards.findings.publish_days - drafting, 0),
    }
