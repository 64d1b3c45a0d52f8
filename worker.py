"""Door 1: the worker. It runs the cycles wherever a Temporal address and a PostgreSQL URL are given.

It waits for what is not up yet and says so. On its own port it answers /healthz and /metrics; the Temporal
SDK's own measurements are on the next port up. Pages open to every network (ANSWERABLE_WEB_HOST) open both.
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import structlog
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client, Plugin
from temporalio.plugin import SimplePlugin
from temporalio.runtime import Runtime

from activities.outside import OutsideActivities
from activities.subscriptions import SubscriptionActivities
from clients.import_folder import ImportFolder
from clients.office_letters import OfficeLetters
from clients.sending import letterhead_of
from clients.webhooks import Receivers
from engine.checkpoints import arrange_checkpoints
from engine.connection import Address, Effect, employ, reach
from engine.deployments import build_of
from engine.intake import Intake
from engine.learning import learn, learning
from engine.leaving import leave
from engine.programme_desk import ProgrammeDesk
from engine.scanning import arrange_scans
from engine.signs import Noted
from engine.slots import SlotOpener, programme_effects
from engine.subscriptions import Subscribing
from engine.sweeping import Lookout
from engine.sweeps import arrange_sweeps
from engine.timing import counting
from engine.wiring import address_of, desk_of
from post_office import post_of, rounds_of, sender_of
from reference import own_files
from reference.triggers import promises_of
from rules.telling.envelope import House
from settings import PREFIX, Settings, SettingsWrong, load
from store.feed import Feed, feeds
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool, connect
from store.programmes import ProgrammeLedger
from store.reads import Reads
from store.restores import Restores
from store.runs import RunKeeping
from store.signs import Signs
from store.subscriptions import Subscriptions
from watching.health import Health, serving
from watching.logs import log_as_json
from watching.measures import CountedLedger, CountedPost, Refusals, telemetry
from watching.pauses import seldom, short_turns
from watching.tracing import carried, ended, sent, tracer_of
from workroom import proving_of, scans_of, seen

Found = TypeVar("Found")
log = structlog.get_logger("answerable.worker")

TRY_AGAIN = 2.0
ATTEMPT = 15.0
STOP_WITHIN = 7.0
"""Seconds: current work has five to finish, and whoever stops us waits eight."""
NO_SUCH_TABLE = "42P01"


class Records(Reads, Keeping):
    """What the post room looks up and notes, over one pool."""


async def work(chosen: Settings, health: Health, host: str) -> None:
    """Get hold of the store and the engine, however long it takes, then run cycles until cancelled."""
    short_turns()
    runtime = Runtime(telemetry=telemetry(host, chosen.worker_http_port + 1))
    traces = sent("answerable-worker", chosen.otlp_endpoint)
    pool = await until("PostgreSQL", lambda: opened(chosen))
    health.store = records = Records(pool)
    address = address_of(chosen)
    health.client = await until("Temporal", lambda: reached(address, runtime, carried(traces)))
    post = CountedPost(post_of(chosen, records, pool))
    receivers, followed = Receivers(loopback=chosen.webhook_loopback), feeds(pool)
    health.worker = employ(
        health.client,
        address.queue,
        CountedLedger(Ledger(pool), tracer_of(traces)),
        post,
        beside=(
            *outside_of(chosen, pool, followed, receivers).all(),
            *for_programmes(health.client, chosen, records, pool),
            *lookout_of(chosen, health.client, records, pool, post).all(),
            *scans_of(chosen, records, pool, post, now).all(),
            *proving_of(chosen, pool, now).all(),
        ),
        policed=False,
        build=build_of(chosen.worker_deployment, chosen.worker_build),
    )
    kept, loopback = Subscriptions(pool), chosen.webhook_loopback
    arranged = Subscribing(health.client, address.queue, kept, followed, records, receivers, loopback)
    try:
        await until("calendars", lambda: learn(records))
        async with learning(records), counting(RunKeeping(pool)), seen(chosen, pool, now), health.worker:
            await until("subscriptions", arranged.begin_all)
            await until("schedules", partial(arrange, health.client, address.queue))
            seldom()
            log.info("working", queue=address.queue, namespace=address.namespace)
            await asyncio.Event().wait()
    finally:
        await receivers.close()
        await pool.close()
        await ended(traces)


async def arrange(client: Client, queue: str) -> None:
    """Make sure of every schedule."""
    await arrange_sweeps(client, queue)
    await arrange_scans(client, queue)
    await arrange_checkpoints(client, queue)


def for_programmes(client: Client, chosen: Settings, records: Records, pool: Pool) -> tuple[Effect, ...]:
    """What opens the programme's cycles: the same desks that the pages use."""
    queue = chosen.temporal_task_queue
    desk = desk_of(chosen, client, records, records)
    opener = SlotOpener(desk, ProgrammeDesk(client, queue, records, records), records)
    return programme_effects(client, queue, ProgrammeLedger(pool), opener)


def outside_of(
    chosen: Settings, pool: Pool, followed: tuple[Feed, ...], receivers: Receivers
) -> SubscriptionActivities:
    """What delivers events outside, and tells the office where nobody takes them."""
    letters = OfficeLetters(sender_of(chosen), Records(pool), letterhead_of(chosen))
    house = House(chosen.public_url, chosen.event_types)
    return SubscriptionActivities(followed, Subscriptions(pool), receivers, letters, house)


def lookout_of(
    chosen: Settings, client: Client, records: Records, pool: Pool, post: CountedPost
) -> OutsideActivities:
    """What looks outside by other ways than HTTP, and takes up what was left half-way."""
    programme = ProgrammeDesk(client, chosen.temporal_task_queue, records, records)
    lookout = Lookout(
        Intake(records, records, programme, now),
        records,
        records,
        post,
        now,
        folder=ImportFolder(chosen.import_folder) if chosen.import_folder else None,
        promises=promises_of(chosen.promises_file),
    )
    rounds = rounds_of(chosen, lookout, records, pool, post)
    return OutsideActivities(Noted(rounds, Signs(pool), now))


def now() -> datetime:
    """The instant: the worker is an edge where one enters."""
    return datetime.now(UTC)  # noqa: TID251 - a door reads the clock


async def opened(chosen: Settings) -> Pool:
    """A pool over a database that has our tables.

    Raises: LookupError: the tables are not there, or it was restored and nobody has answered for that yet.
    """
    pool = await connect(
        chosen.need("database_url"), password=chosen.database_password, most=chosen.database_connections
    )
    try:
        await Ledger(pool).entries("HTA-0000-00")
        await Records(pool).delivery("none")
        await Restores(pool).unless_waiting()
    except Exception as trouble:
        await pool.close()
        if getattr(trouble, "sqlstate", None) != NO_SUCH_TABLE:
            raise
        raise LookupError("The tables are missing: run `python starter.py migrate`") from None
    return pool


async def reached(address: Address, runtime: Runtime, traces: tuple[Plugin, ...]) -> Client:
    """A client of a Temporal that has our namespace.

    Raises: RuntimeError, temporalio.service.RPCError: it does not answer, or has no such namespace.
    """
    plugin = SimplePlugin("answerable.refusals", interceptors=[Refusals()])
    client = await reach(address, runtime, plugins=(plugin, *traces))
    await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=address.namespace))
    return client


async def until(what: str, attempt: Callable[[], Awaitable[Found]]) -> Found:
    """Try until it works, and say each time why it did not."""
    while True:
        try:
            async with asyncio.timeout(ATTEMPT):
                found = await attempt()
        except SettingsWrong:
            raise
        except Exception as trouble:  # noqa: BLE001 - whatever keeps us from starting is said and tried again
            reason = f"{type(trouble).__name__}: {trouble.__cause__ or trouble}"
            log.warning("waiting", waiting_for=what, reason=reason, again_in_seconds=TRY_AGAIN)
            await asyncio.sleep(TRY_AGAIN)
        else:
            log.info("there", found=what)
            return found


async def run(chosen: Settings) -> int:
    """Work until we are told to stop; the exit code."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    everywhere = chosen.web_host in ("0.0.0.0", "::")  # noqa: S104 - compared with, chosen by the deployment
    host = chosen.web_host if everywhere else "127.0.0.1"
    health = Health()
    async with serving(host, chosen.worker_http_port, health):
        working = asyncio.create_task(work(chosen, health, host))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping", asked=stop.is_set())
        working.cancel()
        await asyncio.wait({working}, timeout=STOP_WITHIN)
        if not working.done():
            log.warning("current work did not finish in time; the engine will have it done again")
            leave(0 if stop.is_set() else 1)
    if not stop.is_set() and working.done() and not working.cancelled():
        log.error("the worker ended", exc_info=working.exception())
    return 0 if stop.is_set() else 1


def main() -> int:
    """Run the worker; the exit code: 0 stopped, 1 ended by itself, 2 wrong settings or no port."""
    try:
        chosen = load()
        chosen.need("database_url")
        chosen.need("temporal_address")
        if not chosen.standalone:
            chosen.need("clamd")
            chosen.need("keys_file")
        chosen.need("files_url")
        own_files.check(chosen, PREFIX, SettingsWrong)
        log_as_json(chosen.log_level)
        return asyncio.run(run(chosen))
    except (SettingsWrong, OSError) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2


if __name__ == "__main__":
    leave(main())
