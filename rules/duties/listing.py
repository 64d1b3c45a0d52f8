"""Every duty that is still to come, soonest first."""

from dataclasses import replace

from rules.calendars import WorkingCalendar
from rules.duties.comments import of_comments
from rules.duties.duty import Duty
from rules.duties.evidence import of_claims, of_planned, of_request
from rules.duties.findings import of_fact_checks, of_release
from rules.duties.outcomes import of_action
from rules.duties.sessions import of_findings, of_notices
from rules.duties.waking import of_wakes
from schemas.cycle import Cycle


def duties(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Duty, ...]:
    """Every duty still to come, soonest first; none once the cycle was cancelled.

    A pause stops what runs on local clocks: evidence, actions, fact checks, findings. What hangs on a day
    that somebody or the law set stays: a release, a wake, the end of a claim, a session's notice, comments
    on an inspection report. A closed cycle keeps a correction's window and its release.

    Source: process.clocks
    """
    if cycle.cancelled_at:
        return ()
    found = of_release(cycle)
    if not cycle.paused_at:
        found = [*_on_local_clocks(cycle, calendar), *found]
    if not cycle.over:
        found += [*of_wakes(cycle), *of_claims(cycle)]
        found += [*of_notices(cycle, calendar), *of_comments(cycle, calendar)]
    return tuple(sorted(found, key=lambda one: one.at))


def _on_local_clocks(cycle: Cycle, calendar: WorkingCalendar) -> list[Duty]:
    if cycle.over:
        return of_fact_checks(cycle)
    evidence = of_planned(cycle)
    for request in cycle.requests:
        evidence += of_request(cycle, request, calendar)
    others: list[Duty] = []
    for action in cycle.actions:
        others += of_action(cycle, action, calendar)
    others += [*of_fact_checks(cycle), *of_findings(cycle, calendar)]
    return [*evidence, *(_not_before(cycle, one) for one in others)]


def _not_before(cycle: Cycle, duty: Duty) -> Duty:
    """A duty that came up while nothing could be done falls when something can be: it is not late."""
    start = cycle.duties_from
    return replace(duty, at=start) if start and duty.at < start else duty
