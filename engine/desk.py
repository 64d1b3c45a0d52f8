"""The Desk: where every door hands in its commands, and gets a receipt, a refusal, or "not known yet"."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from engine.bodies import KnowsBodies, check_bodies
from engine.carried import KnowsForums, check_carried
from engine.clock import true_now
from engine.drafts import check_findings
from engine.files import KnowsScans
from engine.meetings import KnowsMeetings, check_meeting
from engine.waking import woken
from reference.catalogue import sources
from reference.forums import forums as shipped_forums
from reference.working import edition_for, working_calendar
from rules.acting.appointments import FOR_OWNERS, check_actor, check_basis, check_owner
from rules.acting.authority import may
from rules.acting.of_the_force import FOR_CERTIFIERS, check_force
from rules.answering import remembered, reused, update_id
from rules.clocks import civil
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.doorway import check_command, check_words
from rules.law.elections import Freeze
from rules.meeting.forums import Forums
from schemas.commands import AnyCommand, OpenCycle
from schemas.outcomes import Decision, NotKnownYet, Outcome, Receipt, Refused
from schemas.people import Person
from schemas.records import Entry
from schemas.running import NEWEST, CycleStart
from schemas.shape import Words
from workflows.cycle import CycleWorkflow

WOKEN_AT_MOST = 5
"""How often the run of a closed cycle is started for one act."""
ENDED = frozenset({RPCStatusCode.NOT_FOUND, RPCStatusCode.ABORTED, RPCStatusCode.FAILED_PRECONDITION})
NEVER_ANSWERED = frozenset({"AcceptedUpdateCompletedWorkflow"})


class KeepsWords(Protocol):
    """Keeps what commands name before they name it."""

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep texts under their references."""
        ...

    async def allot(self, key: str, kind: str, year: int) -> int:
        """The next number of a kind in a year; the same key gets the same number."""
        ...


class Directory(KnowsForums, KnowsMeetings, KnowsBodies, KnowsScans, Protocol):
    """What the doorway has to know."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries that stand in a cycle's ledger, under one key or all."""
        ...


class Desk:
    """Hands commands to the engine. One Desk a process; it holds no state of its own."""

    def __init__(
        self,
        client: Client,
        queue: str,
        keeping: KeepsWords,
        directory: Directory,
        *,
        patience: timedelta = timedelta(seconds=15),
        demonstration: bool = False,
        forums: Forums | None = None,
        periods: tuple[Freeze, ...] | None = None,
        unscanned_open: bool = False,
    ) -> None:
        self._client = client
        self._queue = queue
        self._keeping = keeping
        self._directory = directory
        self._patience = patience
        self._demonstration = demonstration
        self._forums = shipped_forums() if forums is None else forums
        self._periods = periods
        self._unscanned_open = unscanned_open

    async def cycle_reference(self, key: str, year: int) -> str:
        """The reference that a cycle opened under this key gets, such as `HTA-2026-07`."""
        return f"HTA-{year}-{await self._keeping.allot(key, 'cycle', year):02d}"

    async def meeting_reference(self, key: str, year: int) -> str:
        """The reference that a meeting made under this key gets, such as `MTG-2026-04`."""
        return f"MTG-{year}-{await self._keeping.allot(key, 'meeting', year):02d}"

    async def action_number(self, key: str, year: int) -> str:
        """The number that an action proposed under this key gets, such as `2026/015`."""
        return f"{year}/{await self._keeping.allot(key, 'action', year):03d}"

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand in a command: a receipt once it is durable and visible, or a refusal with its reason.

        The same command with the same key may be sent any number of times and is carried out once.
        """
        texts = words.kept if words else {}
        if refused := check_words(texts) or await self._check(command):
            return await self._standing(command) or refused
        await self._keeping.keep_words(texts)
        try:
            if isinstance(command, OpenCycle):
                return await self._open(command)
            handle = self._client.get_workflow_handle(command.cycle)
            return await handle.execute_update(
                CycleWorkflow.act, command, id=update_id(command), rpc_timeout=self._patience
            )
        except WorkflowUpdateFailedError as failed:
            return _refused(failed)
        except (
            WorkflowUpdateRPCTimeoutOrCancelledError,
            RPCError,
            RuntimeError,  # what a client raises that has never reached the engine
            WorkflowAlreadyStartedError,
        ) as unanswered:
            return await self._unanswered(command, unanswered)

    async def preview(self, command: AnyCommand) -> Decision:
        """What a command would do now, from the record as it can be read; nothing is written."""
        page = await self._directory.cycle(command.cycle)
        cycle = page.cycle if page else None
        calendar = working_calendar(edition_for(command, cycle))
        if isinstance(calendar, Refused):
            return calendar if cycle or isinstance(command, OpenCycle) else _no_cycle(command)
        now = true_now()
        if isinstance(command, OpenCycle):
            now -= command.set_back
        elif cycle and cycle.set_back:
            now = max(now - cycle.set_back, cycle.changed_at)
        return decide(cycle, command, Moment(now=now, calendar=calendar))

    async def _check(self, command: AnyCommand) -> Refused | None:
        if refused := may(command):
            return refused
        people = await self._directory.people()
        plan = await self._directory.plan() if isinstance(command, OpenCycle) else None
        refused = check_command(command, people, plan, demonstration=self._demonstration)
        refused = refused or await self._check_authority(command, people)
        refused = refused or await check_carried(command, self._forums, self._directory)
        refused = refused or await check_meeting(command, self._directory)
        refused = refused or await self._check_findings(command)
        if refused or not isinstance(command, OpenCycle):
            return refused
        if await self._directory.cycle(command.cycle):
            return None  # the engine knows whether this is the same act again
        decision = await self.preview(command)
        return decision if isinstance(decision, Refused) else None

    async def _check_authority(self, command: AnyCommand, people: dict[str, Person]) -> Refused | None:
        """Whether the directory, as it is today, lets this person act so."""
        today = civil(true_now())
        about = isinstance(command, (*FOR_OWNERS, *FOR_CERTIFIERS))
        page = await self._directory.cycle(command.cycle) if about else None
        return (
            check_actor(command, people, today)
            or check_owner(command, people, page.cycle if page else None)
            or check_force(command, people, page.cycle if page else None, today)
            or check_basis(command, sources())
            or await check_bodies(command, people, self._directory, true_now())
        )

    async def _check_findings(self, command: AnyCommand) -> Refused | None:
        """Whether a redacted copy is what it has to be, no file is held, and no poll is too near."""
        now, lenient = true_now(), self._unscanned_open
        return await check_findings(
            command, self._directory, self._keeping, self._periods, now, unscanned_open=lenient
        )

    async def _open(self, command: OpenCycle) -> Receipt:
        first = CycleStart(reference=command.cycle, edition=NEWEST)
        return await self._with_start(command, first, WorkflowIDReusePolicy.REJECT_DUPLICATE)

    async def _with_start(
        self, command: AnyCommand, state: CycleStart, again: WorkflowIDReusePolicy
    ) -> Receipt:
        start = WithStartWorkflowOperation(
            CycleWorkflow.run,
            state,
            id=command.cycle,
            task_queue=self._queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=again,
            static_summary=f"Holding to account {command.cycle}",
        )
        try:
            return await self._client.execute_update_with_start_workflow(
                CycleWorkflow.act,
                command,
                id=update_id(command),
                start_workflow_operation=start,
                rpc_timeout=self._patience,
            )
        except Exception:
            with suppress(Exception):  # its own copy, or asyncio writes fifty lines for each act of an outage
                async with asyncio.timeout(0):
                    await start.workflow_handle()
            raise

    async def _wake(self, command: AnyCommand, entries: tuple[Entry, ...]) -> Outcome:
        """Start a closed cycle's run from the ledger for one act (ADR 0011); it ends again by itself.

        Where another act's run ends at this very moment, this one comes too late for it and is tried again.
        """
        state = woken(entries)
        for _ in range(WOKEN_AT_MOST):
            try:
                return await self._with_start(command, state, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
            except WorkflowUpdateFailedError as failed:
                if not _came_too_late(failed):
                    return _refused(failed)
            except WorkflowUpdateRPCTimeoutOrCancelledError:
                break
            except RPCError as ended:
                if ended.status not in ENDED:
                    break
            if standing := await self._standing(command):
                return standing
        return NotKnownYet(cycle=command.cycle, key=command.key)

    async def _standing(self, command: AnyCommand) -> Receipt | Refused | None:
        """The answer that stands under the command's key: what was done stays, whatever has changed since."""
        entries = await self._directory.written(command.cycle, command.key)
        if not entries:
            return None
        answered = remembered({}, entries)
        return reused(command, answered) or answered[command.key].receipt

    async def _unanswered(self, command: AnyCommand, why: Exception) -> Outcome:
        gone = isinstance(why, WorkflowAlreadyStartedError) or (
            isinstance(why, RPCError) and why.status == RPCStatusCode.NOT_FOUND
        )
        if not gone:
            return NotKnownYet(cycle=command.cycle, key=command.key)
        if standing := await self._standing(command):
            return standing
        decision = await self.preview(command)
        if isinstance(decision, Refused):
            return decision
        entries = await self._directory.written(command.cycle)
        if any(one.event.kind == "CycleClosed" for one in entries):
            return await self._wake(command, entries)
        return Refused(
            code="engine_lost",
            message=f"{command.cycle} is on record, but the engine that runs it has no trace of it. "
            "Tell whoever runs this service: the engine's state has to be restored.",
            source="process.wrong-input",
        )


def _came_too_late(failed: WorkflowUpdateFailedError) -> bool:
    """Whether the run that had taken an act ended before it could answer."""
    return isinstance(failed.cause, ApplicationError) and failed.cause.type in NEVER_ANSWERED


def _refused(failed: WorkflowUpdateFailedError) -> Refused:
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.type == "Refused" and cause.details:
        return Refused.model_validate(cause.details[0])
    raise failed


def _no_cycle(command: AnyCommand) -> Refused:
    return Refused(
        code="no_such_cycle",
        message=f"There is no cycle {command.cycle}. Check the reference, such as HTA-2026-07.",
        source="process.wrong-input",
        field="cycle",
    )
