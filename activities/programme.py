"""What a programme needs done: its ledger written, its openings put into schedules, its cycles opened."""

from typing import Protocol

from temporalio import activity

from schemas.outcomes import Refused
from schemas.programme.records import Arrangement, Opening, ProgrammeStanding, ProgrammeWriting


class KeepsProgrammes(Protocol):
    """Appends a programme's entries and refreshes its row in one transaction, once, whatever is retried."""

    async def record_programme(self, writing: ProgrammeWriting) -> ProgrammeStanding:
        """What stands there instead, where others came first."""
        ...


class KeepsAppointments(Protocol):
    """Holds one schedule for each cycle that is to be opened."""

    async def arrange(self, wanted: Arrangement) -> None:
        """Make the schedules what is wanted. May be repeated."""
        ...


class OpensSlots(Protocol):
    """Opens the cycle of a slot, once, and has the programme note it."""

    async def open_slot(self, opening: Opening) -> str | Refused:
        """The cycle's reference, or why it cannot be opened. Raises where nobody answers: then again."""
        ...


class ProgrammeLedgerActivities:
    """Writing down a programme's acts; run locally, as a cycle's are."""

    def __init__(self, ledger: KeepsProgrammes) -> None:
        self._ledger = ledger

    @activity.defn
    async def record_programme(self, writing: ProgrammeWriting) -> ProgrammeStanding:
        """Write down one act; idempotent by programme and version."""
        return await self._ledger.record_programme(writing)


class ProgrammeActivities:
    """Schedules and openings."""

    def __init__(self, appointments: KeepsAppointments, opener: OpensSlots) -> None:
        self._appointments = appointments
        self._opener = opener

    @activity.defn
    async def arrange(self, wanted: Arrangement) -> None:
        """Make the schedules what is wanted."""
        await self._appointments.arrange(wanted)

    @activity.defn
    async def open_slot(self, opening: Opening) -> str:
        """What became of it, in words for the engine's own pages."""
        made = await self._opener.open_slot(opening)
        return f"refused: {made.code}" if isinstance(made, Refused) else made
