"""Health: what a worker stands on, whether each part answers, and the small pages that say so."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Protocol

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from temporalio.client import Client
from temporalio.worker import Worker

from watching.measures import family_of

LOOK = 2.0
"""Seconds in which a part has to answer."""


class Answers(Protocol):
    """A store that can be asked whether it is there."""

    async def ready(self) -> bool:
        """Whether it answers."""
        ...


@dataclass
class Health:
    """What the worker stands on, as far as it has it, and whether each part answers."""

    worker: Worker | None = None
    store: Answers | None = None
    client: Client | None = None

    async def healthz(self, _request: Request) -> Response:
        """200 where everything answers, 503 where something does not, and which."""
        store, engine = await asyncio.gather(self._store(), self._engine())
        parts = {"worker": bool(self.worker and self.worker.is_running), "store": store, "engine": engine}
        return JSONResponse(parts, status_code=200 if all(parts.values()) else 503)

    async def _store(self) -> bool:
        return self.store is not None and await answers(self.store.ready)

    async def _engine(self) -> bool:
        return self.client is not None and await answers(self.client.service_client.check_health)


async def answers(question: Callable[[], Awaitable[bool]]) -> bool:
    """Whether something says yes in time."""
    try:
        async with asyncio.timeout(LOOK):
            return await question()
    except Exception:  # noqa: BLE001 - whatever it raises, it does not answer
        return False


async def metrics(_request: Request) -> Response:
    """What this process has counted, for Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class Pages(uvicorn.Server):
    """A web server that leaves the signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield


@asynccontextmanager
async def serving(host: str, port: int, health: Health) -> AsyncIterator[None]:
    """Answer /healthz and /metrics while the block runs.

    Raises: OSError: the port is taken.
    """
    async with _served(host, port, Route("/healthz", health.healthz), Route("/metrics", metrics)):
        yield


@asynccontextmanager
async def measured(port: int | None, host: str = "127.0.0.1") -> AsyncIterator[None]:
    """Answer /metrics on this machine while the block runs; without a port, nobody is answered.

    Raises: OSError: the port is taken.
    """
    if port is None:
        yield
        return
    async with _served(host, port, Route("/metrics", metrics)):
        yield


@asynccontextmanager
async def _served(host: str, port: int, *routes: Route) -> AsyncIterator[None]:
    listening = socket.create_server((host, port), family=family_of(host))
    config = uvicorn.Config(Starlette(routes=routes), log_config=None, access_log=False, lifespan="off")
    config.timeout_graceful_shutdown = 1
    pages = Pages(config)
    task = asyncio.create_task(pages.serve(sockets=[listening]))
    try:
        yield
    finally:
        pages.should_exit = True
        await task
