"""Clocks: a budget and a ledger, from which a due instant is derived."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.shape import CalendarVersion, Instant, Shape

Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day in Europe/London, such as `17:00`."""

ClockKind = Literal["statutory", "panel_set", "commissioner_set", "local"]
"""Whose clock it is. A local standard is never presented as law."""


class BankHoliday(Shape):
    """One day on which nobody works, and why."""

    on: date
    title: str


class CalendarChange(Shape):
    """A day that no rule of the calendar gives: moved, added once, or proclaimed."""

    on: date
    announced_on: date | None = None
    """The day on which it became known, where that has been read."""
    what: str


class Calendar(Shape):
    """One edition of a bank-holiday calendar: it knows nothing before its start or beyond its horizon."""

    calendar: str
    version: CalendarVersion
    source: str
    starts_on: date
    horizon_on: date
    days: tuple[BankHoliday, ...]
    history: tuple[CalendarChange, ...] = ()


class WorkingDays(Shape):
    """A budget counted in working days after the start day."""

    kind: Literal["working_days"] = "working_days"
    days: Annotated[int, Field(ge=0, le=260)]


class OnDate(Shape):
    """A budget that ends on a named day."""

    kind: Literal["on_date"] = "on_date"
    on: date


class BeforeSession(Shape):
    """A budget planned backwards: so many working days before the session's day."""

    kind: Literal["before_session"] = "before_session"
    days: Annotated[int, Field(ge=0, le=120)]


class AtSession(Shape):
    """Shown at the meeting: satisfied on the session's day or after it, never late before."""

    kind: Literal["at_session"] = "at_session"


class AfterSession(Shape):
    """Shared so many working days after the session at which it was shown: never late before."""

    kind: Literal["after_session"] = "after_session"
    days: Annotated[int, Field(ge=0, le=60)]


Budget = Annotated[
    WorkingDays | OnDate | BeforeSession | AtSession | AfterSession, Field(discriminator="kind")
]


class Suspended(Shape):
    """The clock stopped at this instant."""

    kind: Literal["suspended"] = "suspended"
    at: Instant


class Resumed(Shape):
    """The clock ran again from this instant; the time is given back."""

    kind: Literal["resumed"] = "resumed"
    at: Instant


class Extended(Shape):
    """The due day was moved to a later day by a decision."""

    kind: Literal["extended"] = "extended"
    at: Instant
    to: date


class Restarted(Shape):
    """A new budget from this instant, as when a return is sent back."""

    kind: Literal["restarted"] = "restarted"
    at: Instant
    budget: Budget


ClockEntry = Annotated[Suspended | Resumed | Extended | Restarted, Field(discriminator="kind")]


class Clock(Shape):
    """A budget and what has happened to it. The due instant is derived, never typed."""

    rule: str
    kind: ClockKind
    starts_at: Instant
    budget: Budget
    hour: Hour
    calendar: CalendarVersion
    entries: tuple[ClockEntry, ...] = ()


class Due(Shape):
    """When something is owed: the civil day, the instant, and the edition of the calendar that was used."""

    on: date
    at: Instant
    calendar: CalendarVersion
