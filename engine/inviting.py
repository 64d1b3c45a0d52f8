"""Invitations to meetings, as calendar programs take them in: asked, moved and called off (RFC 5546)."""

from datetime import UTC
from typing import Literal

from icalendar import Calendar, Event, vCalAddress

from rules.telling.appointments import uid_of
from schemas.cycle import Cycle, Session
from schemas.notices import Notice
from schemas.posting import Invitation
from schemas.rows import CyclePage

INVITING: dict[str, Literal["REQUEST", "CANCEL"]] = {
    "session_fixed": "REQUEST",
    "session_moved": "REQUEST",
    "session_cancelled": "CANCEL",
}


def invitation(notice: Notice, page: CyclePage, sender: str) -> Invitation | None:
    """The invitation that a notice brings; None where it brings none."""
    method = INVITING.get(notice.template)
    session = _session(page.cycle, off=method == "CANCEL") if method else None
    if method is None or session is None:
        return None
    path = f"/cycles/{page.cycle.reference}/sessions/{session.number}/calendar.ics"
    return Invitation(content=meeting(page, session, method, sender), path=path, method=method)


def meeting(page: CyclePage, session: Session, method: str, sender: str | None = None) -> bytes:
    """One meeting as a calendar; the same bytes as long as the cycle stands where it stands."""
    made = Calendar()
    made.add("prodid", "-//Answerable//Meetings//EN")
    made.add("version", "2.0")
    made.add("method", method)
    made.add_component(_event(page, session, sender))
    written: bytes = made.to_ical()
    return written


def _event(page: CyclePage, session: Session, sender: str | None) -> Event:
    cycle, one = page.cycle, Event()
    one.add("uid", uid_of(cycle, f"session/{session.number}"))
    one.add("sequence", cycle.version)
    one.add("dtstamp", cycle.changed_at.astimezone(UTC).replace(microsecond=0))
    one.add("dtstart", session.starts_at.astimezone(UTC).replace(microsecond=0))
    one.add("summary", f"Meeting: {page.say(cycle.title)}")
    one.add("location", page.say(session.place))
    one.add("description", f"{cycle.reference}. Its page says what is asked before the meeting, and by when.")
    one.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    if sender:
        one.add("organizer", vCalAddress(f"mailto:{sender}"))
    return one


def _session(cycle: Cycle, *, off: bool) -> Session | None:
    if off:
        return next((one for one in reversed(cycle.sessions) if one.cancelled_at), None)
    return next((one for one in reversed(cycle.sessions) if one.coming), None)
