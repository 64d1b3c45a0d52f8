"""What the boards read of a cycle: rows that follow from how it stands, written whenever that changes."""

from datetime import date

from schemas.cycle.outcomes import ActionState, SelfAssessment
from schemas.sessions import AgendaWhy, Assurance, Forum
from schemas.shape import ActionNumber, CommitmentRef, Instant, MeetingRef, Shape, Slug, TextRef


class Needed(Shape):
    """One thing that needs somebody: what, whom, since when, and from when on it shows or is late."""

    key: str
    whom: str
    """A role, a role and a person of it, or a person: see `rules.boards.needs.whom_of`."""
    but_not: Slug | None = None
    """Somebody whom it must not be, as they did what is to be checked."""
    what: str
    """Which words say it; the words themselves are the page's."""
    number: str = ""
    """Of the request, the action or the version that it is about."""
    title: TextRef | None = None
    at: Instant
    """Since when, or by when."""
    shows_at: Instant
    can_wait: bool = False
    late_at: Instant | None = None
    """From when on it is late; None where it never is."""


class OpenAction(Shape):
    """One action that is still open, as the tracker shows it."""

    number: ActionNumber
    what: TextRef
    owner: Slug
    state: ActionState
    due_at: Instant
    due_on: date
    missed: bool
    moves: int
    slips: int
    assessment: SelfAssessment | None
    """How its owner last said that it stands."""
    carried_at: Instant | None
    """When the first session was held after it was agreed that left it open."""


class CycleSession(Shape):
    """One session of a cycle, as the list of meetings shows it."""

    number: int
    meeting: MeetingRef | None
    forum: Forum
    starts_at: Instant
    coming: bool
    cancelled: bool
    given_at: Instant | None
    """When the agenda that holds was published."""
    given_late: bool


class Colleague(Shape):
    """Somebody who may answer a request beside its lead."""

    number: int
    person: Slug
    until_on: date | None


class LeftOpen(Shape):
    """What a cycle would lend to the agenda of another cycle's session."""

    key: str
    title: TextRef
    why: AgendaWhy
    request: int | None = None
    action: ActionNumber | None = None
    from_on: date | None = None
    """For sessions on this day or later; None for all."""


class AskedAbout(Shape):
    """What one cycle asked about one commitment of the plan, and what came of it."""

    commitment: CommitmentRef
    opened_at: Instant
    heard_on: date
    """The day of the newest session that was held; before one, the day on which the cycle was opened."""
    to_hear: bool
    """Whether the question is still being asked."""
    judgement: Assurance | None
    due_on: date | None
    """The first day on which one of its actions is due that nobody has verified yet."""


class BoardRows(Shape):
    """All that the boards read of one cycle."""

    edition: int
    """Which edition of the rules made them; those of an older one are made again."""
    needs: tuple[Needed, ...]
    actions: tuple[OpenAction, ...]
    sessions: tuple[CycleSession, ...]
    colleagues: tuple[Colleague, ...]
    left_open: tuple[LeftOpen, ...]
    asked_about: tuple[AskedAbout, ...]
