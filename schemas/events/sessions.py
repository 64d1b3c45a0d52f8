"""What happened to sessions: fixed, noticed, held, asked, answered, judged, voted."""

from datetime import date
from typing import Literal

from schemas.changes import MovedDue, PlannedRequest
from schemas.clocks import Due
from schemas.evidence import Item
from schemas.sessions import AgendaItem, Asker, Assurance, SessionDraft
from schemas.shape import Instant, MeetingRef, Shape, Slug, TextRef, later


class SessionFixed(Shape):
    kind: Literal["SessionFixed"] = "SessionFixed"
    session: int
    draft: SessionDraft
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()


class SessionMoved(Shape):
    kind: Literal["SessionMoved"] = "SessionMoved"
    session: int
    starts_at: Instant
    was: Instant
    reason: TextRef
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()
    urgency: TextRef | None = later(None)
    meeting: MeetingRef | None = later(None)
    """The meeting that it became part of; None where it stays as it was."""


class SessionHeld(Shape):
    kind: Literal["SessionHeld"] = "SessionHeld"
    session: int
    held_at: Instant
    present: tuple[Slug, ...]
    apologies: tuple[Slug, ...] = ()
    chair: Slug | None = later(None)
    members: tuple[Slug, ...] = later(())
    members_present: tuple[Slug, ...] = later(())
    quorum: int | None = later(None)
    """How many members make a quorum of those then in force; None where the forum has none."""
    quorate: bool | None = later(None)


class AssuranceJudged(Shape):
    kind: Literal["AssuranceJudged"] = "AssuranceJudged"
    session: int
    request: int
    judgement: Assurance
    reasons: TextRef


class SessionCancelled(Shape):
    """Called off; the due days that were planned backwards from it follow another session, or wait."""

    kind: Literal["SessionCancelled"] = "SessionCancelled"
    session: int
    reason: TextRef
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()


class AgendaPublished(Shape):
    kind: Literal["AgendaPublished"] = "AgendaPublished"
    session: int
    items: tuple[AgendaItem, ...]
    due: Due | None = None
    late: bool = False
    urgency: TextRef | None = None


class PapersPublished(Shape):
    kind: Literal["PapersPublished"] = "PapersPublished"
    session: int
    papers: tuple[Item, ...]
    due: Due | None = None
    late: bool = False
    urgency: TextRef | None = None


class InterestDeclared(Shape):
    kind: Literal["InterestDeclared"] = "InterestDeclared"
    session: int
    person: Slug
    what: TextRef
    item: int | None = None
    leaves: bool = True


class QuestionAsked(Shape):
    kind: Literal["QuestionAsked"] = "QuestionAsked"
    session: int
    question: int
    text: TextRef
    asked_by: Asker
    request: int | None = None
    received_at: Instant
    late: bool = False
    allowed_late: TextRef | None = None


class AnswerRecorded(Shape):
    kind: Literal["AnswerRecorded"] = "AnswerRecorded"
    session: int
    question: int
    answer: TextRef
    by: Slug | None = None
    in_writing_by: date | None = None


class AssuranceConfirmed(Shape):
    kind: Literal["AssuranceConfirmed"] = "AssuranceConfirmed"
    session: int
    request: int


class VoteRecorded(Shape):
    """A vote, with the membership then in force, what it needed, and whether it was carried."""

    kind: Literal["VoteRecorded"] = "VoteRecorded"
    session: int
    vote: int
    question: TextRef
    rule: Slug
    members: tuple[Slug, ...]
    votes_for: int
    votes_against: int
    abstained: int
    casting_for: bool | None = None
    required: int
    carried: bool
    source: str
    item: int | None = later(None)
