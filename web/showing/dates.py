"""Days and instants in words: always with the weekday, always as London's clocks show them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.clocks import civil, london
from schemas.outcomes import Refused

KILOBYTE, MEGABYTE = 1_000, 1_000_000
AN_HOUR, A_DAY = 60, 24 * 60
"""Minutes."""


def day(on: date | datetime | None) -> str:
    """A day with its weekday, such as `Friday 4 December 2026`."""
    if on is None:
        return "no day yet"
    return f"{_civil(on):%A %-d %B %Y}"


def hour(at: datetime) -> str:
    """A time of day, such as `17:00`."""
    return f"{london(at):%H:%M}"


def moment(at: datetime | None) -> str:
    """An instant, such as `Friday 4 December 2026 at 17:00`."""
    return f"{day(at)} at {hour(at)}" if at else "no day yet"


def machine(at: date | datetime) -> str:
    """The same for programs, as HTML's `time` wants it."""
    return at.isoformat()


def distance(at: datetime, now: datetime) -> str:
    """How far a due instant is from now, in working days and said so: `in 3 working days`, `2 days late`."""
    on, today = civil(at), civil(now)
    if on == today:
        return "today" if at > now else "late since today"
    days = working_days(min(on, today), max(on, today))
    if days is None:
        days, unit = abs((on - today).days), "day"
    else:
        unit = "working day"
    said = f"{days} {unit}{'' if days == 1 else 's'}"
    if at > now:
        return "tomorrow" if on - today == timedelta(days=1) else f"in {said}"
    return f"{said} late" if days else "late"


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, as people say it: `2 minutes ago`, or its day where that is longer ago."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < AN_HOUR:
        return f"{minutes} minute{'' if minutes == 1 else 's'} ago"
    if minutes < A_DAY:
        hours = minutes // AN_HOUR
        return f"{hours} hour{'' if hours == 1 else 's'} ago"
    return f"on {day(at)}"


def working_days(start: date, end: date) -> int | None:
    """Working days after `start` up to `end`; None where the newest calendar does not reach."""
    known = working_calendar(calendar().version)
    if isinstance(known, Refused) or not (known.covers(start) and known.covers(end)):
        return None
    return known.between(start, end)


def size(count: int) -> str:
    """Bytes in words, such as `1.2 MB`."""
    if count < KILOBYTE:
        return f"{count} bytes"
    if count < MEGABYTE:
        return f"{count / KILOBYTE:.0f} KB"
    return f"{count / MEGABYTE:.1f} MB"


def _civil(on: date | datetime) -> date:
    return civil(on) if isinstance(on, datetime) else on


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "hour": hour,
    "moment": moment,
    "machine": machine,
    "distance": distance,
    "size": size,
    "ago": ago,
}
