"""A long storm over the whole product, held against its clients' notes: `make chaos KILLS=200 SEED=1`."""

import asyncio
import json
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer

from reference.catalogue import demonstration_people, plan
from schemas.cycle import Cycle
from schemas.records import Entry
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool, connect
from store.reads import Reads
from tests.chaos.product import ROOT, free_port, started, stopped
from tests.chaos.storm import checks, notes
from tests.chaos.storm.figures import Storm, figures
from tests.chaos.storm.making import Ground, Maker, ground
from tests.chaos.storm.plan import PARTS, Bearing, Fault, faults

BEGUN_WITHIN = 120.0
SETTLES_WITHIN = 60.0
"""Seconds for mails that are still on their way once every cycle is closed."""


async def rage(storm: Storm, maker: Maker, kills: int, minutes: float) -> None:
    """Fault after fault, until so many kills or so many minutes."""
    bearing, until = Bearing(), time.monotonic() + minutes * 60
    for fault in faults(storm.seed):
        if storm.killed >= kills or time.monotonic() > until:
            return
        await asyncio.sleep(fault.after)
        loop = asyncio.get_running_loop()
        parts = bearing.spares(fault.parts, loop.time()) if fault.kind == "kill" else fault.parts
        if not parts:
            continue
        began = loop.time()
        storm.ends.append(time.monotonic())
        made = await maker.make(fault, parts)
        (storm.made if made else storm.not_made)[fault.kind] += 1
        if fault.kind == "power":
            bearing.forget()
            storm.kills.update(PARTS)
            storm.after["power"].append(round(loop.time() - began, 2))
            continue
        await _recovered(storm, maker, fault, parts, began)
        if maker.running.process.poll() is not None:
            storm.fell.append(f"after {fault}: {_last_words(maker.ground)}")
            bearing.forget()
            await maker.switch_on()


async def _recovered(storm: Storm, maker: Maker, fault: Fault, parts: tuple[str, ...], began: float) -> None:
    """Note how long it takes until every part answers."""
    killing = fault.kind == "kill"
    since = began if killing else asyncio.get_running_loop().time()
    found = await maker.whole(since)
    missing = [part for part, seconds in found.items() if seconds is None]
    if missing:
        storm.fell.append(f"after {fault}: {missing} did not answer")
    if killing:
        storm.kills.update(parts)
        for part in parts:
            storm.took[part] += [found[part] or float("inf")]
    elif not missing:
        storm.after[fault.kind].append(max(one or 0 for one in found.values()))
    told = ", ".join(f"{part} {seconds}" for part, seconds in found.items())
    _tell(f"{storm.killed:4} kills. {fault.kind} {' '.join(parts)}: {told}")


def _tell(words: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stdout.flush()


def _last_words(where: Ground) -> str:
    out = where.home.parent / f"{where.home.name}.out"
    return out.read_text(encoding="utf8", errors="replace")[-400:]


@contextmanager
def people(maker: Maker, seed: int, processes: int, lanes: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Client processes, each with a file of its own; none is left at the end of the block."""
    began = []
    for number in range(processes):
        words = [sys.executable, "-m", "tests.chaos.storm.client", "--home", str(maker.running.home)]
        words += ["--port", str(maker.running.port), "--seed", str(seed), "--first", str(number * lanes)]
        words += ["--lanes", str(lanes), "--notes", str(maker.ground.folder / f"notes-{number}.jsonl")]
        with (maker.ground.folder / f"client-{number}.out").open("wb") as out:
            began.append(subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out))
    try:
        yield began
    finally:
        for one in began:
            one.kill()
            one.wait(timeout=20)


async def under_way(maker: Maker, storm: Storm, kills: int, minutes: float, load: tuple[int, int]) -> None:
    """The storm over a load, and then calm until every client has ended what it had begun."""
    with people(maker, storm.seed, *load) as clients:
        await _first_act(maker)
        await rage(storm, maker, kills, minutes)
        _tell("calm: the clients end what is under way")
        for one in clients:
            one.send_signal(signal.SIGTERM)
        codes = [await asyncio.to_thread(one.wait, 600) for one in clients]
    if any(codes):
        storm.fell.append(f"a process of clients ended with {codes}")


async def _first_act(maker: Maker) -> None:
    async with asyncio.timeout(BEGUN_WITHIN):
        while not notes.read(maker.ground.folder.glob("notes-*.jsonl")).answers:
            await asyncio.sleep(0.3)


async def written(pool: Pool, cycles: list[str]) -> tuple[dict[str, list[Entry]], dict[str, Cycle]]:
    """The ledgers of the clients' cycles, and these as pages read them."""
    ledgers = {one: list(await Ledger(pool).entries(one)) for one in cycles}
    pages = {one: await Reads(pool).cycle(one) for one in cycles}
    return ledgers, {one: page.cycle for one, page in pages.items() if page}


async def looked_at(maker: Maker, storm: Storm) -> dict[str, Any]:
    """Everything held against the notes; the figures."""
    found = notes.read(sorted(maker.ground.folder.glob("notes-*.jsonl")))
    pool = await connect(maker.running.settings.need("database_url"))
    mails = await _settled(maker, pool)
    ledgers, stands = await written(pool, sorted(found.cycles))
    sent = {row["key"] for row in await pool.fetch("select key from mails")}
    await pool.close()
    chain = _verified(maker)
    wrong = [*storm.fell, *checks.what_is_wrong(found, ledgers, stands), *checks.doubled_mails(mails)]
    wrong += checks.lost_letters(ledgers, sent)
    wrong += [] if chain.get("wrong") == [] else [f"the chain does not verify: {chain}"]
    return {
        "wrong": wrong,
        **figures(storm, found, ledgers),
        "mails": {"noted": len(sent), "caught": len(mails)},
        "chain": {name: chain.get(name) for name in ("chains", "entries", "checkpoints")},
    }


async def _settled(maker: Maker, pool: Pool) -> list[tuple[str, str, str]]:
    """The mails that were caught, once no more come."""
    until, before = time.monotonic() + SETTLES_WITHIN, -1
    while time.monotonic() < until:
        now = await pool.fetchval("select count(*) from mails")
        if now == before and not await pool.fetchval("select count(*) from out_tray"):
            break
        before = now
        await asyncio.sleep(5)
    return [mail_of(file) for file in (maker.running.home / "mail").glob("*.eml")]


def mail_of(file: Path) -> tuple[str, str, str]:
    """To whom a mail went, what it is about, and its words."""
    mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    body = mail.get_body(("plain",))
    return str(mail["X-RcptTo"]), str(mail["Subject"]), str(body.get_content()) if body else ""


def _verified(maker: Maker) -> dict[str, Any]:
    words = [sys.executable, "starter.py", "ledger", "verify", "--json"]
    environment = Settings(home=maker.running.home).environment()
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"wrong": f"{done.stdout[-500:]} {done.stderr[-500:]}"}
    return said


def machine() -> dict[str, Any]:
    """What it ran on."""
    memory = psutil.virtual_memory().total // 2**30
    return {"processors": psutil.cpu_count(), "memory_gib": memory, "system": platform.platform(terse=True),
            "python": platform.python_version()}  # fmt: skip


async def _whole(
    where: Ground, seed: int, kills: int, minutes: float, load: tuple[int, int]
) -> dict[str, Any]:
    running = await asyncio.to_thread(
        lambda: started(where.home, free_port(), "--no-demonstration", beside=where.environment())
    )
    storm, maker = Storm(seed), Maker(where, running)
    try:
        await running.healthy()
        pool = await connect(running.settings.need("database_url"))
        await Keeping(pool).keep_plan(plan())
        await Keeping(pool).keep_people(demonstration_people().values())
        await pool.close()
        await under_way(maker, storm, kills, minutes, load)
        return await looked_at(maker, storm)
    finally:
        if maker.running.process.poll() is None:
            stopped(maker.running)


def main(
    *,
    kills: Annotated[int, typer.Option()] = 200,
    seed: Annotated[int, typer.Option()] = 1,
    minutes: Annotated[float, typer.Option(help="Where the kills take longer, it ends here.")] = 60,
    processes: Annotated[int, typer.Option()] = 3,
    lanes: Annotated[int, typer.Option()] = 4,
    out: Annotated[Path, typer.Option()] = ROOT / "build" / "chaos.json",
) -> None:
    """Let it storm, look, and write the figures down; 1 where something is wrong."""
    for ending in (signal.SIGINT, signal.SIGTERM):  # whoever ends a storm ends what it began
        signal.signal(ending, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="answerable-storm-"))
    folder.chmod(0o755)
    where = ground(folder)
    _tell(f"in {folder}; disk of its own: {where.disk}; clock: {where.library or 'not installed'}")
    began = time.monotonic()
    try:
        found = asyncio.run(_whole(where, seed, kills, minutes, (processes, lanes)))
    finally:
        log = where.home / "log"
        if log.exists():
            (folder / "answerable.log").write_bytes((log / "answerable.log").read_bytes())
        where.close()
    found = {"machine": machine(), "minutes": round((time.monotonic() - began) / 60, 1), **found}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")
    _tell(json.dumps(found, indent=1))
    raise typer.Exit(1 if found["wrong"] else 0)


if __name__ == "__main__":
    typer.run(main)
