"""The intake: an event from outside is kept once, the rules are asked once, and the programme is told once.

Whatever stops between those steps, the next delivery of the same event or the next round goes on from there.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from engine.triggering import KnowsAround, decided
from rules.outside.naming import digest_of, key_of, reused
from rules.outside.saying import NO_PROGRAMME, NOT_YET, became
from rules.outside.taking import not_carried_out
from schemas.outcomes import NotKnownYet, Refused
from schemas.outside import Became, OutsideEvent, OutsideRow, Taken, Via
from schemas.people import ENGINE
from schemas.programme import Programme, SlotDraft
from schemas.programme.commands import AnyProgrammeCommand, Proposed, TakeOutside
from schemas.programme.events import OutsideTaken
from schemas.programme.records import ProgrammeEntry, ProgrammeReceipt
from schemas.shape import Words

log = logging.getLogger("answerable.outside")
TRIES = 3
"""A cycle that should open, then a proposal, then nothing: what a refusal leads to."""


class KeepsOutside(Protocol):
    """Keeps events from outside, each once."""

    async def keep_outside(self, event: OutsideEvent, digest: str, via: Via) -> OutsideRow:
        """Keep an event, or count one more delivery."""
        ...

    async def decide_outside(self, event: OutsideEvent, decision: Taken, instead_of: Taken | None) -> Taken:
        """Keep what the rules said, unless somebody kept something first; what is kept."""
        ...

    async def settle_outside(self, event: OutsideEvent, decision: Taken, receipt: ProgrammeReceipt) -> None:
        """Note what became of an event."""
        ...

    async def wait_outside(self, event: OutsideEvent, why: str) -> None:
        """Note why an event was not taken yet."""
        ...


class KnowsOffice(KnowsAround, Protocol):
    """What the intake has to know."""

    async def outside_event(self, source: str, event: str) -> OutsideRow | None:
        """One event as it stands."""
        ...

    async def programmes(self) -> list[Programme]:
        """Every programme, the first first."""
        ...

    async def programme_entries(self, reference: str, key: str | None = None) -> tuple[ProgrammeEntry, ...]:
        """The entries of a programme under a key."""
        ...


class TellsProgramme(Protocol):
    """Where commands to the programme are handed in."""

    async def send(
        self, command: AnyProgrammeCommand, words: Words | None = None
    ) -> ProgrammeReceipt | Refused | NotKnownYet:
        """Hand in a command; the same one any number of times is carried out once."""
        ...


class Intake:
    """Takes events in. It holds no state of its own: two processes may take the same event at once."""

    def __init__(
        self,
        keeping: KeepsOutside,
        office: KnowsOffice,
        programme: TellsProgramme,
        now: Callable[[], datetime],
    ) -> None:
        self._keeping = keeping
        self._office = office
        self._programme = programme
        self._now = now

    async def take(self, event: OutsideEvent, via: Via) -> Became | Refused:
        """Take an event in: what became of it, now or when it was here before.

        An event that says something else than an earlier one of the same source and id is refused.
        """
        digest = digest_of(event)
        row = await self._keeping.keep_outside(event, digest, via)
        if row.digest != digest:
            return reused(event)
        again = row.deliveries > 1
        return became(await self.take_up(row) if row.state == "waiting" else row, again=again)

    async def take_up(self, row: OutsideRow) -> OutsideRow:
        """Hand an event that was kept to the programme; as it stands after that."""
        event = row.event
        programmes = await self._office.programmes()
        if not programmes:
            await self._keeping.wait_outside(event, NO_PROGRAMME)
            return row.model_copy(update={"waits_for": NO_PROGRAMME})
        decision = row.decision or await decided(event, self._office, self._now(), programmes[0])
        if row.decision is None:
            decision = await self._keeping.decide_outside(event, decision, None)
        await self._handed_in(event, decision, programmes[0])
        return await self._office.outside_event(event.source, event.id) or row

    async def _handed_in(self, event: OutsideEvent, decision: Taken, programme: Programme) -> None:
        refused = ""
        for _ in range(TRIES):
            words = Words()
            command = taking(event, decision, programme.reference, words)
            answer = await self._sent(command, words)
            if isinstance(answer, NotKnownYet):
                await self._keeping.wait_outside(event, NOT_YET)
                return
            if isinstance(answer, ProgrammeReceipt):
                await self._keeping.settle_outside(event, carried_out(decision, answer), answer)
                return
            if stood := await self._standing(command, decision):
                await self._keeping.settle_outside(event, *stood)
                return
            refused = answer.message
            instead = not_carried_out(decision, answer)
            decision = await self._keeping.decide_outside(event, instead, decision)
        await self._keeping.wait_outside(event, f"The programme refuses it: {refused}")

    async def _sent(self, command: TakeOutside, words: Words) -> ProgrammeReceipt | Refused | NotKnownYet:
        try:
            return await self._programme.send(command, words)
        except RuntimeError as gone:  # so says a client that never reached the engine since it began
            log.warning("The engine cannot be reached: %s", gone)
            return NotKnownYet(cycle=command.programme, key=command.key)

    async def _standing(self, command: TakeOutside, ours: Taken) -> tuple[Taken, ProgrammeReceipt] | None:
        """What stands in the programme's ledger for an event that another process handed in first."""
        entries = await self._office.programme_entries(command.programme, command.key)
        line = next((one.event for one in entries if isinstance(one.event, OutsideTaken)), None)
        if line is None:
            return None
        receipt = ProgrammeReceipt(
            programme=command.programme,
            version=entries[-1].version,
            at=entries[0].at,
            happened=tuple(one.event.kind for one in entries),
            slots=(line.slot,) if line.slot else (),
            proposal=line.proposal,
        )
        return ours.model_copy(update={"outcome": line.outcome, "rule": line.rule}), receipt


def carried_out(decision: Taken, receipt: ProgrammeReceipt) -> Taken:
    """The decision as the programme carried it out: where a cycle clashed, it waits for an officer."""
    clashed = decision.outcome == "opens" and receipt.proposal is not None
    return decision.model_copy(update={"outcome": "proposed"}) if clashed else decision


def taking(event: OutsideEvent, decision: Taken, programme: str, words: Words) -> TakeOutside:
    """The command that tells the programme of an event and of what the rules made of it."""
    because = words.ref(decision.because)
    proposed = draft = None
    if decision.makes:
        made = decision.makes
        proposed = Proposed(
            title=words.ref(made.title),
            theme=made.theme,
            commitments=made.commitments,
            question=words.ref(made.question),
            cycle_kind=made.cycle_kind,
        )
    if proposed and decision.outcome == "opens" and decision.officer and decision.opens_on:
        draft = SlotDraft(
            **proposed.model_dump(),
            officer=decision.officer,
            opens_on=decision.opens_on,
            session_at=decision.session_at,
            ground="outside",
            because=because,
        )
    return TakeOutside(
        programme=programme,
        key=key_of(event),
        actor=ENGINE,
        event=event.name,
        event_type=event.type,
        outcome=decision.outcome,
        rule=decision.rule,
        rules_edition=decision.rules_edition,
        because=because,
        proposed=None if draft else proposed,
        opens=draft,
        cycle=decision.told[0].cycle if decision.told else None,
    )
