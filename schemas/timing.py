"""How a cycle ran: when each step was entered and left, who held it, and how long answers took."""

from datetime import date
from typing import Literal

from schemas.cycle import Stage
from schemas.shape import CycleRef, Instant, Shape, Slug

Step = Literal["question", "evidence", "review", "meeting", "decision", "publish", "actions"]
STEPS: tuple[Step, ...] = ("question", "evidence", "review", "meeting", "decision", "publish", "actions")
"""The seven steps under which the stages are shown, in their order."""

STEP_OF: dict[Stage, Step | None] = {
    "planned": "question",
    "gathering": "evidence",
    "reviewing": "review",
    "scheduled": "meeting",
    "held": "decision",
    "drafting": "decision",
    "checking": "publish",
    "sign_off": "publish",
    "published": "actions",
    "following_up": "actions",
    "closed": None,
    "cancelled": None,
}

Holder = Literal["office", "force", "commissioner", "panel", "nobody"]
"""On whose desk a cycle lies: whose act it waits for. `nobody`: it is over."""
HOLDERS: tuple[Holder, ...] = ("office", "force", "commissioner", "panel")


class Stretch(Shape):
    """A stretch of time and how long it was."""

    from_at: Instant
    to_at: Instant | None = None
    """None while it lasts."""
    days: int | None = None
    """Working days; None while it lasts, and where no calendar reaches."""


class AtStep(Stretch):
    """A stretch in one step. A cycle that was sent back comes to a step twice."""

    step: Step


class HeldBy(Stretch):
    """A stretch in which one side had to act."""

    holder: Holder


class AskedSpell(Stretch):
    """A stretch in which one request lay with one side."""

    request: int
    holder: Literal["force", "office"]
    due_at: Instant | None = None
    """By when the force owed it; moved where more time was granted."""
    late_days: int = 0
    """Working days past that, where it was or is the force's."""


class Answered(Shape):
    """Whether a request was answered in time: its first full return, or its silence once it was due."""

    request: int
    lead: Slug
    due_on: date | None
    due_quarter: date | None = None
    """The first day of the quarter in which it was owed."""
    returned_on: date | None
    late_days: int
    """Working days late; 0 in time."""
    late: bool


class Ahead(Shape):
    """What the engine has to do next in a cycle, up to `version` of its ledger."""

    cycle: CycleRef
    version: int
    kind: str = ""
    at: Instant | None = None
    """By the true clock; None where nothing falls to the engine any more."""


class Run(Shape):
    """How one cycle ran up to `version` of its ledger."""

    cycle: CycleRef
    version: int
    kind: Slug
    year: int
    """The programme year in which it was opened."""
    opened_at: Instant
    published_at: Instant | None = None
    published_days: int | None = None
    """Working days from its opening to its first published findings."""
    published_quarter: date | None = None
    """The first day of the quarter in which they came out."""
    published_late: int | None = None
    """Working days between the day by which findings were owed and their publication; 0 in time."""
    steps: tuple[AtStep, ...] = ()
    held: tuple[HeldBy, ...] = ()
    asked: tuple[AskedSpell, ...] = ()
    answered: tuple[Answered, ...] = ()
    sent_back: int = 0
    more_time: int = 0
    cancelled: bool = False

    def step_days(self, step: Step) -> int | None:
        """Working days that were spent in a step, all visits together; None where none has ended."""
        found = [one.days for one in self.steps if one.step == step and one.days is not None]
        return sum(found) if found else None

    def holder_days(self, holder: Holder) -> int:
        """Working days that one side held the cycle, as far as they have ended."""
        return sum(one.days or 0 for one in self.held if one.holder == holder)
