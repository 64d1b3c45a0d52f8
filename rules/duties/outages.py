"""Outages: which lateness belongs together, and how it is said."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from schemas.outages import Late, LateRow, Outage, Reaches

DAY = timedelta(days=1)
UNITS = (("day", DAY), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
NAMES = {
    "ask": "Planned request {} sent",
    "remind": "Reminder about request {}",
    "miss": "Due day of {} noted as missed",
    "non_response": "Silence on request {} taken as no response",
    "lapse": "End of a claim of sensitivity ({})",
    "fact_check": "End of the fact check of version {}",
    "release": "Publication of version {}",
    "notice": "Missing notice of session {} noted",
    "findings": "Missing findings after session {} noted",
    "comments": "Missing comments on the inspection report noted",
    "comments_reminder": "Reminder of the comments on the inspection report",
    "progress": "Question how action {} stands",
    "wake": "Reminder that somebody asked for ({})",
}


Reaching = TypeVar("Reaching", bound=Reaches)


def outages(rows: Iterable[LateRow], calendar: WorkingCalendar) -> tuple[Outage, ...]:
    """What was late, put together where it overlaps in time, newest first.

    Source: process.clocks
    Units: working days after the planned day up to the day on which it was done.
    """
    return tuple(_outage(group, calendar) for group in together(rows))


def together(rows: Iterable[Reaching]) -> list[list[Reaching]]:
    """What overlaps in time, each group from its first on, the newest group first.

    Source: process.clocks
    """
    groups: list[list[Reaching]] = []
    ended_at: datetime | None = None
    for row in sorted(rows, key=lambda one: (one.planned_at, one.done_at)):
        if ended_at is None or row.planned_at > ended_at:
            groups.append([])
            ended_at = row.done_at
        groups[-1].append(row)
        ended_at = max(ended_at, row.done_at)
    return groups[::-1]


def named(duty: str) -> str:
    """A duty of the record in words, such as `Reminder about request 1`.

    Source: process.clocks
    """
    kind, _, about = duty.partition("/")
    if kind == "letter":
        template, _, number = about.partition("/")
        return f"Letter: {template.replace('_', ' ')}{f' ({number})' if number else ''}"
    if kind == "miss" and "/" not in about:
        about = f"request {about}"
    return NAMES.get(kind, f"{kind.replace('_', ' ').capitalize()} {{}}").format(about).strip()


def length(time: timedelta) -> str:
    """A length of time in its two largest units, such as `2 hours 14 minutes`.

    Source: process.clocks
    Units: days of 24 hours, hours, minutes; rounded down.
    """
    parts = []
    for name, unit in UNITS:
        count, time = divmod(time, unit)
        parts.append((count, f"{count} {name}{'' if count == 1 else 's'}"))
    first = next((at for at, (count, _) in enumerate(parts) if count), None)
    if first is None:
        return "less than a minute"
    return " ".join(said for count, said in parts[first : first + 2] if count)


def by_how_much(row: LateRow, calendar: WorkingCalendar) -> str:
    """How late something was, in working days as well where it is more than a day.

    Source: process.clocks
    Units: days of 24 hours, hours, minutes; working days.
    """
    said = length(row.late_by)
    start, end = civil(row.planned_at), civil(row.done_at)
    if row.late_by <= DAY or not (calendar.covers(start) and calendar.covers(end)):
        return said
    days = calendar.between(start, end)
    return f"{said} ({days} working day{'' if days == 1 else 's'})"


def _outage(rows: list[LateRow], calendar: WorkingCalendar) -> Outage:
    began_at, ended_at = rows[0].planned_at, max(one.done_at for one in rows)
    return Outage(
        began_at=began_at,
        ended_at=ended_at,
        lasted=length(ended_at - began_at),
        late=tuple(in_words(one, calendar) for one in rows),
    )


def in_words(row: LateRow, calendar: WorkingCalendar) -> Late:
    """One of them in words.

    Source: process.clocks
    """
    return Late(
        cycle=row.cycle,
        cycle_title=row.cycle_title,
        duty=row.duty,
        what=named(row.duty),
        planned_at=row.planned_at,
        done_at=row.done_at,
        late_by=row.late_by,
        by=by_how_much(row, calendar),
    )
