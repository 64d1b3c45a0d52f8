"""The worker as a process of its own sees to its schedules, and takes up what waits."""

import secrets
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from engine.intake import Intake
from engine.programme_desk import ProgrammeDesk
from engine.sweeps import sweep_ids
from schemas.outside import Became
from schemas.programme.records import ProgrammeReceipt
from store.pool import connect
from tests import programme as p
from tests import scenario as s
from tests.events import Records, report
from tests.worker.running import soon, worker
from tests.worker.test_worker import furnish, target

pytestmark = pytest.mark.real


async def test_a_worker_takes_up_what_waited_for_a_programme(
    database: str, engine: WorkflowEnvironment, tmp_path: Path
) -> None:
    """By the schedule that it made sure of; a file of promises that is wrong ends it with a sentence."""
    await furnish(database)
    queue = f"q-{secrets.token_hex(6)}"
    chosen = {
        "database_url": database,
        "temporal_address": target(engine),
        "temporal_task_queue": queue,
        "import_folder": tmp_path / "import",
    }
    async with await connect(database) as pool:
        records = Records(pool)
        desk = ProgrammeDesk(engine.client, queue, records, records)
        intake, one = Intake(records, records, desk, s.wall_now), report()
        waits = await intake.take(one, "http")
        assert isinstance(waits, Became)
        assert waits.state == "waiting"
        async with worker(**chosen) as running:
            assert await running.becomes(200), running.said
            begun = await desk.send(p.begin(ref=f"PRG-test-{s.key()}"), p.WORDS)
            assert isinstance(begun, ProgrammeReceipt)
            schedules = [engine.client.get_schedule_handle(name) for name in sweep_ids(queue)]

            async def is_taken() -> bool:
                await schedules[0].trigger()
                row = await records.outside_event(one.source, one.id)
                return row is not None and row.state == "taken"

            assert await running.says('"working"'), running.said
            assert await soon(is_taken), running.said
            for handle in schedules:
                await handle.delete()
    assert (tmp_path / "import").is_dir()
    wrong = tmp_path / "promises.yaml"
    wrong.write_text("- {id: x}", encoding="utf-8")
    async with worker(**chosen, promises_file=wrong) as spoilt:
        assert await spoilt.process.wait() == 2
    assert "ANSWERABLE_PROMISES_FILE cannot be used. promises.yaml, line 1, promise 1" in "".join(spoilt.said)
