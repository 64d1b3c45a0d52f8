"""A mail server on a port of its own, for whoever sends mail in a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session


@asynccontextmanager
async def listening(handler: object) -> AsyncIterator[int]:
    """The port at which a handler takes mail for as long as the block runs."""
    found = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="localhost"), "127.0.0.1", 0
    )
    try:
        yield found.sockets[0].getsockname()[1]
    finally:
        found.close()
        await found.wait_closed()


@dataclass
class MailServer:
    """A mail server that keeps what it takes and answers as it is told."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 Taken"
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient or answer as told."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the message."""
        if self.data_answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.recipients.append([str(one) for one in envelope.rcpt_tos])
        return self.data_answer


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server on a port of its own."""
    one = MailServer()
    async with listening(one) as one.port:
        yield one
