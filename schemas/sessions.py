"""Sessions: when questions are put, in which forum, by which of its rules, and what is said."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Hour
from schemas.shape import ActionNumber, CycleRef, Instant, MeetingRef, Shape, Slug, TextRef, later

Forum = Literal["holding_to_account", "panel", "governance_board", "victims_board", "audit_committee"]

Assurance = Literal["assured", "partly_assured", "not_assured"]
"""How assured the Commissioner is by what was given and said."""

SourceMark = Literal["verified", "partly", "not_verified"]


class Seat(Shape):
    """One seat of a forum, held from a day to a day; both days belong to it."""

    id: Slug
    title: str
    from_on: date
    to_on: date | None = None


class ForumRules(Shape):
    """A forum's own rules when a session was fixed. They travel with it, so no change reaches back."""

    id: Forum
    title: str
    notice_days: Annotated[int, Field(ge=0, le=60)]
    """Clear days between the day of the notice and the day of the meeting; 0 where none is owed."""
    notice_source: str
    notice_mark: SourceMark
    statutory: bool = False
    """Whether the notice is law. Elsewhere it is the office's own standard."""
    quorum: Slug | None = None
    """The majority rule that says how many make a quorum; None where the forum has none."""
    votes_by: tuple[Slug, ...] = ()
    """The majority rules that the forum may vote by; empty where it does not vote."""
    public_questions: bool = False
    """Whether the public may ask, up to 09:00 on the working day before."""
    in_public: bool = False
    cutoff_days: Annotated[int, Field(ge=0, le=20)] = later(1)
    """Working days before the meeting by which the public's questions are in."""
    cutoff_hour: Hour = later("09:00")


class OfficeForum(Shape):
    """A forum as an office has it: its rules, and who sits in it from when to when."""

    rules: ForumRules
    seats: tuple[Seat, ...] = ()
    own_cutoff: bool = False
    """Whether it has a cut-off of its own for the public's questions; else the office's window holds."""


class SessionDraft(Shape):
    """A session as it is being fixed. `confirmed` allows a day on which nobody usually works."""

    forum: Forum = "holding_to_account"
    starts_at: Instant
    place: TextRef | None = None
    confirmed: bool = False
    meeting: MeetingRef | None = later(None)
    """The meeting that this session is part of, where several cycles share one."""
    rules: ForumRules | None = later(None)
    urgency: TextRef | None = later(None)
    """The chair's reason, where the day leaves no time for the notice that is owed."""


AgendaWhy = Literal["due", "not_returned", "slipped", "overdue", "not_assured", "asked_by_public", "standing"]
"""Why something is on the agenda: what is due, what was not returned, what slipped, what is overdue."""


class AgendaItem(Shape):
    """One item of an agenda, in the order in which it is taken."""

    number: Annotated[int, Field(ge=1)]
    title: TextRef
    why: AgendaWhy = "due"
    cycle: CycleRef | None = None
    request: int | None = None
    action: ActionNumber | None = None
    question: int | None = None


Asker = Literal["commissioner", "member", "public"]
"""Who puts a question: the Commissioner, a member of the forum, or somebody from the public."""
