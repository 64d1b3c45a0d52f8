"""What a programme writes down, what its runs carry on, and what becomes of a command to it."""

from typing import Annotated

from pydantic import Field

from schemas.people import Actor
from schemas.programme import Programme
from schemas.programme.events import AnyProgrammeEvent
from schemas.shape import Instant, Marking, ProgrammeRef, Shape, SlotNumber


class ProgrammeEntry(Shape):
    """One line of a programme's ledger."""

    programme: ProgrammeRef
    version: Annotated[int, Field(ge=1)]
    at: Instant
    actor: Actor
    key: str
    content: str
    marking: Marking = "OFFICIAL"
    event: AnyProgrammeEvent


class ProgrammeWriting(Shape):
    """Entries to append and the programme as it stands after them, in one transaction."""

    entries: tuple[ProgrammeEntry, ...]
    programme: Programme


class ProgrammeStanding(Shape):
    """What stands in the ledger instead, where another act had been written before: empty if as sent."""

    entries: tuple[ProgrammeEntry, ...] = ()


class ProgrammeReceipt(Shape):
    """The answer to an accepted command: it is in the programme's ledger and the next read shows it."""

    programme: ProgrammeRef
    version: int
    at: Instant
    happened: tuple[str, ...]
    slots: tuple[SlotNumber, ...] = ()
    """The slots that were made, moved, adopted or opened."""
    proposal: int | None = None


class ProgrammeAnswered(Shape):
    """A key that has been answered, what it was for, and the answer."""

    content: str
    receipt: ProgrammeReceipt


class Opening(Shape):
    """A slot's appointment with the engine's schedules."""

    programme: ProgrammeRef
    slot: SlotNumber
    planned_at: Instant
    """When its cycle opens, by the programme's own clock."""
    at: Instant
    """The same by the true clock, which only a demonstration's is behind."""
    demonstration: bool = False
    """Whether the cycle's clock is set to the planned instant, whenever it is really opened."""


class Arrangement(Shape):
    """What the schedules have to become: openings to arrange, and slots whose schedule goes."""

    openings: tuple[Opening, ...] = ()
    gone: tuple[SlotNumber, ...] = ()
    programme: ProgrammeRef


class ProgrammeStart(Shape):
    """The start of a run: only a reference at first, the whole state when it continues."""

    reference: ProgrammeRef
    programme: Programme | None = None
    answered: dict[str, ProgrammeAnswered] = Field(default_factory=dict)
    arranged: tuple[Opening, ...] = ()
    """The openings that stand as schedules."""
