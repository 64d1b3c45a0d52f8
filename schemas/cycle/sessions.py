"""A session as it stands: its notice, its papers, who was there, what was said, judged and voted."""

from datetime import date

from schemas.clocks import Due
from schemas.evidence import Item
from schemas.people import Actor
from schemas.sessions import AgendaItem, Asker, Assurance, Forum, ForumRules
from schemas.shape import Instant, MeetingRef, Shape, Slug, TextRef, later


class Notice(Shape):
    """What was published before a session, when, whether in time, and why where it was not."""

    at: Instant
    by: Actor
    due: Due | None = None
    """When it was owed; None where the forum owes no notice."""
    late: bool = False
    urgency: TextRef | None = None
    agenda: tuple[AgendaItem, ...] = ()
    papers: tuple[Item, ...] = ()


class Question(Shape):
    """One question and what was answered."""

    number: int
    question: TextRef
    asked_by: Asker
    by: Actor
    at: Instant
    request: int | None = None
    late: bool = False
    """Whether it came after the public's cut-off and the chair allowed it."""
    answer: TextRef | None = None
    answered_by: Slug | None = None
    answered_at: Instant | None = None
    in_writing_by: date | None = None
    promised_for: date | None = later(None)
    """The last day by which an answer in writing was promised; it stays once the answer is given."""


class Interest(Shape):
    """A conflict of interest that was declared."""

    person: Slug
    what: TextRef
    item: int | None = None
    leaves: bool = True


class Vote(Shape):
    """A vote with its count, the membership then in force, and what it came to."""

    number: int
    question: TextRef
    rule: Slug
    members: tuple[Slug, ...]
    votes_for: int
    votes_against: int
    abstained: int
    casting_for: bool | None
    required: int
    carried: bool
    source: str
    by: Actor
    at: Instant
    item: int | None = later(None)


class Session(Shape):
    """One session of the cycle."""

    number: int
    forum: Forum
    starts_at: Instant
    place: TextRef | None = None
    held_at: Instant | None = None
    present: tuple[Slug, ...] = ()
    apologies: tuple[Slug, ...] = ()
    meeting: MeetingRef | None = later(None)
    rules: ForumRules | None = later(None)
    urgency: TextRef | None = later(None)
    agendas: tuple[Notice, ...] = later(())
    """Every agenda that was published, oldest first; the newest is the one that holds."""
    papers: tuple[Notice, ...] = later(())
    chair: Slug | None = later(None)
    members: tuple[Slug, ...] = later(())
    members_present: tuple[Slug, ...] = later(())
    quorate: bool | None = later(None)
    """Whether enough members were there; None where the forum has no quorum."""
    interests: tuple[Interest, ...] = later(())
    questions: tuple[Question, ...] = later(())
    votes: tuple[Vote, ...] = later(())
    cancelled_at: Instant | None = later(None)
    cancel_reason: TextRef | None = later(None)
    notice_missed: tuple[date, ...] = later(())
    """The days by which notice was owed and was not given."""
    recorded_at: Instant | None = later(None)
    """When the office recorded that it was held."""

    @property
    def coming(self) -> bool:
        """Whether it is still to be held."""
        return self.held_at is None and self.cancelled_at is None

    def question(self, number: int) -> Question | None:
        """The question of that number, or None."""
        return next((one for one in self.questions if one.number == number), None)


class Judgement(Shape):
    """How assured the Commissioner is on one request's item."""

    session: int
    request: int
    judgement: Assurance
    reasons: TextRef
    by: Actor
    at: Instant
    confirmed_by: Actor | None = later(None)
    """The Commissioner who made it their own; None while only an officer recorded it."""
