"""The programme of an office, for as long as anybody is held to account."""

import asyncio
from datetime import datetime, timedelta

from pydantic import ValidationError
from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.programme import ProgrammeActivities, ProgrammeLedgerActivities
from rules.answering import reused
from rules.programme.answering import answers, writing
from rules.programme.apply import add_up_programme
from rules.programme.decide import decide_programme
from rules.programme.verdict import ProgrammeDecision
from rules.programme.years import openings
from schemas.outcomes import Refused
from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand, OpenProgramme
from schemas.programme.records import (
    Arrangement,
    Opening,
    ProgrammeAnswered,
    ProgrammeEntry,
    ProgrammeReceipt,
    ProgrammeStart,
    ProgrammeWriting,
)
from workflows.refusing import refusal, unless_refused

RECORD_WITHIN = timedelta(seconds=10)
RECORD_AGAIN = RetryPolicy(
    initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=5)
)
ARRANGE_WITHIN = timedelta(seconds=30)
AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
PATIENCE_TO_OPEN = timedelta(minutes=1)
EVENTS_OF_A_RUN = 300


@workflow.defn(name="Programme", failure_exception_types=[ValidationError])
class ProgrammeWorkflow:
    """The only writer of a programme. It has no end: run follows run, and nothing is left behind."""

    @workflow.init
    def __init__(self, start: ProgrammeStart) -> None:
        self._reference = start.reference
        self._programme: Programme | None = start.programme
        self._answered: dict[str, ProgrammeAnswered] = dict(start.answered)
        self._arranged: tuple[Opening, ...] = start.arranged
        self._one_at_a_time = asyncio.Lock()

    @workflow.run
    async def run(self, start: ProgrammeStart) -> str:  # noqa: ARG002 - the state was taken in __init__
        """Keep the schedules in step with the programme, run after run."""
        if not await self._is_begun():
            return "never begun"
        while True:
            await workflow.wait_condition(lambda: self._wanted() != self._arranged or self._is_long())
            if self._wanted() != self._arranged:
                await self._arrange()
            if self._is_long():
                await self._continue_afresh()

    @workflow.update
    async def act(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        """Carry out a command; the receipt comes when it stands in the ledger."""
        async with self._one_at_a_time:
            return await self._carry_out(command)

    @act.validator
    def _may_act(self, command: AnyProgrammeCommand) -> None:
        if command.key in self._answered:
            unless_refused(reused(command, self._answered))
            return
        decision = self._decide(command)
        if isinstance(decision, Refused):
            raise refusal(decision)

    async def _carry_out(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        while True:
            if command.key in self._answered:
                unless_refused(reused(command, self._answered))
                return self._answered[command.key].receipt
            decision = self._decide(command)
            if isinstance(decision, Refused):
                raise refusal(decision)
            if not decision.events:
                return self._nothing_changed(command)
            await self._write(writing(command, decision.events, self._now(command), self._programme))

    def _decide(self, command: AnyProgrammeCommand) -> ProgrammeDecision:
        return decide_programme(self._programme, command, self._now(command))

    async def _write(self, entries: tuple[ProgrammeEntry, ...]) -> None:
        """Write entries down and take over what stands in the ledger, ours or what had come first."""
        standing = await workflow.execute_local_activity_method(
            ProgrammeLedgerActivities.record_programme,
            ProgrammeWriting(entries=entries, programme=add_up_programme(entries, self._programme)),
            start_to_close_timeout=RECORD_WITHIN,
            retry_policy=RECORD_AGAIN,
        )
        taken = standing.entries or entries
        self._programme = add_up_programme(taken, self._programme)
        self._answered = answers(self._answered, taken)

    async def _arrange(self) -> None:
        wanted = self._wanted()
        kept = {one.slot for one in wanted}
        await workflow.execute_activity_method(
            ProgrammeActivities.arrange,
            Arrangement(
                programme=self._reference,
                openings=tuple(one for one in wanted if one not in self._arranged),
                gone=tuple(one.slot for one in self._arranged if one.slot not in kept),
            ),
            summary=f"{len(wanted)} openings",
            start_to_close_timeout=ARRANGE_WITHIN,
            retry_policy=AGAIN,
        )
        self._arranged = wanted

    def _wanted(self) -> tuple[Opening, ...]:
        return openings(self._programme) if self._programme else ()

    async def _is_begun(self) -> bool:
        try:
            await workflow.wait_condition(lambda: self._programme is not None, timeout=PATIENCE_TO_OPEN)
        except TimeoutError:
            await workflow.wait_condition(workflow.all_handlers_finished)
        return self._programme is not None

    def _is_long(self) -> bool:
        info = workflow.info()
        return info.get_current_history_length() >= EVENTS_OF_A_RUN or info.is_continue_as_new_suggested()

    async def _continue_afresh(self) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(
            ProgrammeStart(
                reference=self._reference,
                programme=self._programme,
                answered=self._answered,
                arranged=self._arranged,
            )
        )

    def _now(self, command: AnyProgrammeCommand) -> datetime:
        opening = command.set_back if isinstance(command, OpenProgramme) else timedelta(0)
        return workflow.now() - (self._programme.set_back if self._programme else opening)

    def _nothing_changed(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        version = self._programme.version if self._programme else 0
        return ProgrammeReceipt(
            programme=command.programme, version=version, at=self._now(command), happened=()
        )
