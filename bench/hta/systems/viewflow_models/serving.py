"""Serves the process: ten threads, as a WSGI server has them, and the dispatcher of timers once a second."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connection
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.timers import fire_due_timers

from bench.hta.ledger import COUNT, TABLES
from bench.hta.served import Asked, serve
from bench.hta.system import Kept, Where
from bench.hta.systems.viewflow_models.flows import HtaFlow
from bench.hta.systems.viewflow_models.models import HtaProcess

THREADS = 10
SWEEP = 1.0
"""Seconds between two runs of the dispatcher, which cron would start once a minute."""


def prepare() -> None:
    """Every table."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)


def work(where: Where) -> None:
    """Until killed."""
    threading.Thread(target=_sweep, daemon=True).start()
    asyncio.run(_serve(where))


def _sweep() -> None:
    while True:
        began = time.monotonic()
        fire_due_timers()
        time.sleep(max(0.0, SWEEP - (time.monotonic() - began)))


async def _serve(where: Where) -> None:
    threads = ThreadPoolExecutor(THREADS)
    loop = asyncio.get_running_loop()

    async def carry(asked: Asked) -> None:
        await loop.run_in_executor(threads, _carry, asked)

    async def count(reference: str) -> Kept:
        return await loop.run_in_executor(threads, _count, reference)

    await serve(where, carry, count)


def _carry(asked: Asked) -> None:
    """Start the process, or finish the open task of the act's stage."""
    process = HtaProcess.objects.filter(reference=asked.reference).first()
    number = process.number if process else 0
    if asked.act["number"] <= number:
        return
    if process is None:
        HtaFlow.start.run(asked=asked)
        return
    node = getattr(HtaFlow, asked.act["stage"])
    task = Task.objects.get(process_id=process.pk, flow_task=node, status=STATUS.NEW)
    node.run(task, asked=asked)


def _count(reference: str) -> Kept:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, (reference,))
        acts = cursor.fetchone()[0]
    return Kept(acts, Task.objects.filter(process__htaprocess__reference=reference).count())
