"""The stage: an engine of its own for one rehearsal, with one virtual clock, gone when it ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from engine.connection import employ
from engine.desk import Desk
from reference.catalogue import calendar, demonstration_people, plan, standards
from reference.cyclefile import Opening, open_command
from reference.working import working_calendar
from rehearsal.memory import Memory
from rehearsal.people import Cast
from rehearsal.script import Script
from rules.clocks import instant
from rules.duties import duties
from schemas.commands import AnyCommand
from schemas.outcomes import Receipt, Refused
from schemas.people import Role
from schemas.shape import Words

QUEUE = "rehearsal"
MOST_STEPS = 5_000
A_MOMENT = timedelta(seconds=1)

SKIPPING = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=5000",
)


class RehearsalError(Exception):
    """The rehearsal cannot go on; the message says where and why."""


@dataclass(frozen=True)
class Rehearsed:
    """What happened: everything that would have been recorded and sent."""

    script: Script
    memory: Memory
    ended_at: datetime


async def rehearse(script: Script, temporal: str, now: datetime) -> Rehearsed:
    """Run the whole cycle in skipped time with the real workflow.

    `temporal` is the path of the Temporal program; `now` only says how far the cycle's clock is set.

    Raises: RehearsalError: an act of the script was refused.
    """
    days = working_calendar(calendar().version)
    if isinstance(days, Refused):
        raise RehearsalError(days.message)
    memory = Memory(plan_in_force=plan(), everybody=demonstration_people())
    words = Words()
    cast = Cast(script=script, people=dict(memory.everybody), calendar=days, words=words)
    starts_at = instant(script.starts_on, "09:00")
    async with engine_alone(temporal) as engine, employ(engine.client, QUEUE, memory, memory):
        desk = Desk(engine.client, QUEUE, memory, memory, demonstration=True)
        opening = Opening(
            cycle=f"HTA-{script.starts_on.year}-01",
            key="rehearsal-opening",
            actor=cast.by(Role.POLICY_OFFICER),
            standards=standards()[script.cycle.kind],
            calendar=days.version,
            body=plan().body,
            set_back=now - starts_at,
        )
        await _send(desk, open_command(script.cycle, opening, words), words)
        await _play(engine, desk, cast, memory, opening.set_back)
    return Rehearsed(script=script, memory=memory, ended_at=memory.ledger[-1].at)


async def _play(
    engine: WorkflowEnvironment, desk: Desk, cast: Cast, memory: Memory, set_back: timedelta
) -> None:
    """Go from act to act and from duty to duty until nobody has anything left to do."""
    handle = engine.client.get_workflow_handle(memory.ledger[0].cycle)
    for _ in range(MOST_STEPS):
        planned = cast.next_act(memory.standing())
        clock = await engine.get_current_time(handle) - set_back
        if planned and planned.at <= clock:
            await _send(desk, planned.command, cast.words)
            if memory.standing().over:
                return
            continue
        left = duties(memory.standing(), cast.calendar)
        duty = next((one for one in left if planned or one.kind != "progress"), None)  # asked for ever
        ahead = [one for one in (planned and planned.at, duty and duty.at + A_MOMENT) if one]
        if not ahead or not await engine.fast_forward(handle, max(min(ahead) - clock, A_MOMENT)):
            return


async def _send(desk: Desk, command: AnyCommand, words: Words) -> None:
    outcome = await desk.send(command, words)
    if not isinstance(outcome, Receipt):
        raise RehearsalError(f"{command.kind}: {outcome.message}")


@asynccontextmanager
async def engine_alone(temporal: str) -> AsyncIterator[WorkflowEnvironment]:
    """A real Temporal server in memory whose workflows can be fast-forwarded, gone after the block."""
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=temporal,
        dev_server_log_level="error",
        dev_server_extra_args=[part for value in SKIPPING for part in ("--dynamic-config-value", value)]
        + ["--output", "none"],
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000),
        data_converter=pydantic_data_converter,
    )
    async with environment as engine:
        yield engine
