"""Commands about sessions: fixed, prepared, held, and what is said and voted in them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.commands.base import Command, ForSession
from schemas.evidence import Item
from schemas.sessions import AgendaItem, Asker, Assurance, SessionDraft
from schemas.shape import Instant, MeetingRef, Slug, TextRef, later


class FixSession(Command):
    """Fix the day, hour and forum of a session."""

    kind: Literal["FixSession"] = "FixSession"
    session: SessionDraft


class MoveSession(ForSession):
    """Move a session; every date planned backwards from it moves too."""

    kind: Literal["MoveSession"] = "MoveSession"
    starts_at: Instant
    reason: TextRef
    confirmed: bool = False
    """Confirms a day on which nobody usually works."""
    urgency: TextRef | None = later(None)
    """The chair's reason, where the new day leaves no time for the notice that is owed."""
    meeting: MeetingRef | None = later(None)
    """The meeting that it becomes part of, at the hour of the meeting's other sessions."""


class CancelSession(ForSession):
    """Call a session off; what was planned backwards from it waits for another."""

    kind: Literal["CancelSession"] = "CancelSession"
    reason: TextRef


class PublishAgenda(ForSession):
    """Give notice of the session with its agenda. Late is recorded, with the chair's reason."""

    kind: Literal["PublishAgenda"] = "PublishAgenda"
    items: Annotated[tuple[AgendaItem, ...], Field(max_length=100)]
    urgency: TextRef | None = None


class PublishPapers(ForSession):
    """Open the papers of the session to those who may read them. Late is recorded."""

    kind: Literal["PublishPapers"] = "PublishPapers"
    papers: Annotated[tuple[Item, ...], Field(max_length=60)]
    urgency: TextRef | None = None


class RecordAttendance(ForSession):
    """Who was there: with this the session has been held."""

    kind: Literal["RecordAttendance"] = "RecordAttendance"
    present: tuple[Slug, ...]
    apologies: tuple[Slug, ...] = ()
    held_at: Instant | None = None
    chair: Slug | None = later(None)
    members: tuple[Slug, ...] = later(())
    """The seats of the forum that were held on that day, by their ids: the membership then in force."""
    members_present: tuple[Slug, ...] = later(())
    """Those of them who were there; they make the quorum."""


class DeclareInterest(ForSession):
    """Somebody at the session declares a conflict of interest; who leaves the room does not vote."""

    kind: Literal["DeclareInterest"] = "DeclareInterest"
    person: Slug
    what: TextRef
    item: Annotated[int, Field(ge=1)] | None = None
    """The agenda item that it touches; the whole session where none is named."""
    leaves: bool = True


class AskQuestion(ForSession):
    """Put a question: the Commissioner's, a member's, or the public's before the cut-off."""

    kind: Literal["AskQuestion"] = "AskQuestion"
    question: TextRef
    asked_by: Asker = "commissioner"
    request: Annotated[int, Field(ge=1)] | None = None
    """The item that it is about, where it is about one."""
    received_at: Instant | None = None
    """When a question of the public came in; now where nothing else is said."""
    allowed_late: TextRef | None = None
    """The chair's reason to take a public question that came after the cut-off."""


class RecordAnswer(ForSession):
    """What was answered, by whom; or that the answer will be given in writing by a day."""

    kind: Literal["RecordAnswer"] = "RecordAnswer"
    question: Annotated[int, Field(ge=1)]
    answer: TextRef
    by: Slug | None = None
    in_writing_by: date | None = None


class JudgeAssurance(ForSession):
    """How assured the Commissioner is on one request's item, and why."""

    kind: Literal["JudgeAssurance"] = "JudgeAssurance"
    request: Annotated[int, Field(ge=1)]
    judgement: Assurance
    reasons: TextRef


class ConfirmAssurance(ForSession):
    """The Commissioner confirms a judgement that an officer recorded."""

    kind: Literal["ConfirmAssurance"] = "ConfirmAssurance"
    request: Annotated[int, Field(ge=1)]


class RecordVote(ForSession):
    """A vote of the forum, counted, with the membership then in force."""

    kind: Literal["RecordVote"] = "RecordVote"
    question: TextRef
    rule: Slug
    """The majority that it needs, such as `panel-decision`."""
    members: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=60)]
    """The seats that were held at that moment, by their ids."""
    votes_for: Annotated[int, Field(ge=0, le=60)]
    votes_against: Annotated[int, Field(ge=0, le=60)] = 0
    abstained: Annotated[int, Field(ge=0, le=60)] = 0
    casting_for: bool | None = None
    """How the chair used a casting vote, where there was a tie and one was used."""
    item: Annotated[int, Field(ge=1)] | None = later(None)
    """The agenda item that it is about: who left for that item does not vote."""
