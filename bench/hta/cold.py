"""Cold start: from nothing to the first acknowledged act, each on its embedded defaults."""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from bench.clock import now
from bench.hta.commands import command_of
from bench.hta.ground import ROOT, System, postgres, standing
from bench.hta.loads import Facts
from bench.hta.plan import Plan
from bench.hta.workload import of_way
from bench.stand import free_port
from bench.workload import WORDS
from demonstration.actors import OFFICER
from tests.web.house import Browser

PAUSE, GIVEN_UP, ENDS_WITHIN = 0.1, 120.0, 60.0
"""Seconds: between two tries, until it is given up, and for what was started to end."""
PRODUCT, NOT_YET = "product", "no_plan"
"""What the pages answer until the worked examples have brought the plan."""


async def cold(system: System, shapes: Path, plan: Plan) -> Facts:
    """PostgreSQL, the system's server, its tables, its worker, one act: each made and started anew."""
    began = time.monotonic()
    async with postgres() as on, standing(system, on, shapes) as stands:
        await stands.drive("first", json.dumps({"seed": plan.seed, "first": 0}))
        facts: Facts = {"first_act_s": time.monotonic() - began}
    if system.name == PRODUCT:
        facts["whole_product_first_act_s"] = await whole_product()
    return facts


async def whole_product() -> float:
    """As the README says: pages, mail and the worked examples too; an act comes in by the pages meanwhile."""
    home, port = Path(tempfile.mkdtemp(prefix="answerable-cold-")), free_port()
    began = time.monotonic()
    words = ("standalone.py", "--home", str(home), "--port", str(port))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _acknowledged(f"http://127.0.0.1:{port}")
        return time.monotonic() - began
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), ENDS_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()
        shutil.rmtree(home, ignore_errors=True)


async def _acknowledged(base: str) -> None:
    """Hand in an opening until it is acknowledged.

    Raises: TimeoutError: it never was.
    Raises: RuntimeError: it was refused.
    """
    act = of_way(1, ()).acts[0]
    opening = command_of("HTA-2026-9001", act, now(), now()).model_copy(update={"session": None})
    made = opening.model_dump(mode="json", exclude={"actor"})
    async with asyncio.timeout(GIVEN_UP), Browser(base_url=base, trust_env=False, timeout=20) as browser:
        while True:
            try:
                await browser.sign_in(OFFICER.person)
                answer = await browser.post("/api/v1/commands", json=_spoken(made))
            except (httpx.HTTPError, AssertionError):
                await asyncio.sleep(PAUSE)
                continue
            if answer.status_code == httpx.codes.OK:
                return
            if answer.is_client_error and NOT_YET not in answer.text:
                raise RuntimeError(answer.text[:300])
            await asyncio.sleep(PAUSE)


def _spoken(value: Any) -> Any:
    """The same value with the words in place of every text's reference, as programs send it."""
    if isinstance(value, str):
        return {"say": WORDS.kept[value]} if value in WORDS.kept else value
    if isinstance(value, list):
        return [_spoken(one) for one in value]
    return {name: _spoken(one) for name, one in value.items()} if isinstance(value, dict) else value
