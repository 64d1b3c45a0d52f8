"""(e) Restate: one virtual object per cycle, its reminders as delayed calls to itself, letters as calls."""

import asyncio
import json
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import hypercorn.asyncio
import restate
from hypercorn.config import Config

from bench.clock import now
from bench.hta.instants import until
from bench.hta.ledger import act_of
from bench.hta.pg import COUNT_NAMED, Records, one_value, tables
from bench.hta.served import asked_of
from bench.hta.system import READY, Kept, Where
from bench.hta.workload import Act

cycle = restate.VirtualObject("Cycle")
post = restate.Service("Post")
RECORDS: list[Records] = []
"""The worker's own, once it is connected: handlers are made when the module is."""
ANSWER_WITHIN = 30.0


@cycle.handler("act")
async def act(ctx: restate.ObjectContext, asked: dict[str, Any]) -> int:
    """Record one act, set its reminders, have its letter sent."""
    number = await ctx.get("number", type_hint=int) or 0
    taken = act_of(asked["act"])
    if taken.number != number + 1:
        return number
    await ctx.run_typed("record", RECORDS[0].record, reference=ctx.key(), act=taken)
    if asked["rungs"] is not None:
        ladder = (await ctx.get("ladder", type_hint=int) or 0) + 1
        ctx.set("ladder", ladder)
        await _remind_next(ctx, ladder, asked["rungs"])
    if taken.tells:
        ctx.service_send(tell, {"reference": ctx.key(), "act": asked["act"]})
    ctx.set("number", taken.number)
    if taken.last:
        ctx.clear_all()
        ctx.set("number", taken.number)
    return taken.number


@cycle.handler("remind")
async def remind(ctx: restate.ObjectContext, due: dict[str, Any]) -> None:
    """Send the reminder, unless the ladder was set anew since."""
    if due["ladder"] != await ctx.get("ladder", type_hint=int):
        return
    await ctx.run_typed("remind", RECORDS[0].remind, reference=ctx.key(), rung=due["rungs"][0])
    await _remind_next(ctx, due["ladder"], due["rungs"][1:])


async def _remind_next(ctx: restate.ObjectContext, ladder: int, rungs: list[str]) -> None:
    if rungs:
        delay = await ctx.run_typed("delay", lambda: until(rungs, now()))
        due = {"ladder": ladder, "rungs": rungs}
        ctx.object_send(remind, ctx.key(), due, send_delay=timedelta(seconds=delay))


@post.handler("tell")
async def tell(ctx: restate.Context, told: dict[str, Any]) -> None:
    """Send what an act tells."""
    given = {"reference": told["reference"], "act": act_of(told["act"])}
    await ctx.run_typed("letter", RECORDS[0].tell, **given)


def prepare(where: Where) -> None:
    """The record's tables."""
    tables(where)


def work(where: Where) -> None:
    """Serve the handlers over HTTP/2, as the documentation has it, and say where."""
    asyncio.run(_work(where))


async def _work(where: Where) -> None:
    records = Records(where)
    await records.open()
    RECORDS.append(records)
    config = Config()
    config.bind = [f"127.0.0.1:{where.worker_port}"]
    config.h2_max_concurrent_streams = 2**31 - 1
    serving = asyncio.create_task(hypercorn.asyncio.serve(restate.app([cycle, post]), config))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(_register, where)
    print(READY, flush=True)
    await serving


def _register(where: Where) -> None:
    said = json.dumps({"uri": f"http://127.0.0.1:{where.worker_port}", "force": True}).encode()
    _post(f"http://{where.admin}/deployments", said)


def _post(address: str, said: bytes) -> Any:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(address, said, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read() or b"null")


def door(where: Where) -> "RestateDoor":
    """Restate's ingress."""
    return RestateDoor(where)


class RestateDoor:
    """Calls over HTTP, each with an idempotency key."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._http: httpx.AsyncClient
        self._calls = 0

    async def enter(self) -> None:
        """Connect."""
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
        base = f"http://{self._where.engine}"
        self._http = httpx.AsyncClient(base_url=base, limits=limits, trust_env=False, timeout=ANSWER_WITHIN)

    async def leave(self) -> None:
        """Close."""
        await self._http.aclose()

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """One call."""
        self._calls += 1
        answer = await self._http.post(
            f"/Cycle/{reference}/act",
            json=vars(asked_of(reference, act, base)),
            headers={"Idempotency-Key": act.key(reference)},
        )
        answer.raise_for_status()
        if answer.json() < act.number:
            raise RuntimeError(f"{reference} stands at {answer.json()}, before {act.number}")

    async def kept(self, reference: str) -> Kept:
        """Acts in the record; entries of the journals of its object, letters left out."""
        acts = await asyncio.to_thread(one_value, self._where, COUNT_NAMED, reference)
        asked = f"""select count(*) as n from sys_journal j join sys_invocation i on j.id = i.id
                    where i.target_service_key = '{reference}'"""  # noqa: S608 - our own reference
        return Kept(acts, await self._counted(asked))

    async def round_trips(self) -> Mapping[str, int]:
        """Calls to its ingress, and the server's own to the handlers, for letters and reminders too."""
        handlers = await self._counted("select count(*) as n from sys_invocation")
        return {"ingress": self._calls, "handlers": handlers}

    async def _counted(self, asked: str) -> int:
        said = json.dumps({"query": asked}).encode()
        found = await asyncio.to_thread(_post, f"http://{self._where.admin}/query", said)
        return int(found["rows"][0]["n"])
