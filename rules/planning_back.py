"""Planned backwards: the days of a cycle that is only thought of, and what stands against them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, due, instant, london
from rules.deciding.moment import Moment, ask_clock, session_day
from schemas.clocks import Due
from schemas.cycle import Cycle
from schemas.evidence import RequestDraft
from schemas.outcomes import Refused

NO_DAY = "No session has a day, so requests that are planned backwards wait until it has one."


@dataclass(frozen=True)
class PlannedDays:
    """The days of one request: when it goes out, when it is due, and when its lead is reminded.

    Source: local.back-planning
    Units: working days in England and Wales.
    """

    number: int
    draft: RequestDraft
    out_at: datetime | None
    """None where it waits for a session."""
    due: Due | None
    working_days: int | None
    """Between going out and falling due."""
    reminders: tuple[datetime, ...]
    holidays: tuple[tuple[date, str], ...]
    """Bank holidays between the two, by their names: they are not counted."""


@dataclass(frozen=True)
class Beside:
    """What else is in the calendar.

    Source: local.programme
    """

    sessions: frozenset[date] = frozenset()
    """Days on which another session is held."""
    owed: Mapping[str, frozenset[date]] | None = None
    """The days on which each lead owes something else already."""
    last_day: date | None = None
    """The last day that the law leaves, where the cycle runs against one of its clocks."""


def planned_days(cycle: Cycle, calendar: WorkingCalendar, now: datetime) -> tuple[PlannedDays, ...]:
    """The days of every request, asked or still to be asked, in their order.

    Source: local.back-planning
    Units: working days in England and Wales.
    """
    on = session_day(cycle)
    asked = [(one.number, one.draft, one.asked_at) for one in cycle.requests]
    planned = [(one.request, one.draft, one.ask_at) for one in cycle.planned]
    rows = sorted((*asked, *planned), key=lambda one: one[0])
    return tuple(_days(cycle, calendar, row, on, now) for row in rows)


def _days(
    cycle: Cycle,
    calendar: WorkingCalendar,
    row: tuple[int, RequestDraft, datetime | None],
    on: date | None,
    now: datetime,
) -> PlannedDays:
    number, draft, out_at = row
    clock = ask_clock(draft, cycle.standards, Moment(now=out_at or now, calendar=calendar))
    found = due(clock, calendar, on)
    known = found if isinstance(found, Due) else None
    start = civil(out_at) if out_at else None
    between = calendar.between(start, known.on) if known and start else None
    free = tuple(
        (day, title)
        for day, title in sorted(calendar.holidays.items())
        if known and start and start < day <= known.on
    )
    return PlannedDays(
        number, draft, out_at, known, between, _reminders(cycle, calendar, known, out_at), free
    )


def _reminders(
    cycle: Cycle, calendar: WorkingCalendar, known: Due | None, out_at: datetime | None
) -> tuple[datetime, ...]:
    """The rungs up to the due day that come after the request is out."""
    if known is None or out_at is None:
        return ()
    days = [calendar.before(known.on, -one.offset) for one in cycle.standards.ladder if one.offset < 0]
    days += [known.on for one in cycle.standards.ladder if one.offset == 0]
    found = [instant(one, cycle.standards.reminder_hour) for one in days if not isinstance(one, Refused)]
    return tuple(sorted(at for at in found if at > out_at))


def against(
    cycle: Cycle, days: Iterable[PlannedDays], calendar: WorkingCalendar, beside: Beside
) -> tuple[str, ...]:
    """What stands against the days as they are planned, one sentence each; nothing here forbids them.

    Source: local.back-planning
    Source: local.programme
    Units: working days in England and Wales.
    """
    rows, on = tuple(days), session_day(cycle)
    found = [*_of_session(on, calendar, beside)] if on else [NO_DAY]
    for row in rows:
        found += _of_request(row, cycle, beside)
    return (*found, *_together(rows))


def _of_session(on: date, calendar: WorkingCalendar, beside: Beside) -> Iterable[str]:
    said = f"{on:%A %-d %B %Y}"
    if why := calendar.why_not(on):
        yield f"The session is on {said}, which is {why}."
    if on in beside.sessions:
        yield f"Another session is held on {said} already."
    if beside.last_day and on > beside.last_day:
        yield (
            f"The session is on {said}, after {beside.last_day:%A %-d %B %Y}, the last day that the law "
            "leaves. Choose an earlier day."
        )


def _of_request(row: PlannedDays, cycle: Cycle, beside: Beside) -> Iterable[str]:
    wanted = cycle.standards.requests_out_before_due
    if row.working_days is not None and row.working_days < wanted:
        many = f"{row.working_days} working day{'' if row.working_days == 1 else 's'}"
        yield f"Request {row.number} leaves its lead {many}; the office's own standard is {wanted}."
    if row.due and row.due.on in (beside.owed or {}).get(row.draft.lead, ()):
        yield (
            f"Who is asked in request {row.number} owes something else on {row.due.on:%A %-d %B %Y} already."
        )
    if row.due and beside.last_day and row.due.on > beside.last_day:
        yield f"Request {row.number} is due after {beside.last_day:%A %-d %B %Y}, the last day of the law."


def _together(rows: Iterable[PlannedDays]) -> Iterable[str]:
    """Leads who would owe two things on one day."""
    seen: dict[tuple[str, date], int] = {}
    for row in rows:
        if row.due is None:
            continue
        first = seen.setdefault((row.draft.lead, row.due.on), row.number)
        if first != row.number:
            yield (
                f"Requests {first} and {row.number} fall due with the same lead on "
                f"{london(row.due.at):%A %-d %B %Y}."
            )
