"""One page of each board, as pages and the command line read it, with how much there is in all."""

from datetime import date
from typing import Literal

from schemas.cycle.outcomes import ActionState, SelfAssessment
from schemas.rows import CyclePage, CycleRow, DeadlineRow, TaskRow
from schemas.sessions import AgendaItem, Forum
from schemas.shape import ActionNumber, CycleRef, Instant, MeetingRef, Shape

NeedState = Literal["late", "today", "later"]


class NeedRow(Shape):
    """One thing that needs somebody, as their page of work shows it."""

    cycle: CycleRef
    cycle_title: str
    key: str
    what: str
    number: str
    title: str
    at: Instant
    state: NeedState


class NeedsPage(Shape):
    """One page of what needs somebody, in order of need, and how much there is in all."""

    rows: tuple[NeedRow, ...] = ()
    all: int = 0
    today: int = 0
    """How many of all cannot wait."""


class CyclesPage(Shape):
    """One page of cycles, and how many there are in all."""

    rows: tuple[CycleRow, ...] = ()
    all: int = 0


class NextDue(Shape):
    """What falls due next."""

    cycle: CycleRef
    what: str
    due_at: Instant


class ActionRow(Shape):
    """One open action over all cycles."""

    cycle: CycleRef
    cycle_title: str
    number: ActionNumber
    what: str
    owner: str
    state: ActionState
    due_at: Instant
    due_on: date
    late: bool
    moves: int
    slips: int
    assessment: SelfAssessment | None
    carried_at: Instant | None


class ActionsPage(Shape):
    """One page of the open actions, soonest due first, and how many there are in all."""

    rows: tuple[ActionRow, ...] = ()
    all: int = 0
    """Of those that were sought."""


class TasksPage(Shape):
    """One page of evidence requests as their leads see them, and how many there are in all."""

    rows: tuple[TaskRow, ...] = ()
    all: int = 0


class OwedPage(Shape):
    """One page of what is owed, soonest first, and how much there is in all."""

    rows: tuple[DeadlineRow, ...] = ()
    late: int = 0
    """What is past its day."""
    soon: int = 0
    """What comes before the instant that was asked about."""
    later: int = 0
    """What comes after it."""

    @property
    def all(self) -> int:
        """How much there is on all pages, each part counted up to MOST_COUNTED."""
        return self.late + self.soon + self.later


class ConcerningPage(Shape):
    """One page of whole cycles, the soonest owed first, and how many there are in all."""

    pages: tuple[CyclePage, ...] = ()
    all: int = 0


class SessionRow(Shape):
    """One meeting or one session by itself, in the list of meetings."""

    cycle: CycleRef
    number: int
    meeting: MeetingRef | None
    forum: Forum
    starts_at: Instant
    cancelled: bool
    given_at: Instant | None
    given_late: bool
    owed_at: Instant | None
    owed_missed: bool
    cycles: tuple[tuple[CycleRef, str], ...]
    """The cycles on it, each with its title."""


class SessionsPage(Shape):
    """One page of meetings, and how many there are in all."""

    rows: tuple[SessionRow, ...] = ()
    all: int = 0


class Choice(Shape):
    """One cycle under way to choose."""

    reference: CycleRef
    title: str


class ChoicesPage(Shape):
    """The first cycles under way that some words find, and how many they find in all."""

    rows: tuple[Choice, ...] = ()
    all: int = 0


class MeetingToJoin(Shape):
    """One meeting to come that a session could become part of."""

    meeting: MeetingRef
    starts_at: Instant


class Joinable(Shape):
    """One session to come that could become part of a meeting."""

    cycle: CycleRef
    title: str
    number: int
    starts_at: Instant
    meeting: MeetingRef | None


class JoinablePage(Shape):
    """The first sessions that could, and how many could in all."""

    rows: tuple[Joinable, ...] = ()
    all: int = 0


class LentPage(Shape):
    """What other cycles lend to an agenda: the most pressing, and how much there is in all."""

    items: tuple[AgendaItem, ...] = ()
    all: int = 0
