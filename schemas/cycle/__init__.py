"""A cycle as it stands: what its events add up to. Its parts are in the files beside this one."""

from datetime import date, timedelta
from typing import Literal

from schemas.changes import PlannedRequest
from schemas.cycle.findings import (
    Approval,
    FactCheck,
    FindingsVersion,
    Redaction,
    Release,
    SentBack,
    Span,
    WithheldItem,
)
from schemas.cycle.outcomes import (
    Action,
    ActionState,
    DateAsked,
    DecisionFunction,
    DecisionRecord,
    Progress,
    SelfAssessment,
)
from schemas.cycle.requests import (
    Amendment,
    Bounced,
    Certificate,
    Chased,
    Clarification,
    Delegation,
    Escalation,
    ExtensionAsked,
    Reassignment,
    Reminded,
    Request,
    RequestState,
    ReturnVersion,
    SensitivityClaim,
)
from schemas.cycle.sessions import Interest, Judgement, Notice, Question, Session, Vote
from schemas.inspections import InspectionReport
from schemas.people import Actor
from schemas.shape import (
    CalendarVersion,
    CommitmentRef,
    CycleRef,
    Instant,
    Shape,
    SlotNumber,
    Slug,
    TextRef,
    later,
)
from schemas.standards import Standards
from schemas.successions import Called, Part

__all__ = [
    "Action", "ActionState", "Amendment", "Approval", "Bounced", "Certificate", "Chased",
    "Clarification", "Cycle", "DateAsked",
    "DecisionFunction", "DecisionRecord", "Delegation", "Escalation", "ExtensionAsked", "FactCheck",
    "FindingsVersion", "Interest", "Judgement", "Notice", "Progress", "Question", "Reassignment", "Redaction",
    "Release", "Reminded", "Request", "RequestState", "ReturnVersion", "SelfAssessment", "SensitivityClaim",
    "SentBack",
    "Session",
    "Span", "Stage", "Succession", "Vote", "Wake", "WithheldItem",
]  # fmt: skip

Stage = Literal[
    "planned",
    "gathering",
    "reviewing",
    "scheduled",
    "held",
    "drafting",
    "checking",
    "sign_off",
    "published",
    "following_up",
    "closed",
    "cancelled",
]
"""Where a cycle is. Stages describe; they never block a lawful act."""


class Wake(Shape):
    """What somebody asked to be reminded of, and whether they have been."""

    number: int
    on: date
    about: TextRef
    who: Actor
    woken_at: Instant | None = None


class Succession(Shape):
    """Who took over from whom, from which day."""

    what: Part
    was: Slug | None
    to: Slug
    from_on: date
    at: Instant
    by: Actor
    reason: TextRef
    was_name: TextRef | None = later(None)
    to_name: TextRef | None = later(None)
    recorded_late: TextRef | None = later(None)


class Cycle(Shape):
    """One cycle of holding to account, as its ledger adds up at `version`."""

    reference: CycleRef
    version: int = 0
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    body: Slug
    standards: Standards
    calendar: CalendarVersion
    set_back: timedelta = timedelta(0)
    opened_at: Instant
    opened_by: Actor
    changed_at: Instant
    planned: tuple[PlannedRequest, ...] = ()
    requests: tuple[Request, ...] = ()
    sessions: tuple[Session, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    actions: tuple[Action, ...] = ()
    findings: tuple[FindingsVersion, ...] = ()
    paused_at: Instant | None = None
    pause_reason: TextRef | None = None
    cancelled_at: Instant | None = None
    cancel_reason: TextRef | None = None
    closed_at: Instant | None = None
    duties_from: Instant | None = later(None)
    """Local duties of before this instant fall at it: the cycle was resumed then, or got other standards."""
    wakes: tuple[Wake, ...] = later(())
    successions: tuple[Succession, ...] = later(())
    called: tuple[Called, ...] = later(())
    """Who stands under which name from the opening on, where the office had announced a succession."""
    slot: SlotNumber | None = later(None)
    """Its place in the programme, where the programme opened it."""
    findings_missed: tuple[date, ...] = later(())
    """The days by which findings were owed and were not published."""
    report: InspectionReport | None = later(None)
    """The inspection report on which comments are owed, where it was opened for one."""
    comments_reminded: tuple[int, ...] = later(())
    """The rungs of the ladder on which the office was reminded of them."""
    comments_missed: date | None = later(None)
    """The day by which they were owed and were not published."""

    @property
    def over(self) -> bool:
        """Whether nothing more can happen: cancelled or closed."""
        return self.cancelled_at is not None or self.closed_at is not None

    def request(self, number: int) -> Request | None:
        """The request of that number, or None."""
        return next((one for one in self.requests if one.number == number), None)

    def session(self, number: int) -> Session | None:
        """The session of that number, or None."""
        return next((one for one in self.sessions if one.number == number), None)

    def action(self, number: str) -> Action | None:
        """The action of that number, or None."""
        return next((one for one in self.actions if one.number == number), None)

    def published(self) -> FindingsVersion | None:
        """The newest published version of the findings, or None."""
        return next((one for one in reversed(self.findings) if one.published_at), None)
