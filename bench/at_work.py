"""The product's own worker process beside a mail server, as benches put load on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.stand import Stand, stand
from tests.worker.running import worker


class TakesMail(Protocol):
    """What becomes of a message that reached the mail server."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope, /) -> str:  # noqa: N802
        """The answer to whoever sent it."""
        ...


@asynccontextmanager
async def at_work(mailbox: TakesMail) -> AsyncIterator[Stand]:
    """Both servers, the mail server and the worker, healthy, for as long as the block runs."""
    async with stand() as ground:
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(mailbox, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", 0
        )
        settings = {
            "database_url": ground.database,
            "temporal_address": ground.address,
            "smtp_host": "127.0.0.1",
            "smtp_port": server.sockets[0].getsockname()[1],
            "log_level": "WARNING",
        }
        async with server, worker(**settings) as running:
            if not await running.becomes(200):
                raise TimeoutError("\n".join(running.said))
            yield ground
