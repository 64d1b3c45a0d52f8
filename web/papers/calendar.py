"""Deadlines and meetings as a calendar that other programs keep up with (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, vDuration

from web.door.rooms import Office

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=1)
WARNINGS = (timedelta(days=-7), timedelta(days=-1))
END = b"END:VCALENDAR"
REMEMBERED = 4_000
"""Appointments whose written form is kept, a kilobyte each or so: to write one takes half a millisecond."""


@dataclass(frozen=True)
class Appointment:
    """One thing with an instant, as a calendar keeps it. A later `sequence` replaces an earlier one."""

    uid: str
    sequence: int
    changed_at: datetime
    at: datetime
    title: str
    words: str
    address: str
    off: bool = False
    """Whether it was withdrawn: it is shown as cancelled instead of vanishing."""
    done: bool = False
    meeting: bool = False


def calendar(name: str, appointments: Iterable[Appointment], office: Office) -> bytes:
    """The calendar of these appointments; the same bytes as long as they are the same."""
    made = Calendar()
    made.add("prodid", "-//Answerable//Deadlines//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    head, end, rest = made.to_ical().partition(END)
    events = (
        _event(one, office.public_url) for one in sorted(appointments, key=lambda one: (one.at, one.uid))
    )
    return b"".join((head, *events, end, rest))


@lru_cache(maxsize=REMEMBERED)
def _event(one: Appointment, public_url: str) -> bytes:
    """One appointment as it is written, the same as long as it is the same."""
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", one.sequence)
    made.add("dtstamp", one.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", one.at.astimezone(UTC).replace(microsecond=0))
    made.add("summary", f"Done: {one.title}" if one.done and not one.meeting else one.title)
    made.add("description", one.words)
    made.add("url", f"{public_url}{one.address}")
    made.add("status", "CANCELLED" if one.off else "CONFIRMED")
    made.add("transp", "OPAQUE" if one.meeting and not one.off else "TRANSPARENT")
    if not (one.off or one.done):
        for before in WARNINGS:
            made.add_component(_alarm(one, before))
    written: bytes = made.to_ical()
    return written


def _alarm(one: Appointment, before: timedelta) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", one.title)
    made.add("trigger", before)
    return made
