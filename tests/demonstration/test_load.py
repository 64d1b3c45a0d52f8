"""The demonstration on a real development server, as the product starts it, and a real PostgreSQL."""

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from demonstration.dates import PERFORMANCE, PLANNED, THEMATIC, DemonstrationError
from demonstration.load import Loaded, Loader
from embedded.temporal import DYNAMIC, binary
from engine.connection import Address, employ, reach
from engine.desk import Desk
from rules.clocks import civil, instant
from schemas.cycle import Cycle
from schemas.events import DutyMissed, ProgressAsked, ReminderDelivered
from schemas.records import Entry
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.conftest import PostBag

pytestmark = pytest.mark.real
NOTICED = {
    PERFORMANCE: {"ReminderDelivered", "DutyMissed", "ProgressAsked"},
    THEMATIC: {"ReminderDelivered", "DutyMissed"},
}
"""The sessions of which notice was given, and what the engine has done about each."""


def clock() -> datetime:
    """The real clock."""
    return datetime.now(UTC)  # noqa: TID251 - the demonstration ends at the real now


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Client]:
    """A development server with its state on disk, started by itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [binary(), "server", "start-dev", "--ip", "127.0.0.1", "--headless", "--log-level", "never"]
    words += ["--port", str(port), "--db-filename", str(tmp_path / "state.db")]
    words += [part for value in DYNAMIC for part in ("--dynamic-config-value", value)]
    process = await asyncio.create_subprocess_exec(
        *words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield await _client(port)
    process.kill()
    await process.wait()


async def _client(port: int) -> Client:
    for _ in range(100):
        try:
            return await reach(Address(target=f"127.0.0.1:{port}"))
        except RuntimeError:
            await asyncio.sleep(0.1)
    raise AssertionError("the server did not start")


@dataclass
class Shown:
    """A store with the demonstration in it, and how it got there."""

    client: Client
    reads: Reads
    post: PostBag
    desk: Desk
    loader: Loader
    loaded: dict[str, Loaded]

    async def cycle(self, name: str) -> Cycle:
        """One of its cycles."""
        page = await self.reads.cycle(self.loaded[name].reference)
        assert page is not None
        return page.cycle

    async def entries(self, name: str, kinds: set[str]) -> list[Entry]:
        """The ledger of one of them, once these kinds are in it: what is told is noted a moment later."""
        for _ in range(100):
            rows = await self.reads.timeline(self.loaded[name].reference)
            if kinds <= {row.entry.event.kind for row in rows}:
                break
            await asyncio.sleep(0.1)
        return [row.entry for row in reversed(rows)]

    async def ledgers(self) -> dict[str, list[str]]:
        """Every entry of every cycle."""
        rows = {one.reference: await self.reads.timeline(one.reference) for one in self.loaded.values()}
        return {ref: [row.entry.model_dump_json() for row in lines] for ref, lines in rows.items()}


@pytest.fixture
async def shown(server: Client, pool: Pool) -> AsyncIterator[Shown]:
    """The demonstration, loaded into a store of its own."""
    queue = f"demonstration-{await pool.fetchval('select current_database()')}"
    reads, post, keeping = Reads(pool), PostBag(), Keeping(pool)
    desk = Desk(server, queue, keeping, reads, demonstration=True)
    loader = Loader(desk, reads, keeping, server, clock)
    async with employ(server, queue, Ledger(pool), post):
        loaded = {one.name: one for one in await loader.load()}
        yield Shown(server, reads, post, desk, loader, loaded)


async def test_three_real_sessions_where_they_should_be(shown: Shown) -> None:
    """One published, one in flight with a return sent back and more time asked, one planned; loaded once."""
    rows = {row.reference: row for row in await shown.reads.cycles()}
    stages = {name: rows[one.reference].stage for name, one in shown.loaded.items()}
    assert stages == {PERFORMANCE: "following_up", THEMATIC: "gathering", PLANNED: "planned"}
    assert await shown.reads.publication(shown.loaded[PERFORMANCE].reference)
    thematic = await shown.cycle(THEMATIC)
    states = [one.state for one in thematic.requests]
    assert states == ["sent_back", "acknowledged", "accepted", "asked", "asked", "returned"]
    assert thematic.requests[1].extension is not None
    assert thematic.requests[5].returns[0].late
    assert len((await shown.cycle(PLANNED)).planned) == 4
    agenda = thematic.sessions[0].agendas[-1]
    carried = [one.number for one in (await shown.cycle(PERFORMANCE)).actions if one.open]
    assert [one.action for one in agenda.agenda if one.action] == carried
    for name in NOTICED:
        assert not (await shown.cycle(name)).sessions[0].agendas[-1].late

    before = await shown.ledgers()
    again = await shown.loader.load()
    assert [one.acts for one in again] == [0, 0, 0]
    assert await shown.ledgers() == before


def planned_at(event: ReminderDelivered | DutyMissed | ProgressAsked) -> datetime:
    """The instant for which the engine had planned something: it asks about actions at nine."""
    match event:
        case DutyMissed():
            return event.due.at
        case ProgressAsked():
            return instant(event.on, "09:00")
        case _:
            return event.planned_at


async def test_what_fell_due_meanwhile_was_done_on_its_day(shown: Shown) -> None:
    """Rungs and questions at nine, missed duties at five, on working days, none of them ahead of now."""
    dates = shown.loader._dates(await shown.loader._found())
    for name, kinds in NOTICED.items():
        entries = await shown.entries(name, kinds)
        assert [one.at for one in entries] == sorted(one.at for one in entries)
        assert entries[-1].at <= clock()
        own = [one for one in entries if one.actor.person == "engine"]
        for one in own:
            assert isinstance(one.event, ReminderDelivered | DutyMissed | ProgressAsked)
            assert timedelta(0) <= one.at - planned_at(one.event) < timedelta(minutes=5)
            assert dates.calendar.is_working(civil(one.at))
        assert {one.event.kind for one in own} == kinds
    cycle = await shown.cycle(PERFORMANCE)
    agreed = next(one for one in cycle.actions if one.open)
    assert agreed.confirmed_at is not None
    asked_on = dates.calendar.after(civil(agreed.confirmed_at), cycle.standards.progress_days)
    assert agreed.progress_asked == (asked_on,)
    assert {notice.template for notice in shown.post.sent} >= {"evidence_reminder", "evidence_overdue"}


async def test_the_cycles_clock_is_level_with_the_true_one_and_its_timers_run(shown: Shown) -> None:
    """A reminder that falls a few seconds from now arrives without anybody moving time."""
    thematic = await shown.cycle(THEMATIC)
    handle = shown.client.get_workflow_handle(thematic.reference)
    skipper = TimeSkipper(shown.client, config=TimeSkippingConfig(enabled=False))
    level = await skipper.get_current_time(handle) - thematic.set_back
    assert abs(level - clock()) < timedelta(seconds=2)
    sent = len(shown.post.sent)
    waiting = thematic.requests[0]
    assert waiting.due is not None
    await skipper.fast_forward(handle, waiting.due.at - level - timedelta(seconds=2))
    assert not (await shown.cycle(THEMATIC)).requests[0].late
    for _ in range(100):
        if (await shown.cycle(THEMATIC)).requests[0].late and len(shown.post.sent) > sent:
            break
        await asyncio.sleep(0.1)
    assert (await shown.cycle(THEMATIC)).requests[0].late
    assert len(shown.post.sent) > sent


async def test_it_is_not_loaded_beside_other_cycles_unasked(server: Client, pool: Pool) -> None:
    """Somebody's own records are not mixed with it by accident."""
    queue = f"beside-{await pool.fetchval('select current_database()')}"
    reads, keeping = Reads(pool), Keeping(pool)
    desk = Desk(server, queue, keeping, reads, demonstration=True)
    async with employ(server, queue, Ledger(pool), PostBag()):
        reference = s.fresh_reference()
        await desk.send(s.open_cycle(reference, clock()), s.WORDS)
        with pytest.raises(DemonstrationError, match=reference):
            await Loader(desk, reads, keeping, server, clock).load()
