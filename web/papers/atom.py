"""The newest findings as an Atom feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from web.door.rooms import Office
from web.public.finding import Line, Sought
from web.showing.page import environment

MEDIA_TYPE = "application/atom+xml"
SINCE = 2026
"""The year in the feed's names: a name once given never changes."""
NOTHING_YET = datetime(SINCE, 1, 1, tzinfo=UTC)


def atom(lines: Sequence[Line], office: Office, sought: Sought | None = None) -> str:
    """The feed of these findings, or of a search: the same text as long as they are the same."""
    sought = sought or Sought()
    updated = max((one.changed_at for one in lines), default=NOTHING_YET)
    return (
        environment()
        .get_template("public/findings.atom")
        .render(
            lines=lines,
            own=sought.address("/findings.atom"),
            page=sought.address(),
            about=", ".join(f"{one.kind.lower()} {one.value}" for one in sought.tags({})),
            office=office,
            updated=updated.isoformat(),
            tag=f"tag:{urlsplit(office.public_url).hostname},{SINCE}",
        )
    )


@dataclass(frozen=True)
class Item:
    """One entry of a feed about something else than findings; the address is a path of ours."""

    id: str
    title: str
    at: datetime
    summary: str
    address: str


def items(entries: Sequence[Item], office: Office, name: str, title: str, page: str) -> str:
    """A feed of other things, in their order; the same text as long as they are the same."""
    updated = max((one.at for one in entries), default=NOTHING_YET)
    return (
        environment()
        .get_template("public/items.atom")
        .render(
            entries=entries,
            office=office,
            name=name,
            title=title,
            page=page,
            updated=updated.isoformat(),
            tag=f"tag:{urlsplit(office.public_url).hostname},{SINCE}",
        )
    )
