"""The database and the engine of a home folder without doors: for looking at what was restored."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from embedded import leftovers, preflight
from embedded.children import Children
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer
from settings import Settings

LOG = logging.getLogger("answerable.alone")


@asynccontextmanager
async def alone(settings: Settings, *, engine: bool = True) -> AsyncIterator[Settings]:
    """Both, on ports of their own, while the block runs; nothing works through cycles meanwhile.

    Raises: CannotStart: the product runs in that folder, or one of them does not start.
    """
    home = settings.home.absolute()
    with preflight.hold(home):
        leftovers.clear(home / "children.json")
        postgres, children = Postgres(home), Children(LOG, home / "children.json", home)
        try:
            address = await asyncio.to_thread(postgres.start)
            found = settings.changed(
                standalone=True, home=home, database_url=address, **_keys(settings, home)
            )
            if engine:
                ports = preflight.Ports()
                server = TemporalServer(home, ports.near(7233), ports.near(8233), found.environment())
                await server.start(children)
                found = found.changed(temporal_address=server.address)
            yield found
        finally:
            await children.stop()
            await asyncio.to_thread(postgres.stop)


def _keys(settings: Settings, home: Path) -> dict[str, Path]:
    """The files of keys that a home folder has, where the settings name none."""
    known = (("keys_file", "keys"), ("ledger_key_file", "ledger.key"))
    return {
        setting: home / name
        for setting, name in known
        if getattr(settings, setting) is None and (home / name).exists()
    }
