"""When and by which calendar something is decided, and the checks that several decisions share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, due, follows_session, instant
from schemas.changes import MovedDue, PlannedRequest
from schemas.clocks import AfterSession, AtSession, BeforeSession, Budget, Clock, Due, Resumed
from schemas.cycle import Cycle, Request, Session
from schemas.evidence import RequestDraft
from schemas.outcomes import Refused
from schemas.standards import Standards


@dataclass(frozen=True)
class Moment:
    """The instant of a decision and the calendar that counts for it.

    Source: process.clocks
    """

    now: datetime
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        """The civil day in London."""
        return civil(self.now)


def next_session(cycle: Cycle) -> Session | None:
    """The session that requests are planned backwards from: the first that has not been held.

    Source: local.back-planning
    """
    return next((one for one in cycle.sessions if one.coming), None)


def session_day(cycle: Cycle) -> date | None:
    """The civil day of that session; None where none is fixed.

    Source: local.back-planning
    """
    stands = [one for one in cycle.sessions if one.cancelled_at is None]
    session = next_session(cycle) or (stands[-1] if stands else None)
    return civil(session.starts_at) if session else None


def ask_clock(draft: RequestDraft, standards: Standards, moment: Moment) -> Clock:
    """The clock of a request asked now. The Commissioner sets it: no statute gives a length.

    Source: prsra-2011.s36
    """
    return Clock(
        rule="evidence-request",
        kind="commissioner_set",
        starts_at=moment.now,
        budget=draft.due,
        hour=standards.due_hour,
        calendar=moment.calendar.version,
    )


def future_due(clock: Clock, moment: Moment, session_on: date | None) -> Due | Refused | None:
    """When a new clock runs out; refused where that is past already or cannot be counted.

    Source: process.wrong-input
    """
    found = due(clock, moment.calendar, session_on)
    if isinstance(found, Due) and found.at <= moment.now:
        return Refused(
            code="due_in_past",
            message=f"The day {found.on:%A %-d %B %Y} is past. Choose a later day"
            + (", or a later session." if needs_day(clock.budget) else "."),
            source="process.wrong-input",
            field="due",
        )
    return found


def needs_day(budget: Budget) -> bool:
    """Whether a budget waits for the session's day.

    Source: local.back-planning
    """
    return isinstance(budget, BeforeSession | AtSession | AfterSession)


def ask_at(draft: RequestDraft, standards: Standards, moment: Moment, on: date | None) -> datetime | Refused:
    """When a planned request goes out: the standard's working days before it falls due, or now if past.

    Source: local.back-planning
    """
    if on is None:
        return moment.now
    clock = ask_clock(draft, standards, moment)
    falls = due(clock, moment.calendar, on)
    if not isinstance(falls, Due):
        return falls or moment.now
    out = moment.calendar.before(falls.on, standards.requests_out_before_due)
    return out if isinstance(out, Refused) else max(instant(out, standards.reminder_hour), moment.now)


def replanned(cycle: Cycle, moment: Moment, on: date) -> tuple[PlannedRequest, ...] | Refused:
    """The requests not yet sent, with the instants at which they go out for a session on `on`.

    Source: local.back-planning
    """
    planned = []
    for one in cycle.planned:
        at = ask_at(one.draft, cycle.standards, moment, on)
        if isinstance(at, Refused):
            return at
        planned.append(one.model_copy(update={"ask_at": at}))
    return tuple(planned)


def moved_by_session(cycle: Cycle, moment: Moment, on: date | None) -> tuple[MovedDue, ...] | Refused:
    """The open requests whose due instant follows the session, before and after.

    Source: local.back-planning
    """
    following = (one for one in cycle.requests if one.open and follows_session(one.clock))
    return moved_to(following, moment, on)


def moved_to(
    requests: Iterable[Request], moment: Moment, on: date | None, entry: Resumed | None = None
) -> tuple[MovedDue, ...] | Refused:
    """Each request whose due instant changes, before and after, for a session on `on`.

    Source: process.clocks
    """
    moved = []
    for request in requests:
        entries = (*request.clock.entries, entry) if entry else request.clock.entries
        clock = request.clock.model_copy(update={"entries": entries})
        found = due(clock, moment.calendar, on)
        if isinstance(found, Refused):
            return found
        if found != request.due:
            moved.append(MovedDue(request=request.number, due=found, was=request.due))
    return tuple(moved)
