"""How the plan is delivered, as the office last told the panel."""

import csv
import io
from dataclasses import dataclass

from schemas.programme import Programme, Snapshot
from web.door.rooms import Rooms


@dataclass(frozen=True)
class Delivery:
    """The newest snapshot of the delivery plan, line by line."""

    snapshot: Snapshot
    lines: tuple[dict[str, str], ...]


async def delivery_of(here: Rooms, programme: Programme | None) -> Delivery | None:
    """The programme's newest snapshot; None where it has none."""
    if programme is None or not programme.snapshots:
        return None
    snapshot = programme.snapshots[-1]
    ref = f"text:{snapshot.table}"
    table = (await here.reads.words({ref})).get(ref, "").removeprefix("\ufeff")
    return Delivery(snapshot, tuple(dict(one) for one in csv.DictReader(io.StringIO(table))))
