"""News over a real PostgreSQL: which topics are announced, and that they are heard again after a break."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import pytest

from reference.catalogue import demonstration_people
from schemas.sittings import Jotting
from schemas.viewing import Viewer
from store.live import Announcements
from store.meetings import MeetingReads
from store.pool import Pool
from store.sittings import Sittings
from store.viewing import connect_face, looking
from tests.rules.table import opened
from tests.shell import own_database
from tests.store.put import as_of, put
from web.live.hub import AGAIN, LOST, Hub, Stream

pytestmark = pytest.mark.real
MAIL = """
insert into mails (key, cycle, template, told, delivered, at)
values ('a-mail', 'HTA-2026-7001', 'evidence_requested', '{}', true, $1)
"""
NOW = datetime(2025, 11, 23, 9, tzinfo=UTC)


@asynccontextmanager
async def followed(pool: Pool) -> AsyncIterator[tuple[Hub, Stream]]:
    """A hub that hears a database, and one stream of it."""
    hub = Hub(Announcements(pool))
    async with hub.hears(), hub.stream("somebody") as stream:
        await until(stream, AGAIN)
        yield hub, stream


def jotted(words: str) -> Jotting:
    """A working note."""
    return Jotting(cycle="HTA-2026-7001", item=3, by="commissioner", at=NOW, words=words)


async def until(stream: Stream, topic: str) -> list[str]:
    """What a stream is told up to a topic."""
    told: list[str] = []
    async with asyncio.timeout(15):
        while topic not in told:
            told += await stream.next(15)
    return told


async def test_every_kind_of_news_is_announced_when_it_is_committed(pool: Pool) -> None:
    """A cycle's entries once for an act, a room's item and its notes, and mails; nothing while it is open."""
    async with followed(pool) as (_, stream):
        async with pool.transaction() as connection:
            await connection.execute(
                "insert into files (digest, size, media_type) values ($1, 1, 'x')", "a" * 64
            )
            assert await stream.next(0.1) == ()
        assert await until(stream, "files") == ["files"]
        await put(pool, as_of(opened(requests=2).entries, "HTA-2026-7001"))
        assert await until(stream, "cycle:HTA-2026-7001") == ["cycle:HTA-2026-7001"]
        sittings = Sittings(pool)
        await sittings.keep_under_way("MTG-2026-01", 2, "policy-officer")
        assert await until(stream, "room:MTG-2026-01") == ["room:MTG-2026-01"]
        await sittings.keep_under_way("MTG-2026-01", 2, "commissioner")
        assert await stream.next(0.1) == (), "the same item again is no news"
        for _ in range(2):
            await sittings.keep_jotting("a-key", "MTG-2026-01", jotted("They agreed."))
        assert await until(stream, "room:MTG-2026-01") == ["room:MTG-2026-01"]
        await pool.execute(MAIL, NOW)
        assert await until(stream, "mail") == ["mail"]


async def test_a_room_remembers_its_item_and_each_note_once(pool: Pool) -> None:
    """The item that was named last, by whom; a note that was sent twice stands once."""
    sittings, reads = Sittings(pool), MeetingReads()
    reads._pool = pool
    assert await reads.under_way_in("MTG-2026-01") is None
    for item, by in ((1, "policy-officer"), (3, "commissioner")):
        await sittings.keep_under_way("MTG-2026-01", item, by)
    for words in ("First.", "First, sent again."):
        await sittings.keep_jotting("a-key", "MTG-2026-01", jotted(words))
    at = await reads.under_way_in("MTG-2026-01")
    assert at
    assert (at.item, at.by) == (3, "commissioner")
    assert [one.words for one in await reads.jottings("MTG-2026-01")] == ["First."]


async def test_a_lost_connection_is_sought_again_and_everybody_looks_again(pool: Pool) -> None:
    """The server ends the listening connection: streams hear that nothing is heard, then to look again."""
    async with followed(pool) as (hub, stream):
        await pool.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where query like 'LISTEN%' and datname = current_database()"
        )
        told = await until(stream, AGAIN)
        assert set(told) <= {LOST, AGAIN}
        assert hub.hearing
        await put(pool, as_of(opened().entries, "HTA-2026-7002"))
        assert "cycle:HTA-2026-7002" in await until(stream, "cycle:HTA-2026-7002")


async def test_who_hears_of_a_cycle_is_asked_of_the_walls(pool: Pool, postgres: str) -> None:
    """A lead has the key of their person, and what opens a cycle is said without those whose time is over."""
    opened_by = [
        ("person:acc-local-policing", "request/1", None), ("body:west-mercia-opcc", "restricted", None),
        ("named:policy-officer", "whole", NOW),
    ]  # fmt: skip
    for who, part, until in opened_by:
        row = "insert into cycle_access (cycle, who, part, until) values ('HTA-2026-7003', $1, $2, $3)"
        await pool.execute(row, who, part, until)
    assert await Announcements(pool).openers("HTA-2026-7003") == {"person:acc-local-policing"}
    lead = demonstration_people()["acc-local-policing"]
    here = Viewer(person=lead.id, role=lead.role, organisation=lead.organisation, on=date(2026, 11, 23))
    async with await connect_face(await own_database(pool, postgres)) as face:
        reads = MeetingReads()
        reads._pool = face
        with looking(here):
            assert "person:acc-local-policing" in await reads.own_keys()
        assert await reads.own_keys() == frozenset()
