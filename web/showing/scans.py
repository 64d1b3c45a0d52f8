"""What is known of viruses in files, as pages say it beside each."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from rules.scanning import RELEASABLE, STATES, held
from schemas.evidence import Item
from schemas.files import Scan, ScanState
from web.door.rooms import rooms

COLOURS: dict[ScanState, str] = {
    "waiting": "yellow", "clean": "green", "infected": "red", "not_scanned": "yellow", "too_large": "yellow",
    "encrypted": "yellow",
}  # fmt: skip
UNSCANNED = "This is a demonstration without a virus scanner: files are not scanned, and open all the same."


@dataclass(frozen=True)
class Shown:
    """One file's state: its name, its colour, what it means, and whether the file opens."""

    scan: Scan
    name: str
    colour: str
    means: str
    opens: bool
    strip: str = ""
    """What stands above a file that opens without having been scanned."""

    @property
    def releasable(self) -> bool:
        """Whether somebody may let it go."""
        return self.scan.released_at is None and self.scan.state in RELEASABLE


async def scans_of(request: Request, items: Iterable[Item]) -> dict[str, Shown]:
    """What is known of the files among some items, by their digests."""
    here = rooms(request)
    digests = {one.digest for one in items if one.kind == "file"}
    known = await here.scans.scans(digests) if here.scans and digests else {}
    return {one: _shown(known.get(one, Scan(digest=one)), lenient=here.unscanned_open) for one in digests}


def _shown(scan: Scan, *, lenient: bool) -> Shown:
    name, means = STATES[scan.state]
    opens = held(scan, unscanned_open=lenient) is None
    strip = UNSCANNED if opens and scan.state != "clean" and scan.released_at is None else ""
    if strip:
        name, means = "Not scanned", UNSCANNED
    if scan.released_at:
        name, means = f"{name}, released", "No scanner found it clean. It was released by somebody who may."
    return Shown(scan, name, COLOURS[scan.state], means, opens, strip)
