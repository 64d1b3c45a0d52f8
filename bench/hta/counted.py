"""What Temporal keeps of a cycle and how often it was called."""

import asyncio
import re
import urllib.request
from collections import Counter

from temporalio.client import Client

from bench.hta.system import Where

CALLS = re.compile(
    r'^temporal_(?:long_)?request(?:_total)?\{[^}]*operation="(\w+)"[^}]*\} (\d+)', re.MULTILINE
)


async def measured(client: Client, workflow: str) -> tuple[int, int]:
    """The events and bytes of a workflow's history, of all its runs."""
    events, size, run = 0, 0, None
    while run != "":
        handle = client.get_workflow_handle(workflow, run_id=run)
        history = await handle.fetch_history()
        events += len(history.events)
        size += sum(event.ByteSize() for event in history.events)
        started = history.events[0].workflow_execution_started_event_attributes
        run = started.continued_execution_run_id
    return events, size


async def calls_of(where: Where) -> Counter[str]:
    """Calls to Temporal by operation, of the door's process and of the worker's."""
    found: Counter[str] = Counter()
    for port in (where.door_port, where.worker_port):
        found += Counter(await asyncio.to_thread(_read, port))
    return found


def _read(port: int) -> dict[str, int]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    found: Counter[str] = Counter()
    for operation, count in CALLS.findall(text):
        found[operation] += int(count)
    return dict(found)
