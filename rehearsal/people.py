"""People who act by their conduct: from how a cycle stands to what each would do next, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rehearsal.conduct import Answering, Conduct
from rules.acting.appointments import role_on
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.law.elections import Freeze
from rules.meeting.forums import Forums
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.people import Actor, Person, Role
from schemas.shape import Words

STAND_IN = "somebody-else"
"""Who does what falls to a role that nobody in the directory holds."""
MORNING = "10:00"
PLACES = {Role.COMMISSIONER: (Role.COMMISSIONER, Role.ACTING_COMMISSIONER)}
"""Who else fills a place."""


@dataclass(frozen=True)
class Planned:
    """An act that somebody would do, and when."""

    at: datetime
    command: AnyCommand


@dataclass(frozen=True)
class Cast:
    """The people of one cycle in skipped time: who they are and how they keep their dates."""

    conduct: Conduct
    people: Mapping[str, Person]
    calendar: WorkingCalendar
    words: Words
    forums: Forums = field(default_factory=dict)
    periods: tuple[Freeze, ...] = ()
    """The days before polls, on which nobody publishes."""
    since: datetime | None = None
    """When they begin to act: what was to be done before that is done on the next working morning."""

    def by(self, role: Role, on: date, *others: str) -> Actor:
        """Somebody in a role on a day, who is none of the others; a stand-in where nobody is."""
        held = ((one.id, role_on(one, on)) for one in self.people.values() if one.id not in others)
        standing = [(person, held) for person, held in held if held in PLACES.get(role, (role,))]
        found = sorted(standing, key=lambda one: one[1] != role)
        return Actor(person=found[0][0], role=found[0][1]) if found else Actor(person=STAND_IN, role=role)

    def person(self, person: str, on: date, instead: Role = Role.FORCE_COORDINATION) -> Actor:
        """Somebody by their id, in their role of a day; another role's holder where nobody has the id."""
        found = self.people.get(person)
        return Actor(person=person, role=role_on(found, on)) if found else self.by(instead, on)

    def at(self, day: date, offset: int, hour: str) -> datetime:
        """An hour on the day that lies so many working days after another, or before it where negative."""
        moved: object = day
        if offset:
            count = self.calendar.after if offset > 0 else self.calendar.before
            moved = count(day, abs(offset))
        return self.not_before(instant(moved if isinstance(moved, date) else day, hour))

    def not_before(self, at: datetime) -> datetime:
        """An instant, or the first working morning where it had passed when they began."""
        if self.since is None or at > self.since:
            return at
        morning = self.calendar.after(civil(self.since), 1)
        return instant(morning, MORNING) if isinstance(morning, date) else at

    def open_to_publish(self, at: datetime) -> datetime:
        """An instant of publication, or the same hour of the first working day after the polls before it."""
        for period in sorted(self.periods, key=lambda one: one.from_on):
            if period.from_on <= civil(at) <= period.polls_on:
                at = self.at(period.polls_on, 1, "09:30")
        return at

    def said(self, what: str) -> str:
        """The reference of words that somebody would write."""
        return self.words.ref(f"In skipped time: {what}.")

    def leads(self, person: str) -> Answering:
        """How a lead keeps a date."""
        return self.conduct.lead(person)


def key_of(cycle: Cycle, *parts: object) -> str:
    """The key of an act, the same whenever it is worked out."""
    said = "-".join(str(one).replace("/", ".").replace("_", ".") for one in parts)
    return f"{cycle.reference}:as-if:{said}"


def soonest(acts: Iterable[Planned]) -> datetime | None:
    """When the first of them falls; None where there are none."""
    return min((one.at for one in acts), default=None)
