"""The product's own worker process beside a mail server, as benches put load on it."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.stand import Stand, stand
from tests.worker.running import worker


@dataclass
class Mailbox:
    """A mail server that notes when each message first came, and how often. It keeps none."""

    seen: Counter[str] = field(default_factory=Counter)
    came_at: dict[str, float] = field(default_factory=dict)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Note the message."""
        content = envelope.content or b""
        written = content.encode() if isinstance(content, str) else content
        name = str(BytesHeaderParser().parsebytes(written)["Message-ID"])
        self.seen[name] += 1
        self.came_at.setdefault(name, time.time())
        return "250 Noted"


@asynccontextmanager
async def at_work(mailbox: Mailbox) -> AsyncIterator[Stand]:
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
