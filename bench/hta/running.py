"""One system through one measure, with everything fresh, and what was seen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.at_rest import at_rest
from bench.clock import now
from bench.hta.cold import cold
from bench.hta.edited import edit
from bench.hta.ground import Postgres, Standing, System, standing
from bench.hta.loads import Facts
from bench.hta.plan import Plan
from bench.hta.workload import reference_of

WARM = 100_000
"""Cycles from this number on only warm up."""
LOGGED = "alter system set log_min_duration_statement = {}"
STATEMENT = ("execute", "statement")
RUNGS = """select cycle, key, extract(epoch from at)::float8 as at from hta.letters where rung"""
WAL = "select pg_current_wal_insert_lsn()"
"""In bytes, as the driver reads it."""
COME = "select count(distinct cycle) from hta.letters where rung"
Measure = Callable[[Standing, Plan, int], Awaitable[Facts]]


async def measured(
    system: System, on: Postgres, shapes: Path, plan: Plan, *, measure: str, size: int
) -> Facts:
    """Take one measure of one system in one run."""
    if measure == "cold":
        async with asyncio.timeout(plan.limit):
            return await cold(system, shapes, plan)
    async with standing(system, on, shapes) as stands, asyncio.timeout(plan.limit):
        return await TAKEN[measure](stands, plan, size)


async def drive(stands: Standing, what: str, plan: Plan, **options: Any) -> Facts:
    """Have a load put on it."""
    given = json.dumps({"seed": plan.seed, "first": 0, **options})
    facts: Facts = json.loads(await stands.drive(what, given))
    return facts


async def warm(stands: Standing, plan: Plan) -> None:
    """A few cycles that are not measured: caches fill, statements are prepared."""
    await drive(stands, "steady", plan, first=WARM, count=plan.lanes, lanes=plan.lanes)


async def throughput(stands: Standing, plan: Plan, _size: int) -> Facts:
    """Whole cycles a second."""
    await warm(stands, plan)
    return await drive(stands, "steady", plan, count=plan.cycles, lanes=plan.lanes)


async def latency(stands: Standing, plan: Plan, rate: int) -> Facts:
    """From the command to its being visible, at a steady rate."""
    await warm(stands, plan)
    return await drive(stands, "paced", plan, rate=rate, seconds=plan.seconds, lanes=plan.lanes)


async def cost(stands: Standing, plan: Plan, _size: int) -> Facts:
    """What one cycle costs: events of history, round trips, bytes written and bytes kept."""
    await warm(stands, plan)
    on = stands.postgres
    before = await _sizes(stands)
    wal = await on.value(WAL)
    await on.execute(LOGGED.format(0), "select pg_reload_conf()")
    mark = _log(on).stat().st_size
    facts = await drive(stands, "steady", plan, count=plan.cycles, lanes=plan.lanes)
    await asyncio.sleep(2)  # letters and other work that follows the last answer
    statements = await asyncio.to_thread(_statements, _log(on), mark)
    await on.execute(LOGGED.format(-1), "select pg_reload_conf()")
    written = await on.value(WAL) - wal
    after = await _sizes(stands)
    kept = ("events_per_cycle", "history_bytes_per_cycle", "calls_per_cycle")
    return {
        **{name: facts[name] for name in kept if name in facts},
        "calls_in_all_per_cycle": sum(facts["calls_per_cycle"].values()),
        "statements_per_cycle": statements / plan.cycles,
        "wal_bytes_per_cycle": float(written) / plan.cycles,
        **{f"{name}_per_cycle": (after[name] - before[name]) / plan.cycles for name in after},
    }


def _log(on: Postgres) -> Path:
    return on.folder / "postgres" / "log"


def _statements(log: Path, mark: int) -> int:
    """Statements in the log since then; each is a round trip, a transaction's beginning and end included."""
    with log.open("rb") as file:
        file.seek(mark)
        lines = (line.decode(errors="replace") for line in file)
        return sum(
            1 for line in lines if "duration: " in line and any(f" ms  {w}" in line for w in STATEMENT)
        )


async def _sizes(stands: Standing) -> dict[str, int]:
    """Bytes on disk: of the system's database, and of its own server."""
    on = stands.postgres
    await on.execute("checkpoint")
    size = await on.value("select pg_database_size(current_database())", stands.where.database)
    return {"postgres_bytes": int(size), "server_bytes": await asyncio.to_thread(_disk, stands.where.folder)}


def _disk(folder: str) -> int:
    """What was written; blocks would count what a log has only reserved."""
    return sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())


async def timers(stands: Standing, plan: Plan, count: int) -> Facts:
    """Reminders due within one minute: how late each came, which never did, which came twice."""
    options = {"count": count, "lanes": plan.lanes, "spread": plan.spread}
    facts = await drive(stands, "timed", plan, **options)
    at = datetime.fromisoformat(facts["at"]).timestamp()
    came = await _come(stands, count, at + plan.spread + plan.grace)
    await asyncio.sleep(3)  # what would come twice
    rows = await stands.postgres.rows(RUNGS, stands.where.database)
    first: dict[str, float] = {}
    for row in rows:
        first[row["cycle"]] = min(row["at"], first.get(row["cycle"], row["at"]))
    due = _due(facts["first"], count, at, plan.spread)
    late = sorted(when - due[cycle] for cycle, when in first.items() if cycle in due)
    return {
        "due": count,
        "lost": count - came,
        "doubled": len(rows) - len({row["key"] for row in rows}),
        "opened_per_second": facts["opened_per_second"],
        **{f"late_p{int(100 * share)}_s": _at(late, share) for share in (0.5, 0.99)},
        "late_longest_s": late[-1] if late else None,
        "early_s": max(0.0, -late[0]) if late else None,
    }


async def _come(stands: Standing, count: int, patience_until: float) -> int:
    """Wait until the reminders of so many cycles have come, or patience ends; how many did."""
    came = 0
    while came < count and now().timestamp() < patience_until:
        await asyncio.sleep(1)
        came = int(await stands.postgres.value(COME, stands.where.database))
    return came


def _due(first: int, count: int, at: float, spread: float) -> dict[str, float]:
    return {reference_of(first + n): at + spread * n / count for n in range(count)}


def _at(ordered: list[float], share: float) -> float | None:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


async def waiting(stands: Standing, plan: Plan, count: int) -> Facts:
    """What a cycle costs that only waits: bytes on disk, memory, the processor while nothing happens."""
    await warm(stands, plan)
    seen = stands.processes()
    await asyncio.sleep(3)
    before, held = await _sizes(stands), await at_rest(seen, 1.0)
    facts = await drive(stands, "filled", plan, count=count, lanes=plan.lanes)
    await asyncio.sleep(10)  # letters and other work that follows the last answer
    after, rest = await _sizes(stands), await at_rest(seen, plan.idle)
    grown = {f"{name}_per_waiting": (after[name] - before[name]) / count for name in after}
    memory = {
        f"{now_.name}_memory_bytes_per_waiting": 1e6 * (now_.megabytes - then.megabytes) / count
        for then, now_ in zip(held, rest, strict=True)
    }
    idle = {f"{one.name}_idle_cpu": one.cpu for one in rest}
    return {
        "opened_per_second": facts["opened_per_second"],
        "bytes_in_all_per_waiting": sum(grown.values()),
        "memory_in_all_bytes_per_waiting": sum(memory.values()),
        "idle_cpu_in_all": sum(idle.values()),
        **grown,
        **memory,
        **idle,
    }


async def kill(stands: Standing, plan: Plan, _size: int) -> Facts:
    """The worker is killed under load: how long until answers come again, and is each act there once."""
    await warm(stands, plan)
    trial = await drive(stands, "steady", plan, first=WARM + plan.lanes, count=plan.lanes, lanes=plan.lanes)
    count = int(4 * plan.kill_after * trial["cycles_per_second"]) + 2 * plan.lanes
    book = str(stands.worker.book)
    return await drive(
        stands, "killed", plan, count=count, lanes=plan.lanes, after=plan.kill_after, book=book
    )


TAKEN: dict[str, Measure] = {
    "throughput": throughput,
    "latency": latency,
    "cost": cost,
    "timers": timers,
    "waiting": waiting,
    "kill": kill,
    "edit": edit,
}


def sizes(measure: str, plan: Plan) -> tuple[int, ...]:
    """The sizes at which a measure is taken; 0 where it has none."""
    return {"latency": plan.rates, "timers": plan.timers, "waiting": plan.waiting}.get(measure, (0,))
