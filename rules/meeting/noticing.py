"""Notice of a session: when agenda and papers are owed, and whether there is time for them at all."""

from datetime import date, datetime, timedelta

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.deciding.moment import Moment
from schemas.clocks import Due
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused
from schemas.sessions import ForumRules

END_OF_DAY = "23:59:59"
LISTED = timedelta(days=365)
"""So long a meeting that is past stays in everybody's calendar and feed of meetings."""


def notice_due(
    rules: ForumRules | None, starts_at: datetime, hour: str, calendar: WorkingCalendar
) -> Due | Refused | None:
    """When the agenda and the papers of a session are owed; None where its forum owes no notice.

    Source: lga-1972.s100b
    Source: lga-1972.clear-days
    Source: local.notice
    Units: clear working days; a statutory day ends at 23:59:59, a local one at the office's hour, in London.
    """
    if rules is None or rules.notice_days == 0:
        return None
    on = calendar.before(civil(starts_at), rules.notice_days + 1)
    if isinstance(on, Refused):
        return on
    return Due(on=on, at=instant(on, END_OF_DAY if rules.statutory else hour), calendar=calendar.version)


def notice_of(cycle: Cycle, session: Session, calendar: WorkingCalendar) -> Due | None:
    """The same of a session as it stands; None too where the calendar does not reach.

    Source: lga-1972.s100b
    Source: local.notice
    """
    found = notice_due(session.rules, session.starts_at, cycle.standards.due_hour, calendar)
    return found if isinstance(found, Due) else None


def given(session: Session, due: Due | None) -> bool:
    """Whether notice was given of the session's present day: one of an earlier day does not count.

    Source: lga-1972.s100b
    """
    owed = due.on if due else None
    return any(owed is None or (one.due and one.due.on == owed) for one in session.agendas)


def no_time(
    rules: ForumRules | None, starts_at: datetime, hour: str, moment: Moment, urgency: str | None
) -> Refused | None:
    """A refusal where a session's day leaves no time for its notice, unless the chair's reason is given.

    Source: lga-1972.urgency
    Source: local.notice
    """
    due = notice_due(rules, starts_at, hour, moment.calendar)
    if isinstance(due, Refused):
        return due.model_copy(update={"field": "starts_at"})
    if rules is None or due is None or due.at > moment.now or urgency:
        return None
    whose = "The law asks" if rules.statutory else f"The {rules.title}'s own standard asks"
    return Refused(
        code="no_time_for_notice",
        message=f"{whose} for {rules.notice_days} clear days' notice, so notice of that day was owed "
        f"by {due.on:%A %-d %B %Y}. Choose a later day, or write the chair's reason for the urgency.",
        source=rules.notice_source,
        field="urgency",
    )


def cutoff(rules: ForumRules, starts_at: datetime, calendar: WorkingCalendar) -> datetime | Refused:
    """The instant by which the public's questions to a session are in.

    Source: panel.public-participation
    Units: working days before the session's day; the hour is London's.
    """
    on = calendar.before(civil(starts_at), rules.cutoff_days)
    return on if isinstance(on, Refused) else instant(on, rules.cutoff_hour)


def listed_since(now: datetime) -> datetime:
    """From when on meetings that are past stand in everybody's calendar and feed of meetings.

    Source: process.following
    Units: 365 days.
    """
    return now - LISTED


def next_day(cycle: Cycle, but: int) -> date | None:
    """The day of the next session to come when one of them is called off; None where there is no other.

    Source: local.back-planning
    """
    coming = (one for one in cycle.sessions if one.coming and one.number != but)
    return next((civil(one.starts_at) for one in coming), None)
