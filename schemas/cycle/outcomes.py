"""What follows from a session, as it stands: decisions, and actions that two sides agree."""

from datetime import date
from typing import Literal

from schemas.clocks import Clock, Due
from schemas.cycle.requests import Chased, Escalation
from schemas.evidence import Item
from schemas.people import Actor
from schemas.shape import ActionNumber, Instant, Shape, Slug, TextRef, later

DecisionFunction = Literal[
    "general",
    "plan",
    "precept",
    "budget",
    "appoint_chief_constable",
    "suspend_or_remove_chief_constable",
    "contract",
    "grant",
]
"""Which function of the office a decision exercises. Some cannot be delegated (PRSRA 2011, s.18)."""

SelfAssessment = Literal["on_track", "at_risk", "late", "done"]
"""How the owner sees it. What the office has verified stands beside it and is not the same."""


class DecisionRecord(Shape):
    """One formal decision."""

    number: int
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str
    by: Actor
    at: Instant
    conditions: TextRef | None = later(None)
    function: DecisionFunction = later("general")
    restricted: bool = later(default=False)


ActionState = Literal["proposed", "confirmed", "disputed", "withdrawn", "claimed_done", "verified"]


class DateAsked(Shape):
    """A later day for an action, asked for and not yet decided."""

    to: date
    reason: TextRef
    by: Actor
    at: Instant


class Progress(Shape):
    """One account of how an action stands, by its owner."""

    account: TextRef
    assessment: SelfAssessment
    by: Actor
    at: Instant


class Action(Shape):
    """A two-sided undertaking: proposed by one side, confirmed by the other, verified by the asker."""

    number: ActionNumber
    what: TextRef
    owner: Slug
    state: ActionState = "proposed"
    proposed_by: Actor
    confirmed_by: Actor | None = None
    clock: Clock
    due: Due
    missed: bool = False
    proof: tuple[Item, ...] = ()
    covers_to: date | None = None
    claimed_at: Instant | None = None
    claimed_by: Actor | None = None
    verified_at: Instant | None = None
    dispute: TextRef | None = later(None)
    """Why the other side disputes it; None again once both agree."""
    disputed_by: Actor | None = later(None)
    date_asked: DateAsked | None = later(None)
    moves: int = later(0)
    """How often its day was moved: at most once."""
    slips: tuple[DateAsked, ...] = later(())
    """Later days that were asked for after the one move; each went to a chief officer."""
    escalations: tuple[Escalation, ...] = later(())
    progress: tuple[Progress, ...] = later(())
    progress_asked: tuple[date, ...] = later(())
    """The days on which the engine asked how it stands."""
    reopened: int = later(0)
    confirmed_at: Instant | None = later(None)
    chased: tuple[Chased, ...] = later(())
    """Reminders that a person had sent."""

    @property
    def open(self) -> bool:
        """Whether something is still to be agreed, done or verified."""
        return self.state not in ("withdrawn", "verified")
