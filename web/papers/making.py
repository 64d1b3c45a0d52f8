"""`python -m web.papers.making FD`: makes the archive into an open file, and says on one line what it is.

Started by web.papers.apart alone, with the settings of the web process.
"""

import asyncio
import os
import sys
import threading

from engine.learning import learn
from settings import Settings, load
from store.reads import Reads
from store.viewing import connect_face
from web.door.rooms import true_now
from web.office.wiring import office_of
from web.papers.apart import TOLD, Told
from web.papers.archive import how_far
from web.papers.bundle import put_into
from web.papers.everything import everything
from web.papers.held import measured

POLITE = 10
"""How much sooner everybody else has the processor (nice)."""


async def made(descriptor: int, settings: Settings) -> Told:
    """Make it as everybody may have it.

    Raises: StoreDownError: the store cannot be reached.
    """
    url, password = settings.need("database_url"), settings.database_password
    async with await connect_face(url, password=password, most=2) as face:
        reads, begun_at = Reads(face), true_now()
        await learn(reads)
        far = await how_far(reads)
        with os.fdopen(descriptor, "w+b") as file:
            inside = await put_into(file, lambda: everything(reads, office_of(settings)))
            size, digest = await asyncio.to_thread(measured, file)
    return Told(how_far=far, begun_at=begun_at, size=size, digest=digest, inside=inside)


def _end_with_whoever_started_it() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def main() -> None:
    """Make it, and say what it is."""
    os.nice(POLITE)
    threading.Thread(target=_end_with_whoever_started_it, daemon=True).start()
    told = asyncio.run(made(int(sys.argv[1]), load()))
    sys.stdout.buffer.write(TOLD.dump_json(told))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
