"""The process of one what-if: facts in on its standard input, the answer out on its standard output.

It is given no address of the store, the engine or the mail server, so that nothing it does can reach them.
"""

import asyncio
import logging
import os
import signal
import sys
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError

from rehearsal.fork import what_if
from schemas.outcomes import Refused
from schemas.supposing import Supposing, WhatIf

WITHIN = 60.0
"""Seconds; whoever started this process stops waiting earlier."""
IDLE = 900
"""Seconds for which it waits for a question."""
ANSWER: TypeAdapter[WhatIf | Refused] = TypeAdapter(WhatIf | Refused)


async def main(temporal: str, asked: bytes) -> bytes:
    """The answer to what was asked, as JSON.

    Raises: ValidationError: it cannot be read. TimeoutError: it took too long.
    """
    async with asyncio.timeout(WITHIN):
        now = datetime.now(UTC)  # noqa: TID251 - this process is an edge where an instant enters
        return ANSWER.dump_json(await what_if(Supposing.model_validate_json(asked), temporal, now))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    code = 1
    signal.alarm(IDLE)
    try:
        question = sys.stdin.buffer.read()
        signal.alarm(0)
        sys.stdout.buffer.write(asyncio.run(main(sys.argv[1], question)))
        code = 0
    except (ValidationError, TimeoutError, LookupError, OSError, RuntimeError) as wrong:
        sys.stderr.write(f"{type(wrong).__name__}: {wrong}\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the engine's library may crash while Python ends
