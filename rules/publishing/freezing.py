"""Freezing: what is not published in the period before a poll, unless a reason is given."""

from collections.abc import Iterable
from datetime import date

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.law.elections import Freeze, freeze, may_publish
from schemas.commands import AnyCommand, Correct, Publish, ScheduleRelease
from schemas.elections import Poll
from schemas.outcomes import Refused

MAKES_PUBLIC = (Publish, Correct, ScheduleRelease)


def freezes(polls: Iterable[Poll], calendar: WorkingCalendar, days: int) -> tuple[Freeze, ...]:
    """The period before each poll; a poll beyond the calendar's horizon has none yet.

    Source: elections.pre-election
    Units: working days before the poll.
    """
    made = []
    for one in polls:
        first = one.from_on or calendar.before(one.polls_on, days)
        found = first if isinstance(first, Refused) else freeze(first, one.polls_on)
        if isinstance(found, Freeze):
            made.append(found)
    return tuple(made)


def frozen(command: AnyCommand, today: date, periods: Iterable[Freeze]) -> Refused | None:
    """A refusal where findings would come out before a poll and no reason is given why they cannot wait.

    A timed release counts by its own day. What waits for a condition is asked when it is published.

    Source: elections.pre-election
    """
    on = public_on(command, today)
    if on is None or (isinstance(command, MAKES_PUBLIC) and command.despite_election):
        return None
    found = (may_publish(on, period, statutory_duty=False) for period in periods)
    refused = next((one for one in found if one), None)
    if refused is None:
        return None
    timed = isinstance(command, ScheduleRelease)
    return Refused(
        code=refused.code,
        message=refused.message
        + " Give the reason if it cannot wait"
        + (", or a later day." if timed else "."),
        source=refused.source,
        field="despite_election",
    )


def public_on(command: AnyCommand, today: date) -> date | None:
    """The day on which a command makes findings public; None where it does not.

    Source: elections.pre-election
    """
    if isinstance(command, ScheduleRelease):
        return civil(command.at) if command.at else None
    return today if isinstance(command, Publish | Correct) else None
