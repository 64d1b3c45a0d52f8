"""The worker as a process of its own, on real services."""

import asyncio
import json
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from temporalio.testing import WorkflowEnvironment

from embedded.postgres import Postgres
from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from schemas.outcomes import Receipt, Refused
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import connect
from store.reads import Reads
from tests import scenario as s
from tests.mail_server import listening
from tests.watching.rules import named
from tests.worker.running import SOON, Running, soon, two_ports, worker

pytestmark = pytest.mark.real
MISSED_WITHIN = 30.0
"""Seconds: half of what a batch of letters may take."""
LETTERS = 4
"""Of a cycle that is opened: its session, and three requests."""


async def furnish(url: str) -> None:
    """Bring the database's shape up to date, and enter the plan and the people."""
    async with await connect(url) as pool:
        await migrate(pool)
        await Keeping(pool).keep_plan(plan())
        await Keeping(pool).keep_people(demonstration_people().values())


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that a test may kill.

    Not below pytest's own folder: another pytest that starts shuts that one to all users but its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        server.start()
        yield server
        server.stop()


def target(engine: WorkflowEnvironment) -> str:
    """Where the tests' Temporal server is."""
    return engine.client.service_client.config.target_host


@dataclass
class Letterbox:
    """A mail server that keeps the subjects of what it takes."""

    subjects: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take the message."""
        assert isinstance(envelope.content, bytes)
        lines = envelope.content.decode().replace("\r\n ", " ").splitlines()
        self.subjects += [line for line in lines if line.startswith("Subject:")]
        return "250 Taken"


@dataclass
class Slow(Letterbox):
    """A mail server that answers nobody until it is mended."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    mended: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the message, or leave whoever brings it waiting until they give up."""
        if not self.mended:
            self.asked.set()
            await asyncio.Event().wait()
        return await super().handle_DATA(server, session, envelope)


async def acts(desk: Desk) -> str:
    """Open a cycle, ask for one more paper, and be refused once; the cycle's reference."""
    ref = s.fresh_reference()
    assert isinstance(await desk.send(s.open_cycle(ref, s.wall_now()), s.WORDS), Receipt)
    assert isinstance(await desk.send(s.add_request(ref, title="Mailed paper"), s.WORDS), Receipt)
    assert isinstance(await desk.send(s.publish(ref), s.WORDS), Refused)
    return ref


async def has_counted(running: Running) -> None:
    """The worker's numbers and the SDK's say what was done."""
    numbers = await running.get("/metrics")
    assert numbers is not None
    assert 'answerable_mails_total{outcome="delivered",template="evidence_requested"} 4.0' in numbers.text
    assert 'answerable_ledger_writes_total{outcome="written"}' in numbers.text
    assert 'answerable_refusals_total{code="no_findings"} 1.0' in numbers.text
    of_the_sdk = await running.get("/metrics", running.port + 1)
    assert of_the_sdk is not None
    shown = {line.split("{")[0] for line in of_the_sdk.text.splitlines()}
    assert {one for one in named() if one.startswith("temporal_")} - shown == set()
    assert 'answerable_acts_total{kind="CycleOpened",outcome="written"} 1.0' in numbers.text
    assert "answerable_rungs_due 0.0" in numbers.text


async def test_a_worker_runs_cycles_sends_their_mail_counts_and_stops_in_time(
    database: str, engine: WorkflowEnvironment
) -> None:
    """From an empty queue to a mail at the lead's server, with its numbers, its log and a clean end."""
    await furnish(database)
    queue = f"q-{secrets.token_hex(6)}"
    async with (
        listening(box := Letterbox()) as smtp_port,
        worker(
            database_url=database,
            temporal_address=target(engine),
            temporal_task_queue=queue,
            smtp_host="127.0.0.1",
            smtp_port=smtp_port,
        ) as running,
        await connect(database) as pool,
    ):
        assert await running.becomes(200), running.said
        assert (await running.health())[1] == {"worker": True, "store": True, "engine": True}
        desk = Desk(engine.client, queue, Keeping(pool), Reads(pool), demonstration=True)
        ref = await acts(desk)

        async def is_mailed() -> bool:
            return any("Evidence requested" in one and "Mailed paper" in one for one in box.subjects)

        assert await soon(is_mailed), running.said
        assert await running.says(f"{ref}/v6/evidence_requested")
        await has_counted(running)
        code, took = await running.stop()
    assert (code, took < 8) == (0, True), (took, running.said)
    lines = [json.loads(line) for line in running.said]
    assert any(f"{ref}/1" in line.get("events", []) for line in lines)
    assert "@" not in "".join(running.said).replace(database, "")


async def test_letters_whose_worker_was_killed_are_sent_by_the_next_before_their_time_is_up(
    database: str, engine: WorkflowEnvironment
) -> None:
    """A batch may take a minute; one whose worker died waits only until it is missed, and goes once."""
    await furnish(database)
    queue = f"q-{secrets.token_hex(6)}"
    async with listening(box := Slow()) as port, await connect(database) as pool:
        chosen = {
            "database_url": database, "temporal_address": target(engine), "temporal_task_queue": queue,
            "smtp_host": "127.0.0.1", "smtp_port": port,
        }  # fmt: skip
        async with worker(**chosen) as first:
            assert await first.becomes(200), first.said
            desk = Desk(engine.client, queue, Keeping(pool), Reads(pool), demonstration=True)
            opening = s.open_cycle(s.fresh_reference(), s.wall_now())
            assert isinstance(await desk.send(opening, s.WORDS), Receipt)
            async with asyncio.timeout(SOON):
                await box.asked.wait()
            first.process.kill()
            await first.process.wait()
        killed = time.monotonic()
        box.mended = True
        async with worker(**chosen) as second:
            assert await second.becomes(200), second.said
            while len(box.subjects) < LETTERS:
                assert time.monotonic() - killed < MISSED_WITHIN, box.subjects
                await asyncio.sleep(0.1)
    assert len(set(box.subjects)) == len(box.subjects) == LETTERS


async def test_a_worker_without_tables_says_what_to_run_and_waits(
    database: str, engine: WorkflowEnvironment
) -> None:
    """It makes no tables; once they are there, it works."""
    async with worker(database_url=database, temporal_address=target(engine)) as running:
        assert await running.says("starter.py migrate"), running.said
        assert (await running.health()) == (503, {"worker": False, "store": False, "engine": False})
        await furnish(database)
        assert await running.becomes(200), running.said


async def test_a_worker_says_when_postgresql_is_gone_and_when_it_is_back(
    own_postgres: Postgres, engine: WorkflowEnvironment
) -> None:
    """Killing the database turns the health to 503 and names the store; reviving it turns it back."""
    address = own_postgres._server.get_uri(database="answerable") if own_postgres._server else ""
    await furnish(address)
    queue = f"q-{secrets.token_hex(6)}"
    async with worker(
        database_url=address, temporal_address=target(engine), temporal_task_queue=queue
    ) as running:
        assert await running.becomes(200), running.said
        first = psutil.Process(own_postgres.pid)
        everything = [first, *first.children(recursive=True)]
        for process in everything:
            process.kill()
        psutil.wait_procs(everything, 5)
        assert await running.becomes(503), running.said
        assert (await running.health())[1] == {"worker": True, "store": False, "engine": True}
        await asyncio.to_thread(own_postgres.revive)
        assert await running.becomes(200), running.said
        for process in [first, *everything]:
            assert not process.is_running()
        killed = psutil.Process(own_postgres.pid)
        killed.kill()
        code, took = await running.stop()
    assert (code, took < 8) == (0, True), (took, running.said)


async def test_a_worker_waits_for_temporal_and_can_be_stopped_meanwhile(database: str) -> None:
    """Nobody answers at the address: it says so, keeps trying, and ends at once when asked."""
    await furnish(database)
    nowhere = f"127.0.0.1:{two_ports()}"
    async with worker(database_url=database, temporal_address=nowhere) as running:
        assert await running.says('"waiting_for": "Temporal"'), running.said
        assert (await running.health()) == (503, {"worker": False, "store": True, "engine": False})
        code, took = await running.stop()
    assert (code, took < 8) == (0, True), (took, running.said)


async def test_a_worker_that_was_told_nothing_of_a_scanner_does_not_start() -> None:
    """Outside a demonstration it has to be said, if only that there is none."""
    nowhere = {"database_url": "postgresql://u@127.0.0.1:1/x", "temporal_address": "127.0.0.1:1"}
    async with worker(**nowhere, clamd=None) as running:
        async with asyncio.timeout(SOON):
            assert await running.process.wait() == 2
    assert any("ANSWERABLE_CLAMD is missing" in line and "none" in line for line in running.said)


async def test_a_worker_without_an_address_says_which_one_is_missing() -> None:
    """The sentence names the variable."""
    async with worker(database_url="postgresql://u@127.0.0.1:1/x") as running:
        async with asyncio.timeout(SOON):
            assert await running.process.wait() == 2
    assert any("ANSWERABLE_TEMPORAL_ADDRESS is missing" in line for line in running.said)
