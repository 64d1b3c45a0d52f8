"""One sentence for the office where the engine has not been seen at work for a while; else none."""

from datetime import timedelta

from web.door.rooms import Rooms
from web.showing.dates import moment

QUIET = timedelta(minutes=5)
"""It makes a round every minute, and a deployment may take a few."""
MEANWHILE = (
    "Until it is back, nothing is asked, reminded or released by itself, and what you do may have to wait. "
    "Nothing is lost: what falls due meanwhile is made up for, and the record says that it was late."
)


async def engine_quiet(here: Rooms) -> str | None:
    """What My work says first; None where the engine works."""
    seen = await here.reads.engine_seen()
    if seen is None:
        return f"The engine has not been seen at work yet. {MEANWHILE}"
    if here.now() - seen > QUIET:
        return f"The engine was last seen at work on {moment(seen)}. {MEANWHILE}"
    return None
