"""Commands that begin, steer and end a cycle."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.commands.base import Command
from schemas.evidence import RequestDraft
from schemas.inspections import InspectionReport
from schemas.sessions import SessionDraft
from schemas.shape import ActionNumber, CalendarVersion, CommitmentRef, SlotNumber, Slug, TextRef, later
from schemas.standards import Standards
from schemas.successions import Called, Part, TakesOver


class OpenCycle(Command):
    """Begin a cycle: theme, commitments, question, who is asked for what, and the session if it is fixed."""

    kind: Literal["OpenCycle"] = "OpenCycle"
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    requests: Annotated[tuple[RequestDraft, ...], Field(max_length=60)] = ()
    ask: Literal["now", "planned"] = "now"
    """Send the requests now, or each so many working days before it falls due (the kind's standard)."""
    session: SessionDraft | None = None
    standards: Standards
    calendar: CalendarVersion
    body: Slug
    set_back: timedelta = timedelta(0)
    """Demonstrations only: how far this cycle's clock was behind the true one when it was opened."""
    called: tuple[Called, ...] = later(())
    """Who stands under which name on the day, where the office has announced that somebody takes over."""
    taking_over: tuple[TakesOver, ...] = later(())
    """What the office has announced for a later day: the cycle knows of it from its opening."""
    slot: SlotNumber | None = later(None)
    """Its place in the programme, where the programme opens it."""
    report: InspectionReport | None = later(None)
    """The inspection report on which comments are owed, where it is opened for one."""


class Pause(Command):
    """Stop the cycle's local clocks; statutory ones run on."""

    kind: Literal["Pause"] = "Pause"
    reason: TextRef


class Resume(Command):
    """Let the local clocks run again; the time is given back."""

    kind: Literal["Resume"] = "Resume"


class Escalate(Command):
    """Take a request or an action to somebody higher, by name; it goes on the next agenda too."""

    kind: Literal["Escalate"] = "Escalate"
    request: Annotated[int, Field(ge=1)] | None = None
    action: ActionNumber | None = None
    to: Slug
    reason: TextRef


class Remind(Command):
    """Remind now whoever owes a return or an action: one mail, beside the reminders that go by the clock."""

    kind: Literal["Remind"] = "Remind"
    request: Annotated[int, Field(ge=1)] | None = None
    action: ActionNumber | None = None


class WakeMe(Command):
    """Remind the actor, and nobody else, of something in this cycle on a day."""

    kind: Literal["WakeMe"] = "WakeMe"
    on: date
    about: TextRef


class Succeed(Command):
    """Another body, office holder, force or panel takes over, from a day; the cycle goes on."""

    kind: Literal["Succeed"] = "Succeed"
    what: Part = "body"
    to: Slug
    from_on: date
    reason: TextRef
    was: Slug | None = later(None)
    """Who is followed, as the office says; a cycle knows its body without being told."""
    was_name: TextRef | None = later(None)
    to_name: TextRef | None = later(None)
    recorded_late: TextRef | None = later(None)
    """Why it is recorded only after its day."""


class ChangeCalendar(Command):
    """Count by a newer edition of the cycle's calendar."""

    kind: Literal["ChangeCalendar"] = "ChangeCalendar"
    to: CalendarVersion


class ChangeStandards(Command):
    """Follow a newer edition of the local standards of the cycle's kind."""

    kind: Literal["ChangeStandards"] = "ChangeStandards"
    standards: Standards


class Cancel(Command):
    """End the cycle before it is published."""

    kind: Literal["Cancel"] = "Cancel"
    reason: TextRef
