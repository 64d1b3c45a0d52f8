"""A succession is released over open cycles: killed half-way, and finished by saying it again."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from schemas.clocks import WorkingDays
from schemas.records import Entry
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.chaos.product import ROOT, Running, product
from tests.chaos.test_kills import Notes, connections, insist
from tests.chaos.test_release import ended
from tests.rules.succession_acts import NEW, announced

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

CYCLES = 60
TOLD = "select count(*) from ledger where kind = 'BodySucceeded'"
LETTERS = "select cycle from mails where template = 'body_succeeded'"


async def test_a_succession_that_is_killed_half_way_is_finished_by_saying_it_again(folder: Path) -> None:
    """Each cycle is told once, by one entry and one letter, and none is left behind."""
    with product(folder / "home", "--no-demonstration") as running:
        await running.healthy()
        async with connections(running) as (client, pool):
            keeping = Keeping(pool)
            references = await opened(Desk(client, "cycles", keeping, Reads(pool)), keeping)
            assert await keeping.keep_succession(announced(s.date_after(s.wall_now(), 20)))
            await killed(running, pool)
            last = await finished(running)
            assert (last["refused"], last["not_known_yet"], last["moved"]) == ({}, [], 0)
            assert last["stood_already"] == CYCLES
            await told_once(pool, references)


async def opened(desk: Desk, keeping: Keeping) -> list[str]:
    """Many cycles with one request each."""
    await keeping.keep_plan(plan())
    await keeping.keep_people(demonstration_people().values())
    references = [f"HTA-2026-{number:04d}" for number in range(1, CYCLES + 1)]
    for ref in references:
        draft = s.draft(due=WorkingDays(days=12))
        command = s.open_cycle(ref, s.wall_now(), session=None)
        await insist(desk, command.model_copy(update={"requests": (draft,)}), Notes())
    return references


async def releasing(running: Running) -> Process:
    """The release as a person starts it, a process of its own."""
    words = ("succession", "release", "body", NEW, "--as", s.CHIEF_EXECUTIVE.person, "--json")
    environment = Settings(home=running.home).environment()
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "starter.py", *words), cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )


async def killed(running: Running, pool: Pool) -> None:
    """Kill the release once a third of the cycles were told: it says nothing more."""
    process = await releasing(running)
    async with asyncio.timeout(60):
        while await pool.fetchval(TOLD) < CYCLES // 3:
            await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    await asyncio.sleep(1)
    assert CYCLES // 3 <= await pool.fetchval(TOLD) < CYCLES, "it was killed too late"


async def finished(running: Running) -> dict[str, Any]:
    """Say it again until there is nothing that it could do."""
    for _ in range(4):
        facts = await ended(await releasing(running), 0, 3)
        if not (facts["moved"] or facts["not_known_yet"]):
            break
    return facts


async def told_once(pool: Pool, references: list[str]) -> None:
    """One entry in each ledger, and one letter for each cycle."""
    for ref in references:
        ledger: list[Entry] = await Ledger(pool).entries(ref)
        found = [one for one in ledger if one.event.kind == "BodySucceeded"]
        assert [one.event.model_dump()["to"] for one in found] == [NEW], ref
    async with asyncio.timeout(90):
        while len(rows := await pool.fetch(LETTERS)) < CYCLES:
            await asyncio.sleep(0.2)
    assert Counter(row["cycle"] for row in rows) == dict.fromkeys(references, 1)
