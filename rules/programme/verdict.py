"""What a command to a programme comes to."""

from typing import TypeVar

from schemas.outcomes import Refused
from schemas.programme import Programme, Proposal, Slot
from schemas.programme.events import AnyProgrammeEvent
from schemas.shape import Shape

Found = TypeVar("Found", Slot, Proposal)


class ProgrammeAllowed(Shape):
    """The events that a command makes; none where it changes nothing.

    Source: process.events
    """

    events: tuple[AnyProgrammeEvent, ...]


ProgrammeDecision = ProgrammeAllowed | Refused


def refuse(code: str, message: str, field: str | None = None) -> Refused:
    """A refusal by the office's own rules for its programme.

    Source: local.programme
    """
    return Refused(code=code, message=message, source="local.programme", field=field)


def slot_of(programme: Programme, number: str) -> Slot | Refused:
    """The slot of a number; a refusal where there is none.

    Source: process.wrong-input
    """
    return programme.slot(number) or refuse(
        "no_such_slot",
        f"The programme has no cycle {number}. Its cycles are numbered by year, such as 2026/03.",
        "slot",
    )


def waiting_slot(programme: Programme, number: str) -> Slot | Refused:
    """The slot of a number that is still to be opened; a refusal where it was opened or dropped.

    Source: process.wrong-input
    """
    slot = slot_of(programme, number)
    if isinstance(slot, Refused) or slot.waiting:
        return slot
    if slot.state == "opened":
        return refuse(
            "slot_opened",
            f"{number} was opened as {slot.cycle}. Change it on the page of that cycle.",
            "slot",
        )
    return refuse(
        "slot_dropped",
        f"{number} was taken out of the programme. Put it in anew, under a number of its own.",
        "slot",
    )


def next_numbers(programme: Programme, year: int, count: int) -> tuple[str, ...]:
    """The next free numbers of a year. A number is never given twice.

    Source: local.programme
    """
    taken = len(programme.in_year(year))
    return tuple(f"{year}/{taken + place:02d}" for place in range(1, count + 1))
