"""What the receipt of a return says: which version came when, and every file with its size and digest."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from schemas.cycle import ReturnVersion
from schemas.evidence import FileItem, LinkItem, ShownItem, WrittenItem
from schemas.notices import Notice
from schemas.rows import CyclePage

KILOBYTE = 1_000


def receipt(
    notice: Notice, page: CyclePage, say: Callable[[str | None], str], hour: Callable[[datetime], str]
) -> dict[str, Any] | None:
    """The receipt of the version that a notice tells of; None where it tells of none."""
    came = version_of(notice, page)
    if came is None:
        return None
    return {
        "version": came.version,
        "received": hour(came.received_at),
        "late": came.late,
        "parts": ", ".join(str(one) for one in came.parts),
        "partial": came.partial,
        "items": [_line(one, say) for one in came.items],
    }


def version_of(notice: Notice, page: CyclePage) -> ReturnVersion | None:
    """The version that a notice tells of: the one that came when it was written, or else the newest."""
    request = page.cycle.request(notice.request) if notice.request else None
    came = request.returns if request else ()
    return next((one for one in came if one.received_at == notice.planned_at), came[-1] if came else None)


def _line(item: FileItem | WrittenItem | LinkItem | ShownItem, say: Callable[[str | None], str]) -> str:
    """One item. What was written is not repeated: a mail carries no evidence."""
    if isinstance(item, FileItem):
        return f"{say(item.name)}, {_size(item.size)}\nSHA-256 {item.digest}"
    if isinstance(item, LinkItem):
        return f"A link: {say(item.address)}"
    return "A written answer" if isinstance(item, WrittenItem) else "Something to be shown at the meeting"


def _size(count: int) -> str:
    return f"{count} bytes" if count < KILOBYTE else f"{count / KILOBYTE:,.0f} KB"
