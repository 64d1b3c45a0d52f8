"""The table of what old trackers say is over: each row with the file, the sheet and the row it comes from."""

from collections.abc import Iterable

from handover.cells import written
from schemas.trackers import KeptOver

HEAD = (
    "Number in the tracker", "Action", "Owner, as the tracker says", "Status, as the tracker says",
    "Due, as the tracker says", "Closed, as the tracker says", "Closed on", "Notes", "File", "Sheet", "Row",
    "SHA-256 of the file", "Brought in by", "Brought in at",
)  # fmt: skip


def table(rows: Iterable[KeptOver]) -> bytes:
    """All of them as CSV."""
    return written(HEAD, (_row(one) for one in rows))


def _row(one: KeptOver) -> tuple[object, ...]:
    it = one.over
    return (
        it.number, it.what, it.owner, it.status, it.due, it.closed,
        it.closed_on.isoformat() if it.closed_on else "", it.notes, one.file, one.sheet, it.row, one.digest,
        one.by, one.at.isoformat(),
    )  # fmt: skip
