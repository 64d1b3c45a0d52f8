"""What is written down in one act: entries for the ledger and the cycle as it stands after them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from schemas.boards import BoardRows
from schemas.cycle import Cycle, Stage
from schemas.events import AnyEvent
from schemas.notices import Notice
from schemas.people import Actor
from schemas.shape import CycleRef, Digest, Instant, Marking, Shape, Slug, TextRef, later


class Entry(Shape):
    """One line of the ledger: which cycle, its how-manieth event, when, by whom, and what happened."""

    cycle: CycleRef
    version: Annotated[int, Field(ge=1)]
    at: Instant
    actor: Actor
    key: str
    """The client's command key; for acts of the engine, the name of the duty."""
    content: str
    """The digest of the command, so that a key used twice for different things is noticed."""
    marking: Marking = "OFFICIAL"
    public: bool = False
    event: AnyEvent


class Deadline(Shape):
    """One thing owed: by whom, by when, and what became of it. The boards are made of these."""

    key: str
    what: Literal["return", "action", "session", "notice", "fact_check", "findings", "answer", "comments"]
    number: str
    title: TextRef
    owner: Slug | None
    due_at: Instant
    missed: bool
    done: bool


class Publication(Shape):
    """The public record of one published version, frozen as it was on that day."""

    version: int
    published_at: Instant
    fingerprint: Digest
    facts: dict[str, Any]
    """What `rules.publishing.publication` says is public; the fingerprint is its canonical form's digest."""


class Withdrawal(Shape):
    """What everybody finds at the address instead, once published findings were taken back."""

    at: Instant
    notice: TextRef


class Placeholder(Shape):
    """What everybody reads until a scheduled release: that findings come, and when or on which condition."""

    version: int
    at: Instant | None = None
    condition: TextRef | None = None
    title: TextRef
    notice: TextRef


class Writing(Shape):
    """Entries to append and the rows that follow from them, in one transaction."""

    entries: tuple[Entry, ...]
    cycle: Cycle
    stage: Stage
    deadlines: tuple[Deadline, ...]
    publication: Publication | None = None
    withdrawal: Withdrawal | None = later(None)
    """Set where this act takes back what is published."""
    placeholder: Placeholder | None = later(None)
    """What is shown in place of findings whose release waits; None takes it down."""
    boards: BoardRows | None = later(None)
    """What the boards read; None of writings made before there were any, whose rows are then made later."""
    letters: tuple[Notice, ...] = later(())
    """What has to be told because of this act: left in the out-tray where it is written down."""


class Standing(Shape):
    """What stands in the ledger instead, where another act had been written before: empty if as sent."""

    entries: tuple[Entry, ...] = ()
