"""A mail server for one machine: it sends nothing on, and keeps each message as a file that /mail shows."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.parser import BytesHeaderParser
from hashlib import sha256
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

NO_ROOM = "452 4.3.1 Nothing was kept; try again later"
"""RFC 5321, 4.2.1: a 4 asks for another try. That a disk is full does not mean that nobody can be reached."""


class Catcher:
    """Writes each message once, under the digest of its Message-ID: sending one again changes nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the message; the answer that the sender sees."""
        content = envelope.content or b""
        if isinstance(content, str):
            content = content.encode()
        path = self._folder / f"{name_of(content)}.eml"
        recipients = ", ".join(str(one) for one in envelope.rcpt_tos)
        try:
            await asyncio.to_thread(write_once, path, f"X-RcptTo: {recipients}\r\n".encode() + content)
        except OSError:
            return NO_ROOM
        return "250 Kept"


def name_of(message: bytes) -> str:
    """The digest of the Message-ID, or of the whole message where it has none."""
    identity = BytesHeaderParser().parsebytes(message).get("Message-ID")
    return sha256(str(identity).strip().encode() if identity else message).hexdigest()


def write_once(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, and leave one that is there as it is."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    new = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@asynccontextmanager
async def catching(folder: Path, port: int) -> AsyncIterator[None]:
    """Listen for mail on loopback while the block runs."""
    catcher = Catcher(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(catcher, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    try:
        yield
    finally:
        server.close()
