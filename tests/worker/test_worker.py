"""The worker as a process of its own, on real services."""

import asyncio
import json
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from temporalio.testing import WorkflowEnvironment

from embedded.postgres import Postgres
from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from schemas.outcomes import Receipt, Refused
from settings import Settings
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import connect
from store.reads import Reads
from tests import scenario as s

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parents[2]
SOON = 20.0


@dataclass
class Running:
    """A worker process, its port, and what it has said."""

    process: asyncio.subprocess.Process
    port: int
    said: list[str] = field(default_factory=list)

    async def health(self) -> tuple[int, dict[str, bool]]:
        """Its own account of its health; 0 where it does not answer."""
        answer = await self.get("/healthz")
        return (answer.status_code, answer.json()) if answer else (0, {})

    async def get(self, path: str, port: int | None = None) -> httpx.Response | None:
        """A page of its own; None where it does not answer."""
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
                return await client.get(f"http://127.0.0.1:{port or self.port}{path}")
        except httpx.HTTPError:
            return None

    async def becomes(self, status: int) -> bool:
        """Whether its health becomes this soon."""
        return await soon(lambda: self._is(status))

    async def says(self, words: str) -> bool:
        """Whether it says something soon."""
        return await soon(lambda: self._said(words))

    async def stop(self) -> tuple[int, float]:
        """Ask it to stop; its exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            code = await self.process.wait()
        return code, time.monotonic() - began

    async def _is(self, status: int) -> bool:
        return (await self.health())[0] == status

    async def _said(self, words: str) -> bool:
        return any(words in line for line in self.said)


async def soon(question: Callable[[], Awaitable[bool]]) -> bool:
    """Whether something becomes true soon."""
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if await question():
            return True
        await asyncio.sleep(0.1)
    return False


def two_ports() -> int:
    """A free port whose next one is free too."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port


@asynccontextmanager
async def worker(**chosen: object) -> AsyncIterator[Running]:
    """A worker process with these settings."""
    port = two_ports()
    settings = Settings(worker_http_port=port, **chosen)  # type: ignore[arg-type]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "worker.py"),
        cwd=ROOT,
        env=settings.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=2**20,
    )
    running = Running(process, port)
    listening = asyncio.create_task(listen(running))
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await listening


async def listen(running: Running) -> None:
    """Keep what the process says."""
    assert running.process.stdout is not None
    while line := await running.process.stdout.readline():
        running.said.append(line.decode().rstrip())


@pytest.fixture
async def database(postgres: str) -> AsyncIterator[str]:
    """The address of an empty database."""
    name = f"w{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    yield postgres.replace("/postgres?", f"/{name}?")
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


async def furnish(url: str) -> None:
    """Bring the database's shape up to date, and enter the plan and the people."""
    async with await connect(url) as pool:
        await migrate(pool)
        await Keeping(pool).keep_plan(plan())
        await Keeping(pool).keep_people(demonstration_people().values())


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Postgres]:
    """A PostgreSQL server that a test may kill."""
    server = Postgres(tmp_path)
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

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the message."""
        assert isinstance(envelope.content, bytes)
        lines = envelope.content.decode().replace("\r\n ", " ").splitlines()
        self.subjects += [line for line in lines if line.startswith("Subject:")]
        return "250 Taken"


@asynccontextmanager
async def letterbox() -> AsyncIterator[tuple[Letterbox, int]]:
    """A mail server and its port."""
    box = Letterbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, hostname="localhost"), "127.0.0.1", 0
    )
    yield box, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def test_a_worker_runs_cycles_sends_their_mail_counts_and_stops_in_time(
    database: str, engine: WorkflowEnvironment
) -> None:
    """From an empty queue to a mail at the lead's server, with its numbers, its log and a clean end."""
    await furnish(database)
    queue = f"q-{secrets.token_hex(6)}"
    async with (
        letterbox() as (box, smtp_port),
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
        ref = s.fresh_reference()
        assert isinstance(await desk.send(s.open_cycle(ref, s.wall_now()), s.WORDS), Receipt)
        assert isinstance(await desk.send(s.add_request(ref, title="Mailed paper"), s.WORDS), Receipt)
        assert isinstance(await desk.send(s.publish(ref), s.WORDS), Refused)

        async def is_mailed() -> bool:
            return any("Evidence requested" in one and "Mailed paper" in one for one in box.subjects)

        assert await soon(is_mailed), running.said
        assert await running.says('"template": "evidence_requested"')
        numbers = await running.get("/metrics")
        assert numbers is not None
        print(numbers.text, "\n".join(running.said))
        assert 'answerable_mails_total{outcome="delivered",template="evidence_requested"} 1.0' in numbers.text
        assert 'answerable_ledger_writes_total{outcome="written"}' in numbers.text
        assert 'answerable_refusals_total{code="no_findings"} 1.0' in numbers.text
        of_the_sdk = await running.get("/metrics", running.port + 1)
        assert of_the_sdk is not None
        assert "temporal_" in of_the_sdk.text
        code, took = await running.stop()
    assert (code, took < 8) == (0, True), (took, running.said)
    lines = [json.loads(line) for line in running.said]
    assert any(line.get("events") == [f"{ref}/1"] or f"{ref}/1" in line.get("events", []) for line in lines)
    assert "@" not in "".join(running.said).replace(database, "")


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


async def test_a_worker_without_an_address_says_which_one_is_missing() -> None:
    """The sentence names the variable."""
    async with worker(database_url="postgresql://u@127.0.0.1:1/x") as running:
        async with asyncio.timeout(SOON):
            assert await running.process.wait() == 2
    assert any("ANSWERABLE_TEMPORAL_ADDRESS is missing" in line for line in running.said)
