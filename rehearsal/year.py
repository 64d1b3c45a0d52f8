"""A year's cycles rehearsed at once: every script on one engine alone, each with its own clock."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from reference.cyclefile import CycleFile, FileRequest, FileSession
from rehearsal.conduct import Answering, ScriptedAction
from rehearsal.engine import ALONE, engine_alone
from rehearsal.memory import Memory
from rehearsal.script import Script
from rehearsal.stage import RehearsalError, Rehearsed, Stage, fresh_memory, perform, staged
from rules.clocks import instant
from schemas.clocks import BeforeSession, Budget
from schemas.sessions import Forum
from schemas.standards import Standards

AT_ONCE = 6
"""Cycles under way at the same moment: more only wait for each other on one machine."""


async def rehearse_year(
    scripts: Sequence[Script],
    temporal: str,
    now: datetime,
    *,
    at_once: int = AT_ONCE,
    memory: Memory | None = None,
) -> tuple[Rehearsed, ...]:
    """Every script to its end, in the order in which they were given; each cycle has a number of its own.

    `temporal` is the path of the Temporal program; `now` only says how far the cycles' clocks are set.
    `memory` has the people and the plan of an office; the demonstration's where it is left out.

    Raises: RehearsalError: an act of a script was refused.
    """
    room = asyncio.Semaphore(at_once)
    kept = memory or fresh_memory()
    async with engine_alone(temporal) as engine, staged(engine[ALONE], kept, at_once=True) as stage:
        playing = [
            asyncio.create_task(_one(stage, room, script, number, now))
            for number, script in enumerate(scripts, start=1)
        ]
        try:
            return tuple(await asyncio.gather(*playing))
        finally:
            for one in playing:
                one.cancel()


async def _one(
    stage: Stage, room: asyncio.Semaphore, script: Script, number: int, now: datetime
) -> Rehearsed:
    async with room:
        try:
            return await perform(stage, script, f"HTA-{script.starts_on.year}-{number:02d}", now)
        except RehearsalError as wrong:
            raise RehearsalError(f"{script.cycle.title}: {wrong}") from None


def script_for(
    opens_on: date,
    session_on: date,
    title: str,
    questions: Mapping[str, str],
    standards: Standards,
    *,
    answering: Mapping[str, Answering] | None = None,
    theme: str = "reassuring",
    commitments: tuple[str, ...] = ("SWM-REASSURE-01",),
    question: str = "Is the force doing what the plan promises?",
    hour: str = "14:00",
    forum: Forum = "holding_to_account",
    place: str | None = None,
    actions: tuple[ScriptedAction, ...] = (),
) -> Script:
    """The script of one slot of a programme: a cycle opened on a day for a session on another.

    `questions` are the requests: what is asked for, and the id of the lead who is asked. Each is due so many
    working days before the session as the kind's `standards` say, and is sent so long before that as they
    say. `answering` says how each lead keeps the day; a lead who is not in it is on time.
    """
    due: Budget = BeforeSession(days=standards.returns_due_before_session)
    requests = tuple(
        FileRequest(title=what, lead=lead, asked=(what,), form="report", due=due)
        for what, lead in questions.items()
    )
    session = FileSession(starts_at=instant(session_on, hour), forum=forum, place=place)
    return Script(
        starts_on=opens_on,
        cycle=CycleFile(
            kind=standards.id,
            title=title,
            theme=theme,
            commitments=commitments,
            question=question,
            session=session,
            requests=requests,
            planned=True,
        ),
        people=dict(answering or {}),
        reviews_after=standards.review_days,
        drafted_after=standards.findings.draft_days,
        actions=actions,
    )
