"""An office whose programme is begun, and one with a year put in."""

import pytest

from rules.clocks import civil
from schemas.people import ENGINE
from schemas.programme import SlotDraft
from schemas.programme.commands import AnyProgrammeCommand, NoteOpened
from schemas.programme.records import ProgrammeReceipt
from tests import programme as p
from tests import scenario as s
from tests.web.conftest import house
from tests.web.house import NOW, House

__all__ = ["house"]
YEAR = 2026
TODAY = civil(NOW)


async def done(house: House, command: AnyProgrammeCommand) -> ProgrammeReceipt:
    """Send a command that must be accepted."""
    house.memory.words |= p.WORDS.kept
    outcome = await house.programme.send(command, p.WORDS)
    assert isinstance(outcome, ProgrammeReceipt), outcome
    return outcome


def drafts() -> tuple[SlotDraft, ...]:
    """Three cycles of this year, one after the other."""
    return tuple(
        p.draft(p.working(TODAY, 5 + 12 * place), commitment=f"SWM-REASSURE-0{4 + place}", title=s.say(title))
        for place, title in enumerate(("Violence", "Contact", "Custody"))
    )


@pytest.fixture
async def begun(house: House) -> House:
    """A programme without a year."""
    await done(house, p.begin())
    house.programme.sent.clear()
    return house


@pytest.fixture
async def planned(begun: House) -> House:
    """A programme with three cycles proposed for this year."""
    await done(begun, p.propose(*drafts(), year=YEAR))
    begun.programme.sent.clear()
    return begun


@pytest.fixture
async def adopted(planned: House) -> House:
    """The same, adopted."""
    await done(planned, p.adopt(YEAR))
    planned.programme.sent.clear()
    return planned


def opened(slot: str, cycle: str = "HTA-2026-09") -> NoteOpened:
    """The engine notes that a slot's cycle was opened, in time."""
    return NoteOpened(
        programme=p.REF,
        key=f"opened-{slot[-2:]}",
        actor=ENGINE,
        slot=slot,
        cycle=cycle,
        planned_at=NOW,
    )
