"""Once a day: chain what is not chained yet, sign where all chains stand, and prove what is published.

Every step may be done again; a round that was cut off is finished by the next one.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from engine.sweeps import arrange
from rules.proving import tree
from rules.proving.making import Stand, checkpoint, due, proof
from rules.proving.signing import Signer, digest
from schemas.chain import Line
from schemas.proving import Checkpointed, Erasure, Head, HeadAt, Signed
from workflows.proving import CheckpointLedgerWorkflow

log = logging.getLogger("answerable.ledger")
HOURS = (0, 6, 12, 18)
"""In London: the first makes the day's checkpoint, the others make it up where that one could not."""
MINUTE = 20
CATCH_UP = timedelta(hours=6)
NO_KEY = "No key is set, so no checkpoint was signed. Set ANSWERABLE_LEDGER_KEY_FILE: docs/ledger.md."
AT_ONCE = 50


class KeepsCheckpoints(Protocol):
    """Where chains and checkpoints are."""

    async def chain_what_stands(self) -> int:
        """Chain every entry that is not; how many."""
        ...

    async def where_all_stand(self) -> tuple[datetime, list[Head]]:
        """The head of every chain, and as of when."""
        ...

    async def erasures(self) -> list[Erasure]:
        """What was ever erased, oldest first."""
        ...

    async def noted_heads(self) -> dict[str, HeadAt]:
        """How far each chain was at the newest checkpoint that noted it."""
        ...

    async def checkpoints(self, most: int | None = None, skip: int = 0) -> list[Signed]:
        """Checkpoints, the newest first."""
        ...

    async def keep_checkpoint(
        self, signed: Signed, digest: str, moved: Sequence[Head], publics: Mapping[str, str]
    ) -> bool:
        """Keep a checkpoint; False where another took its number."""
        ...

    async def unproved(self) -> list[str]:
        """Published cycles that have moved on since their proof."""
        ...

    async def lines(self, chains: Sequence[str]) -> dict[str, list[Line]]:
        """The lines of some chains."""
        ...

    async def keep_proof(self, chain: str, checkpoint: int, proof: dict[str, Any]) -> None:
        """Keep what proves one chain."""
        ...


class Checkpointing:
    """Makes the checkpoint of the day."""

    def __init__(
        self, keeps: KeepsCheckpoints, signers: Sequence[Signer], office: str, now: Callable[[], datetime]
    ) -> None:
        self._keeps = keeps
        self._signers = tuple(signers)
        self._office = office
        self._now = now

    async def round(self) -> Checkpointed:
        """The checkpoint of today, made now or before, and the proofs that follow from the newest one."""
        chained = await self._keeps.chain_what_stands()
        before = next(iter(await self._keeps.checkpoints(1)), None)
        made = due(before, self._now())
        if made and not self._signers:
            log.warning(NO_KEY)
            return Checkpointed(number=_number(before), chained=chained, why=NO_KEY)
        newest = await self._make(before) if made else before
        if newest:
            await self._prove(newest)
        return Checkpointed(number=_number(newest), made=made, chained=chained)

    async def _make(self, before: Signed | None) -> Signed | None:
        at, heads = await self._keeps.where_all_stand()
        noted = await self._keeps.noted_heads()
        moved = [one for one in heads if one.chain not in noted or one.length > noted[one.chain].length]
        for one in heads:
            if one.chain in noted and one.length < noted[one.chain].length:
                log.error("%s is shorter than it was: run starter.py ledger verify", one.chain)
        stand = noted | {one.chain: one for one in moved}
        now = Stand(at, list(stand.values()), await self._keeps.erasures())
        signed = checkpoint(now, self._office, before, self._signers)
        publics = {one.id: one.public for one in self._signers}
        known = digest(signed.checkpoint)
        if await self._keeps.keep_checkpoint(signed, known, moved, publics):
            log.info("checkpoint %d over %d chains: %s", signed.checkpoint.number, len(stand), known)
            return signed
        return next(iter(await self._keeps.checkpoints(1)), None)

    async def _prove(self, newest: Signed) -> None:
        """Prove every published cycle that has moved on, from the newest checkpoint."""
        wanted = await self._keeps.unproved()
        if not wanted:
            return
        heads = tree.ordered((await self._keeps.noted_heads()).values())
        grown = tree.levels(heads)
        if tree.root(grown).hex() != newest.checkpoint.root:
            log.error("what is noted does not come to the newest checkpoint: run starter.py ledger verify")
            return
        places = {one.chain: at for at, one in enumerate(heads)}
        for start in range(0, len(wanted), AT_ONCE):
            found = await self._keeps.lines(wanted[start : start + AT_ONCE])
            for chain, lines in found.items():
                at = places[chain]
                made = proof(heads[at], lines, at, tree.path(grown, at), newest.checkpoint.number)
                await self._keeps.keep_proof(chain, newest.checkpoint.number, made)


def _number(signed: Signed | None) -> int | None:
    return signed.checkpoint.number if signed else None


def schedule_id(queue: str) -> str:
    """The name of the schedule for the workers of a queue."""
    return f"checkpoint-ledger/{queue}"


async def arrange_checkpoints(client: Client, queue: str) -> None:
    """Make the schedule, or bring it to what it is to be. May be repeated, by several at once."""
    name = schedule_id(queue)
    hours = tuple(ScheduleRange(hour) for hour in HOURS)
    wanted = Schedule(
        action=ScheduleActionStartWorkflow(CheckpointLedgerWorkflow.run, id=name, task_queue=queue),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=hours, minute=(ScheduleRange(MINUTE),))],
            time_zone_name="Europe/London",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
    await arrange(client, name, wanted)
