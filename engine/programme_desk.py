"""Where commands to the programme are handed in: a receipt, a refusal, or "not known yet"."""

from datetime import timedelta
from typing import Protocol

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from engine.clock import true_now
from engine.desk import KeepsWords
from reference.catalogue import calendar, standards
from reference.working import working_calendar
from rules.acting.appointments import check_person
from rules.answering import update_id
from rules.clocks import civil
from rules.doorway import check_words
from rules.programme.authority import may_programme
from rules.programme.decide import decide_programme, no_programme
from rules.programme.doorway import Known, check_programme
from rules.programme.verdict import ProgrammeDecision
from schemas.outcomes import NotKnownYet, Refused
from schemas.people import Person
from schemas.plans import Plan
from schemas.programme.commands import AnyProgrammeCommand, OpenProgramme
from schemas.programme.records import ProgrammeEntry, ProgrammeReceipt, ProgrammeStart
from schemas.programme.rows import ProgrammePage
from schemas.shape import Words
from schemas.standards import Standards
from workflows.programme import ProgrammeWorkflow

ProgrammeOutcome = ProgrammeReceipt | Refused | NotKnownYet


class ProgrammeDirectory(Protocol):
    """What has to be known before a command reaches the programme."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def programme(self, reference: str) -> ProgrammePage | None:
        """One programme with its words."""
        ...

    async def programme_entries(self, reference: str, key: str | None = None) -> tuple[ProgrammeEntry, ...]:
        """The entries that stand in its ledger, under one key or all."""
        ...

    async def standards(self, office: str) -> dict[str, Standards]:
        """The newest edition of each kind's standards that the office changed, by kind."""
        ...


class ProgrammeDesk:
    """Hands commands to the programme. It holds no state of its own."""

    def __init__(
        self,
        client: Client,
        queue: str,
        keeping: KeepsWords,
        directory: ProgrammeDirectory,
        *,
        patience: timedelta = timedelta(seconds=15),
    ) -> None:
        self._client = client
        self._queue = queue
        self._keeping = keeping
        self._directory = directory
        self._patience = patience

    async def send(self, command: AnyProgrammeCommand, words: Words | None = None) -> ProgrammeOutcome:
        """Hand in a command: a receipt once it is durable and visible, or a refusal with its reason.

        The same command with the same key may be sent any number of times and is carried out once.
        """
        texts = words.kept if words else {}
        if refused := check_words(texts) or await self._check(command):
            return refused
        await self._keeping.keep_words(texts)
        try:
            return await self._hand_in(command)
        except WorkflowUpdateFailedError as failed:
            cause = failed.cause
            if isinstance(cause, ApplicationError) and cause.type == "Refused" and cause.details:
                return Refused.model_validate(cause.details[0])
            raise
        except (WorkflowUpdateRPCTimeoutOrCancelledError, RPCError, RuntimeError):
            return NotKnownYet(cycle=command.programme, key=command.key)

    async def preview(self, command: AnyProgrammeCommand) -> ProgrammeDecision:
        """What a command would do now, from the record as it can be read; nothing is written."""
        if refused := await self._check(command):
            return refused
        page = await self._directory.programme(command.programme)
        programme = page.programme if page else None
        now = true_now()
        return decide_programme(programme, command, now - (programme.set_back if programme else timedelta(0)))

    async def known(self) -> Known | Refused:
        """Plan, people, kinds and calendar as they are today; a refusal where no calendar can be read."""
        plan = await self._directory.plan()
        days = working_calendar(calendar().version)
        if isinstance(days, Refused):
            return days
        own = await self._directory.standards(plan.body) if plan else {}
        people = await self._directory.people()
        return Known(people=people, plan=plan, kinds={**standards(), **own}, calendar=days)

    async def _check(self, command: AnyProgrammeCommand) -> Refused | None:
        if refused := may_programme(command):
            return refused
        known = await self.known()
        if isinstance(known, Refused):
            return known
        today = civil(true_now())
        page = await self._directory.programme(command.programme)
        if page is None and not isinstance(command, OpenProgramme):
            return no_programme(command.programme)
        if await self._answered(command):
            return None  # the programme knows whether this is the same act again
        return check_person(command.actor, known.people, today) or check_programme(
            command, known, page.programme if page else None
        )

    async def _answered(self, command: AnyProgrammeCommand) -> bool:
        return bool(await self._directory.programme_entries(command.programme, command.key))

    async def _hand_in(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        if not isinstance(command, OpenProgramme):
            handle = self._client.get_workflow_handle(command.programme)
            return await handle.execute_update(
                ProgrammeWorkflow.act, command, id=update_id(command), rpc_timeout=self._patience
            )
        start = WithStartWorkflowOperation(
            ProgrammeWorkflow.run,
            ProgrammeStart(reference=command.programme),
            id=command.programme,
            task_queue=self._queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            static_summary=f"Programme {command.programme}",
        )
        return await self._client.execute_update_with_start_workflow(
            ProgrammeWorkflow.act,
            command,
            id=update_id(command),
            start_workflow_operation=start,
            rpc_timeout=self._patience,
        )
