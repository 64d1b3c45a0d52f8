"""An edition is released over open cycles while people act: stopped, its worker killed, and said again."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from schemas.changes import CalendarChanged
from schemas.clocks import WorkingDays
from schemas.records import Entry
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import editions
from tests import scenario as s
from tests.chaos.product import ROOT, Running, product
from tests.chaos.test_kills import Notes, connections, insist
from tests.rules import acts

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]

CYCLES, LANES = 150, 8
LEADS = (s.LEAD, s.OTHER_LEAD)
"""One for each of the two requests of a cycle."""
CHANGED = "select count(*) from ledger where kind = 'CalendarChanged'"
LETTERS = "select cycle, told from mails where template = 'due_moved'"


async def test_a_release_that_is_stopped_and_killed_half_way_is_finished_by_saying_it_again(
    folder: Path,
) -> None:
    """Each cycle changes once, each lead is told once, nobody's act is lost, and no cycle is left behind."""
    with product(folder / "home", "--no-demonstration") as running:
        await running.healthy()
        async with connections(running) as (client, pool):
            desk = Desk(client, "cycles", Keeping(pool), Reads(pool))
            references = await opened(desk, Keeping(pool))
            proclaimed = editions.proclaimed(s.date_after(s.wall_now(), 1))
            await Keeping(pool).keep_calendars([proclaimed], s.OFFICER.person)
            notes = Notes()
            people = asyncio.create_task(ordinary_acts(desk, references, notes))
            async with held_up(pool, references[2 * CYCLES // 3 :]):
                stops = await stopped(running, pool, at=CYCLES // 10)
            await told_what_was_left(stops, pool)
            async with held_up(pool, references[2 * CYCLES // 3 :]):
                killed = await worker_killed(running, pool, at=CYCLES // 2)
            await running.healthy()
            assert (await ended(killed, 0, 3))["refused"] == {}
            last = await released(running)
            await enough_done(people, notes)
            assert (last["moved"], last["not_known_yet"], last["refused"]) == (0, [], {})
            await all_stand_once(pool, references)
            await all_told_once(pool, references)
            await acts_stand_once(pool, notes)


async def opened(desk: Desk, keeping: Keeping) -> list[str]:
    """Many cycles, with two requests each to two leads, open."""
    await keeping.keep_plan(plan())
    await keeping.keep_people(demonstration_people().values())
    references = [f"HTA-2026-{number:04d}" for number in range(1, CYCLES + 1)]
    waiting = iter(references)

    async def lane() -> None:
        for ref in waiting:
            drafts = tuple(s.draft(lead=one.person, due=WorkingDays(days=12)) for one in LEADS)
            command = s.open_cycle(ref, s.wall_now(), session=None)
            await insist(desk, command.model_copy(update={"requests": drafts}), Notes())

    await asyncio.gather(*(lane() for _ in range(LANES)))
    return references


async def ordinary_acts(desk: Desk, references: list[str], notes: Notes) -> None:
    """The leads acknowledge their requests, the last cycle first; each is said until it is answered."""
    for number, lead in enumerate(LEADS, start=1):
        for ref in reversed(references):
            if notes.stop:
                return
            command = acts.acknowledge(number, lead).model_copy(update={"cycle": ref})
            await insist(desk, command, notes)
            await asyncio.sleep(0.05)


async def enough_done(people: asyncio.Task[None], notes: Notes) -> None:
    """Let them go on until a third of the cycles have an act, however slow the machine is, and end."""
    async with asyncio.timeout(90):
        while len(notes.acknowledged) <= CYCLES // 3 and not people.done():
            await asyncio.sleep(0.1)
    notes.stop = True
    await people


async def releasing(running: Running) -> Process:
    """The release as a person starts it, a process of its own."""
    words = ("calendar", "release", editions.VERSION, "--as", s.OFFICER.person, "--json")
    environment = Settings(home=running.home).environment()
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "starter.py", *words), cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )


async def ended(process: Process, *codes: int) -> dict[str, Any]:
    """What a release said when it ended, and that it ended with one of these codes."""
    async with asyncio.timeout(60):
        said, why = await process.communicate()
    assert process.returncode in codes, why.decode()
    facts: dict[str, Any] = json.loads(said)
    return facts


async def changed(pool: Pool, at_least: int) -> int:
    """Wait until so many cycles have changed; return how many have."""
    async with asyncio.timeout(60):
        while (found := await pool.fetchval(CHANGED)) < at_least:
            await asyncio.sleep(0.01)
    return int(found)


@asynccontextmanager
async def held_up(pool: Pool, references: list[str]) -> AsyncIterator[None]:
    """Let nothing be written of these cycles while the block lasts: no release is over before its middle."""
    async with pool.transaction() as connection:
        await connection.fetch("select from cycles where reference = any ($1) for update", references)
        yield


@dataclass(frozen=True)
class Stopped:
    """A release that was told to stop, and how many cycles had changed before it was begun."""

    process: Process
    before: int


async def stopped(running: Running, pool: Pool, at: int) -> Stopped:
    """Stop it with Ctrl-C half-way."""
    before = await pool.fetchval(CHANGED)
    process = await releasing(running)
    await changed(pool, at)
    process.send_signal(signal.SIGINT)
    await asyncio.sleep(0.5)
    return Stopped(process, before)


async def told_what_was_left(one: Stopped, pool: Pool) -> None:
    """It begins nothing more, and says what was done and what is left."""
    facts = await ended(one.process, 3)
    await asyncio.sleep(1)
    after = await pool.fetchval(CHANGED)
    assert after < CYCLES, "it went on although it was stopped"
    assert 0 < facts["moved"] <= after - one.before
    assert facts["moved"] + facts["stood_already"] + len(facts["not_known_yet"]) == CYCLES - one.before


async def worker_killed(running: Running, pool: Pool, at: int) -> Process:
    """Kill the worker half-way: the command waits for the next one, or says what is not known yet."""
    process = await releasing(running)
    await changed(pool, at)
    await running.kill("worker")
    return process


async def released(running: Running) -> dict[str, Any]:
    """Say it again until there is nothing that it could do."""
    for _ in range(4):
        facts = await ended(await releasing(running), 0, 3)
        if not (facts["moved"] or facts["not_known_yet"]):
            break
    return facts


async def all_stand_once(pool: Pool, references: list[str]) -> None:
    """Every cycle counts by the edition, by one entry that moved both its dates."""
    cycles = await Reads(pool).counting_by("england-and-wales")
    assert [one.reference for one in cycles] == references
    assert {one.calendar for one in cycles} == {editions.VERSION}
    for ref in references:
        ledger = await Ledger(pool).entries(ref)
        assert [one.version for one in ledger] == list(range(1, len(ledger) + 1)), ref
        [event] = [one.event for one in ledger if isinstance(one.event, CalendarChanged)]
        assert [one.request for one in event.moved] == [1, 2], ref


async def all_told_once(pool: Pool, references: list[str]) -> None:
    """One letter to each lead of each cycle; what died with the worker is sent a minute later."""
    expected = Counter({(ref, lead.person): 1 for ref in references for lead in LEADS})
    async with asyncio.timeout(90):
        while len(rows := await pool.fetch(LETTERS)) < expected.total():
            await asyncio.sleep(0.2)
    assert Counter((row["cycle"], *row["told"]) for row in rows) == expected


async def acts_stand_once(pool: Pool, notes: Notes) -> None:
    """What was acknowledged stands in its ledger once, under the version of its receipt."""
    assert len(notes.acknowledged) > CYCLES // 3, "hardly anything was acknowledged"
    for (ref, key), receipt in notes.acknowledged.items():
        entries: list[Entry] = [one for one in await Ledger(pool).entries(ref) if one.key == key]
        assert [(one.event.kind, one.version) for one in entries] == [
            ("RequestAcknowledged", receipt.version)
        ]
