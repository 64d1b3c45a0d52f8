"""`python -m bench.served PORT`: the web application as it is, saying of each answer what it took.

Its headers: the statements that it asked of PostgreSQL, and the milliseconds of this process's own work.
"""

import asyncio
import sys
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import asyncpg
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.app import create_app


@dataclass
class Asked:
    """What one request asked for so far."""

    statements: int = 0


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)


def note(_record: object) -> None:
    """One more statement of the request under way."""
    asked = ASKED.get()
    if asked is not None:
        asked.statements += 1


async def listen(connection: Any) -> None:
    """Have a fresh connection tell of each statement."""
    connection.add_query_logger(note)


class Told:
    """Adds to each answer what it took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked, began = Asked(), time.process_time()
        ASKED.set(asked)

        async def with_sums(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = 1000 * (time.process_time() - began)
                await asyncio.sleep(0)  # the driver tells of a statement at the loop's next turn
                headers = MutableHeaders(scope=message)
                headers["X-Statements"], headers["X-Work"] = str(asked.statements), f"{took:.1f}"
            await send(message)

        await self.app(scope, receive, with_sums)


def main() -> None:
    """Serve until told to end."""
    made = asyncpg.create_pool

    def counted(*given: Any, **named: Any) -> Any:
        named.setdefault("init", listen)
        return made(*given, **named)

    asyncpg.create_pool = counted
    uvicorn.run(
        Told(create_app()), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning",
        timeout_graceful_shutdown=2,
    )  # fmt: skip


if __name__ == "__main__":
    main()
