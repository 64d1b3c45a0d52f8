"""What the engine did late: after an outage each such duty is written down with by how much."""

from datetime import datetime, timedelta

from schemas.events import AnyEvent, DutyFiredLate

LATE_AFTER = timedelta(minutes=5)
"""A worker that starts again, or a mail server that asks to be tried once more, is no outage."""

UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}


def fired_late(name: str, planned_at: datetime, done_at: datetime) -> tuple[AnyEvent, ...]:
    """The event that a duty was done late; none where it was done in time.

    Source: process.clocks
    Units: more than five minutes after it was planned.
    """
    late_by = done_at - planned_at
    if late_by <= LATE_AFTER:
        return ()
    return (DutyFiredLate(duty=name, planned_at=planned_at, late_by=late_by),)


def spelled(late_by: timedelta) -> str:
    """How late something was in words, in its largest whole unit, such as `3 hours`.

    Source: process.clocks
    Units: days of 24 hours, hours, minutes; rounded down.
    """
    name = "day" if late_by >= UNITS["day"] else "hour" if late_by >= UNITS["hour"] else "minute"
    count = late_by // UNITS[name]
    return f"{count} {name}{'' if count == 1 else 's'}"
