"""The newest findings as an Atom feed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from web.door.rooms import Office
from web.public.finding import Line
from web.showing.page import environment

MEDIA_TYPE = "application/atom+xml"
SINCE = 2026
"""The year in the feed's names: a name once given never changes."""
NOTHING_YET = datetime(SINCE, 1, 1, tzinfo=UTC)


def atom(lines: Sequence[Line], office: Office) -> str:
    """The feed of these findings, newest first; the same text as long as they are the same."""
    updated = max((one.changed_at for one in lines), default=NOTHING_YET)
    return (
        environment()
        .get_template("public/findings.atom")
        .render(
            lines=lines,
            office=office,
            updated=updated.isoformat(),
            tag=f"tag:{urlsplit(office.public_url).hostname},{SINCE}",
        )
    )
