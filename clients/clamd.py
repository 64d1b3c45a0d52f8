"""clamd: the scanner that listens on a socket. A file is streamed to it (INSTREAM), it opens none itself."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from typing import Any

from schemas.files import Verdict

CONNECTS_WITHIN, ANSWERS_WITHIN = 5.0, 120.0
"""Seconds."""
PIECE = 64 * 1024
FOUND = re.compile(r"stream: (.+) FOUND")
ENCRYPTED = "Heuristics.Encrypted."
LIMITS = "Heuristics.Limits.Exceeded"
TOO_LARGE = "INSTREAM size limit exceeded"


class ScannerDownError(ConnectionError):
    """The scanner does not answer, or not in time; what was to be scanned is to be tried again."""


class Clamd:
    """A clamd at `unix:/path` or `tcp://host:port`."""

    def __init__(self, address: str, *, within: float = ANSWERS_WITHIN) -> None:
        self._address = address
        self._within = within

    async def scan(self, pieces: AsyncIterator[bytes]) -> Verdict:
        """What it says of a file.

        Raises: ScannerDownError: it cannot be reached, ends in the middle, or does not answer in time.
        """
        try:
            async with asyncio.timeout(CONNECTS_WITHIN):
                line = await self._reach()
        except (OSError, TimeoutError) as gone:
            raise ScannerDownError(f"The scanner cannot be reached ({type(gone).__name__})") from None
        with line:
            try:
                async with asyncio.timeout(self._within):
                    return _verdict(await _asked(line, pieces))
            except TimeoutError:
                raise ScannerDownError("The scanner did not answer in time") from None

    async def _reach(self) -> socket.socket:
        loop = asyncio.get_running_loop()
        to: Any
        if self._address.startswith("unix:"):
            family, to = socket.AF_UNIX, self._address.removeprefix("unix:")
        else:
            host, _, port = self._address.removeprefix("tcp://").rpartition(":")
            found = await loop.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
            family, to = found[0][0], found[0][4]
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.setblocking(False)
            await loop.sock_connect(line, to)
        except BaseException:
            line.close()
            raise
        return line


async def _asked(line: socket.socket, pieces: AsyncIterator[bytes]) -> str:
    """What is answered to a file; a bare socket, so that an answer given before the end can still be read.

    Raises: ScannerDownError: nothing is. Whatever the pieces raise: the file could not be read.
    """
    loop = asyncio.get_running_loop()
    await _sent(line, b"zINSTREAM\0")
    async for piece in pieces:
        parts = (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))
        framed = b"".join(len(one).to_bytes(4, "big") + one for one in parts)
        if not await _sent(line, framed):
            break
    await _sent(line, bytes(4))
    answer = b""
    try:
        while more := await loop.sock_recv(line, 4096):
            answer += more
    except OSError as gone:
        if not answer:
            raise ScannerDownError(f"The scanner did not answer ({type(gone).__name__})") from None
    return answer.decode("utf-8", "replace").strip("\0\n ")


async def _sent(line: socket.socket, content: bytes) -> bool:
    """Whether it was taken; where not, the scanner may have said why before it closed."""
    try:
        await asyncio.get_running_loop().sock_sendall(line, content)
    except OSError:
        return False
    return True


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict(state="clean")
    if TOO_LARGE in answer:
        return Verdict(state="too_large")
    found = FOUND.fullmatch(answer)
    if found is None:
        raise ScannerDownError(f"The scanner said: {answer[:100] or 'nothing'}")
    if found[1].startswith(ENCRYPTED):
        return Verdict(state="encrypted", found=found[1])
    return Verdict(state="too_large" if found[1].startswith(LIMITS) else "infected", found=found[1])
