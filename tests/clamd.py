"""A real clamd with two signatures of its own: the test file of the industry, and a mark of ours."""

import asyncio
import io
import os
import shutil
import signal
import tempfile
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
PARTS = ("X5O!P%@AP[4\\PZX54(P^)", "7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-", "TEST-FILE!$H+H*")
EICAR = "".join(PARTS).encode()
"""Put together here, so that no scanner finds this file."""
MARKS = ("OPCC", "TEST", "MALWARE")
MARK = "-".join(MARKS).encode()
SIGNATURES = {
    "local.hdb": "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-File\n",
    "local.ndb": f"OPCC.Test.Marker:0:*:{MARK.hex()}\n",
}
CONFIG = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground true
StreamMaxLength 2M
MaxFileSize 2M
AlertEncrypted true
AlertExceedsMax true
{user}"""
needs_clamd = pytest.mark.skipif(CLAMD is None, reason="Debian's clamav-daemon is not installed")


@dataclass
class Running:
    """The scanner in a folder; it can be killed, stopped and started again."""

    folder: Path
    process: asyncio.subprocess.Process | None = field(default=None)

    @property
    def address(self) -> str:
        """As the setting says it."""
        return f"unix:{self.folder}/clamd.sock"

    async def start(self) -> None:
        """Start it and wait until it listens."""
        assert CLAMD is not None
        self.process = await asyncio.create_subprocess_exec(
            CLAMD, "-c", str(self.folder / "clamd.conf"),
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        async with asyncio.timeout(20):
            while not await self._listens():
                assert self.process.returncode is None, "clamd ended at once"
                await asyncio.sleep(0.05)

    async def _listens(self) -> bool:
        try:
            reader, writer = await asyncio.open_unix_connection(str(self.folder / "clamd.sock"))
        except OSError:
            return False
        writer.write(b"zPING\0")
        answer = await reader.read()
        writer.close()
        return answer == b"PONG\0"

    async def kill(self) -> None:
        """End it at once; its socket stays behind, as it does after a crash."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    def pause(self, *, on: bool) -> None:
        """Have it answer nobody, or go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


@asynccontextmanager
async def a_clamd() -> AsyncIterator[Running]:
    """A scanner that is not started yet, ended with the block."""
    with tempfile.TemporaryDirectory(prefix="answerable-clamd-") as name:
        folder = Path(name)
        (folder / "signatures").mkdir()
        for file, lines in SIGNATURES.items():
            (folder / "signatures" / file).write_text(lines, encoding="ascii")
        user = "User root\n" if os.getuid() == 0 else ""
        (folder / "clamd.conf").write_text(CONFIG.format(folder=folder, user=user), encoding="ascii")
        running = Running(folder)
        try:
            yield running
        finally:
            await running.kill()


def zipped(name: str, content: bytes, *, locked: bool = False) -> bytes:
    """A zip with one part in it, whose entry says that it is encrypted where that is wanted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    made = bytearray(out.getvalue())
    if locked:
        made[6] |= 1
        made[made.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)
