"""What the pages of an import ask of the record: what was uploaded, and what stands around it."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rules.clocks import civil
from rules.tracking.columns import plain
from rules.tracking.rows import Around, look
from schemas.trackers import Became, Import, Looked
from web.door.rooms import Rooms, rooms
from web.door.tracker_keeping import KeepsTrackers

FROM = "\n\nBrought forward from "
"""Between what an action says and where it comes from."""


def trackers(request: Request) -> KeepsTrackers:
    """Where imports are kept.

    Raises: HTTPException: nothing can be brought in here.
    """
    found = rooms(request).trackers
    if found is None:
        raise HTTPException(404)
    return found


async def the_import(request: Request, number: int) -> Import:
    """The import of an address.

    Raises: HTTPException: there is none.
    """
    found = await trackers(request).found(number) if number < 2**63 else None
    if found is None:
        raise HTTPException(404)
    return found


async def looked_at(here: Rooms, one: Import, done: Mapping[int, Became]) -> Looked:
    """What an import would do now."""
    now = here.now()
    open_now = await here.reads.open_actions(None, now, most=None)
    standing = {plain(row.what.split(FROM)[0]): row.number for row in open_now.rows}
    around = Around(await here.reads.people(), standing, done, civil(now))
    looked = look(one.rows, one.meant, around)
    kept = await here.trackers.known({it.mark for it in looked.over}) if here.trackers else {}
    return look(one.rows, one.meant, replace(around, kept=kept)) if kept else looked
