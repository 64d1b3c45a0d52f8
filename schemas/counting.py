"""The clock algebra's shapes: rules, budgets, ledgers, and a due day that can be read like a sum.

These are plain frozen values rather than checked ones: they are made by the hundred thousand, by rules alone.
What comes from outside is checked where it comes in, and `due` refuses what cannot be counted.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from schemas.clocks import ClockKind

Mark = Literal["verified", "partly", "not_verified"]
"""How sure we are of the words that a rule rests on."""

Unit = Literal["calendar", "working"]


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """So many days, weekends and all; `beginning_with` makes the start day the first of them."""

    days: int
    beginning_with: bool = False


@dataclass(frozen=True, slots=True)
class Weeks:
    """So many weeks beginning with the start day, which is the first day of the first week."""

    weeks: int


@dataclass(frozen=True, slots=True)
class WorkingDaysAfter:
    """So many working days after the start day, which is not counted and need not be one."""

    days: int


@dataclass(frozen=True, slots=True)
class WorkingDaysBefore:
    """So many working days before the start day, which is not counted."""

    days: int


@dataclass(frozen=True, slots=True)
class ClearDays:
    """So many clear working days between two events: neither event's day is counted."""

    days: int
    before: bool = True


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day and month in the financial year (1 April to 31 March) in which the clock starts."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Months:
    """So many months after the start day: the day of the same number, or the month's last."""

    months: int


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that somebody has named; None stands for the start day itself."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class AsSoonAs:
    """As soon as practicable: no number in law. The number is a local standard, in working days."""

    days: int


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """Nothing falls due on any day."""


@dataclass(frozen=True, slots=True)
class ToSet:
    """A number that no law gives. An office's data put it in (ADR 0010); before that nothing is counted."""

    counts: Literal["working_days_after", "working_days_before", "as_soon_as", "months"]


Budget = (
    CalendarDays
    | Weeks
    | WorkingDaysAfter
    | WorkingDaysBefore
    | ClearDays
    | FixedDate
    | Months
    | NamedDay
    | AsSoonAs
    | NoDeadline
    | ToSet
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How far and how often a due day may be moved, and by whose leave."""

    most_days: int
    """In the clock's own unit, counted from the day that was due before any extension."""
    most_times: int
    source: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Which edition of an office's own window a clock is counted with: who set it, when and why."""

    edition: int
    """1 is what came with the product."""
    kind: str | None = None
    """The kind of cycle in whose standards the number stands; None where the rule has a window of its own."""
    set_by: str | None = None
    set_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock: what starts it, how it counts, whose it is, and what silence and lateness come to."""

    id: str
    title: str
    kind: ClockKind
    source: str
    mark: Mark
    calendar: str
    """The calendar's name, such as `england-and-wales`."""
    budget: Budget
    starts: str
    """What the start day is, in words."""
    owes: str
    silence: str
    """What it comes to if nobody acts: the deemed outcome, in words."""
    silence_source: str
    lateness: str = "Lateness is recorded and shown. It blocks nothing: the duty can still be done."
    hour: str | None = None
    """A time of day in London, such as `17:00`; None means the end of the day."""
    stops: str | None = None
    """When the clock may be suspended, in words; None where nothing stops it."""
    limit: Limit | None = None
    """None where nobody may extend it."""
    set_by: str | None = None
    """Who may set another period in its place, in words; None where nobody may."""
    also: tuple[str, ...] = ()
    """Further sources."""
    window: InForce | None = None
    """Where the number came from, if it is an office's own; None where law or a named day gives it."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The clock stood still on each of these days, both ends included; None where it has not resumed."""

    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The first day that counts again after a suspension that had no end."""

    on: date


@dataclass(frozen=True, slots=True)
class Extended:
    """A decision moved the due day: by so many days of the clock's own unit, or to a day."""

    days: int | None = None
    to_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Restarted:
    """The whole budget runs again from this day; what the ledger says of earlier days falls away."""

    on: date


@dataclass(frozen=True, slots=True)
class Superseded:
    """Whoever may set the period has set another in its place."""

    on: date
    budget: Budget


Entry = Suspended | Resumed | Extended | Restarted | Superseded


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule, a start and a ledger. The due day is derived, never typed."""

    rule: Rule
    start: date | datetime
    ledger: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the sum: whether it counts, and why."""

    on: date
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """When something is owed, and every day from the start to then."""

    due_on: date
    due_at: datetime
    """In UTC."""
    advice_on: date | None
    """The working day before, where the due day is not one. The due day itself never moves for that."""
    days: tuple[CountedDay, ...]
    counted: int
    """How many of the days are counted."""
    words: str
    calendar: str
    """The edition of the calendar that was used."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due day with all that it takes to argue about it."""

    rule: Rule
    due: Due


@dataclass(frozen=True, slots=True)
class MajorityRule:
    """One question that members vote on, and the share that carries it."""

    id: str
    title: str
    kind: ClockKind
    source: str
    mark: Mark
    share: str
    """In words."""


@dataclass(frozen=True, slots=True)
class Majority:
    """How many votes were needed, whether it carried, and of how many members."""

    required: int
    carried: bool
    source: str
    members: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An open clock that another edition of the calendar would move, or could no longer count."""

    place: int
    """Its place in the list that was asked about."""
    before: date
    after: date | None
    """None where the new edition refuses it."""
    why: str
