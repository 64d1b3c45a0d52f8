"""What pages and proposals read about programmes, and about what cycles have asked."""

from datetime import date
from typing import Literal

from schemas.cycle import Judgement, Stage
from schemas.plans import CommitmentKind
from schemas.programme import Ground, Programme
from schemas.sessions import Assurance
from schemas.shape import CommitmentRef, CycleRef, Instant, Shape, SlotNumber, Slug


class ProgrammePage(Shape):
    """A programme with the words of every text that it names."""

    programme: Programme
    words: dict[str, str]

    def say(self, ref: str | None) -> str:
        """The words of a text; empty where there is none."""
        return self.words.get(ref, "") if ref else ""


class AskedFor(Shape):
    """One request of a cycle, and the commitment that it serves, where it names one."""

    number: int
    commitment: CommitmentRef | None = None


class ScrutinyRow(Shape):
    """What one cycle asked about, when it was heard, and how it was judged."""

    reference: CycleRef
    stage: Stage
    theme: Slug
    opened_at: Instant
    commitments: tuple[CommitmentRef, ...]
    held: tuple[Instant, ...] = ()
    requests: tuple[AskedFor, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    open_actions: tuple[date, ...] = ()
    """The days on which its actions are due that nobody has verified yet."""


class Asked(Shape):
    """What all cycles together asked about one commitment, as of a day."""

    commitment: CommitmentRef
    times: int
    """In how many cycles."""
    last: CycleRef
    """The newest of them."""
    last_on: date
    being_asked: bool
    """Whether one of them is still to be heard."""
    judgement: Assurance | None = None
    judged_in: CycleRef | None = None
    overdue_in: CycleRef | None = None
    open_days: tuple[date, ...] = ()
    """The days on which their actions are due that nobody has verified yet, the soonest first."""


class Coverage(Shape):
    """One commitment of the plan, and what has been asked about it."""

    commitment: CommitmentRef
    kind: CommitmentKind
    theme: Slug
    text: str
    times: int
    """In how many cycles."""
    last: CycleRef | None = None
    last_on: date | None = None
    judgement: Assurance | None = None
    """The worst that the newest cycle which judged it came to."""
    judged_in: CycleRef | None = None
    overdue_in: CycleRef | None = None
    """The newest cycle about it with an action that is past its day."""
    planned: SlotNumber | None = None
    """The cycle to come that asks about it."""
    ground: Ground | None = None
    """Why to ask about it in the next programme; None where there is no need."""


class Suggested(Shape):
    """A cycle that a year's proposal suggests, in words; an officer makes a slot of it."""

    title: str
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: str
    because: str
    ground: Ground
    after: CycleRef | None = None
    opens_on: date
    session_at: Instant


class Suggestion(Shape):
    """A year's proposal: its cycles in order, and what could not be placed and why."""

    year: int
    cycles: tuple[Suggested, ...]
    left_out: int = 0
    """Commitments with a ground that found no room."""
    why: str = ""
    """Why fewer cycles are suggested than were asked for; empty where none is missing."""


DiaryState = Literal["stands", "due", "paused", "missing", "other_hour", "not_wanted"]


class DiaryRow(Shape):
    """One opening: when the programme wants it, and when the engine's diary has it."""

    slot: SlotNumber
    wanted: Instant | None = None
    standing: Instant | None = None
    state: DiaryState
    """`due`: its hour has come and it is being opened. `paused`: whoever runs the engine holds it up."""

    @property
    def wrong(self) -> bool:
        """Whether the diary has to be mended."""
        return self.state in ("missing", "other_hour", "not_wanted")
