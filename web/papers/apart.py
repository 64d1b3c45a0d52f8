"""The archive made apart: in a process of its own, so that pages are made meanwhile as ever.

That process writes into a file without a name, which it was handed. Where it ends half-way, or whoever
started it does, the file is gone with them: half of an archive is never found, and never served.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from schemas.shape import Instant
from web.papers.archive import NotMadeError
from web.papers.bundle import HowFar, Inside, Made
from web.papers.held import measured, unnamed

ROOT = Path(__file__).resolve().parent.parent.parent
WITHIN = 3600.0
"""Seconds after which it is given up."""
END = 500
"""Characters of what it said last that are noted."""
COMMAND = (sys.executable, "-m", "web.papers.making")


@dataclass(frozen=True)
class Told:
    """What the process says of the file that it made."""

    how_far: HowFar
    begun_at: Instant
    size: int
    digest: str
    inside: tuple[Inside, ...]


TOLD: TypeAdapter[Told] = TypeAdapter(Told)


async def made_apart(command: tuple[str, ...] = COMMAND) -> Made:
    """The archive, whole.

    Raises: NotMadeError: it could not be made.
    """
    file = unnamed()
    try:
        told = await _told(file, command)
        _check(told, *await asyncio.to_thread(measured, file))
    except BaseException:
        file.close()
        raise
    far = told.how_far
    return Made(far.mark, 0.0, told.size, told.digest, file, far, told.inside, told.begun_at)


def _check(told: Told, size: int, digest: str) -> None:
    if (told.size, told.digest) != (size, digest):
        raise NotMadeError("what was made is not what was said of it")


async def _told(file: IO[bytes], command: tuple[str, ...]) -> Told:
    try:
        async with asyncio.timeout(WITHIN), _started(file, command) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            told, said = await asyncio.gather(child.stdout.read(), child.stderr.read())
            code = await child.wait()
    except TimeoutError:
        raise NotMadeError(f"it took longer than {WITHIN:.0f} seconds and was stopped") from None
    except OSError as why:
        raise NotMadeError(f"its process could not be started: {type(why).__name__}") from None
    with suppress(ValidationError):
        if code == 0:
            return TOLD.validate_json(told)
    raise NotMadeError(f"its process ended with {code}: {said.decode(errors='replace').strip()[-END:]}")


@asynccontextmanager
async def _started(file: IO[bytes], command: tuple[str, ...]) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process that makes it; ended after the block whatever came of it."""
    child = await asyncio.create_subprocess_exec(
        *(*command, str(file.fileno())),
        cwd=ROOT,
        pass_fds=(file.fileno(),),
        stdin=asyncio.subprocess.PIPE,  # stays open as long as we live: where it ends, so does the process
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
