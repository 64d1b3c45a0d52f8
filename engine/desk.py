"""The Desk: where every door hands in its commands, and gets a receipt, a refusal, or "not known yet"."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
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

from reference.working import edition_for, working_calendar
from rules.answering import remembered, reused, update_id
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.doorway import check_command, check_words, people_named
from schemas.commands import AnyCommand, OpenCycle
from schemas.outcomes import Decision, NotKnownYet, Outcome, Receipt, Refused
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.running import CycleStart
from schemas.shape import Words
from workflows.cycle import CycleWorkflow


class KeepsWords(Protocol):
    """Keeps what commands name before they name it."""

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep texts under their references."""
        ...

    async def allot(self, key: str, kind: str, year: int) -> int:
        """The next number of a kind in a year; the same key gets the same number."""
        ...


class Directory(Protocol):
    """What the doorway has to know."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle as it stands."""
        ...

    async def written(self, reference: str, key: str) -> tuple[Entry, ...]:
        """The entries that stand in a cycle's ledger under a key."""
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
    ) -> None:
        self._client = client
        self._queue = queue
        self._keeping = keeping
        self._directory = directory
        self._patience = patience
        self._demonstration = demonstration

    async def cycle_reference(self, key: str, year: int) -> str:
        """The reference that a cycle opened under this key gets, such as `HTA-2026-07`."""
        return f"HTA-{year}-{await self._keeping.allot(key, 'cycle', year):02d}"

    async def action_number(self, key: str, year: int) -> str:
        """The number that an action proposed under this key gets, such as `2026/015`."""
        return f"{year}/{await self._keeping.allot(key, 'action', year):03d}"

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand in a command: a receipt once it is durable and visible, or a refusal with its reason.

        The same command with the same key may be sent any number of times and is carried out once.
        """
        texts = words.kept if words else {}
        if refused := check_words(texts) or await self._check(command):
            return refused
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
        now = datetime.now(UTC)  # noqa: TID251 - the Desk is the edge where an instant enters
        if isinstance(command, OpenCycle):
            now -= command.set_back
        return decide(cycle, command, Moment(now=now, calendar=calendar))

    async def _check(self, command: AnyCommand) -> Refused | None:
        people = await self._directory.people() if people_named(command) else {}
        plan = await self._directory.plan() if isinstance(command, OpenCycle) else None
        refused = check_command(command, people, plan, demonstration=self._demonstration)
        if refused or not isinstance(command, OpenCycle):
            return refused
        if await self._directory.cycle(command.cycle):
            return None  # the engine knows whether this is the same act again
        decision = await self.preview(command)
        return decision if isinstance(decision, Refused) else None

    async def _open(self, command: OpenCycle) -> Receipt:
        start = WithStartWorkflowOperation(
            CycleWorkflow.run,
            CycleStart(reference=command.cycle),
            id=command.cycle,
            task_queue=self._queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=f"Holding to account {command.cycle}",
        )
        return await self._client.execute_update_with_start_workflow(
            CycleWorkflow.act,
            command,
            id=update_id(command),
            start_workflow_operation=start,
            rpc_timeout=self._patience,
        )

    async def _unanswered(self, command: AnyCommand, why: Exception) -> Outcome:
        gone = isinstance(why, WorkflowAlreadyStartedError) or (
            isinstance(why, RPCError) and why.status == RPCStatusCode.NOT_FOUND
        )
        if not gone:
            return NotKnownYet(cycle=command.cycle, key=command.key)
        if entries := await self._directory.written(command.cycle, command.key):
            answered = remembered({}, entries)
            return reused(command, answered) or answered[command.key].receipt
        decision = await self.preview(command)
        if isinstance(decision, Refused):
            return decision
        return Refused(
            code="engine_lost",
            message=f"{command.cycle} is on record, but the engine that runs it has no trace of it. "
            "Tell whoever runs this service: the engine's state has to be restored.",
            source="process.wrong-input",
        )


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
