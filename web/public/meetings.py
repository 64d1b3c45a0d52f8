"""Meetings for everybody, and the way to the office's own pages of the same name for those who work there."""

import re
from datetime import datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.meeting.noticing import listed_since
from schemas.people import Person, Role
from web.door.identity import OPCC_ROLES, signed_in
from web.door.looking import look_for
from web.door.rooms import Rooms, rooms
from web.pages import meetings as office
from web.papers import atom
from web.papers.calendar import MEDIA_TYPE, Appointment, calendar
from web.public.caching import everybody, kept
from web.public.gathering import Meeting, meetings
from web.showing.dates import day, moment
from web.showing.pages import Leaf, number_in, others, skip

GET = ["GET", "HEAD"]
KEY = re.compile(r"mtg-\d{4}-\d{2,4}|(?P<cycle>hta-\d{4}-\d{2,4})(-\d{1,3})?")
READERS = frozenset({*OPCC_ROLES, Role.PANEL_SECRETARIAT})
A_LIST = 25
"""Meetings on one page, of those to come and of the others."""
AHEAD, BEHIND = 100, 50
"""Meetings in the calendar and the feed at the most: of those to come, and of the last twelve months."""
router = APIRouter(include_in_schema=False)


@router.api_route("/meetings", methods=GET)
async def listed(request: Request) -> Response:
    """The next meetings and the last ones; for the office and the Panel's secretariat, their own list."""
    person = _at_work(request)
    if person:
        return await office.listed(request, person)
    here, page, past = rooms(request), number_in(request), number_in(request, "past")
    now, reads = here.now(), here.reads
    ahead = await reads.meetings_ahead(now, A_LIST, skip(page, A_LIST))
    behind = await reads.meetings_behind(now, A_LIST, skip(past, A_LIST))
    beside = tuple(one for one in request.query_params.items() if one[0] == "seen")
    coming = Leaf(
        "/meetings", page, ahead.all, A_LIST, (*others(past=past), *beside), what="Meetings to come"
    )
    gone = Leaf(
        "/meetings", past, behind.all, A_LIST, (*others(page=page), *beside), "past", "past", "Past meetings"
    )
    return everybody(
        request, "public/meetings.html", title=coming.titled("Meetings and notices"),
        coming=meetings(ahead.rows, now), past=meetings(behind.rows, now)[::-1], ahead=coming, behind=gone,
        most_ahead=AHEAD, most_behind=BEHIND, works_here=signed_in(request) is not None,
    )  # fmt: skip


@router.api_route("/meetings.ics", methods=GET)
async def as_calendar(request: Request) -> Response:
    """The meetings to come and those of the last twelve months for calendar programs."""
    here = rooms(request)
    appointments = [appointment(one, here.body) for one in await _of_this_year(here)]
    said = calendar(f"Meetings: {here.office.short}", appointments, here.office)
    return kept(request, Response(said, media_type=MEDIA_TYPE), said)


@router.api_route("/meetings.atom", methods=GET)
async def feed(request: Request) -> Response:
    """Notices for feed readers: each of these meetings, and each time something was published of it."""
    here = rooms(request)
    found = [
        atom.Item(f"{one.key}:{name}", f"{what}: {one.title}", at, _said(one), f"/meetings/{one.key}")
        for one in await _of_this_year(here)
        for name, what, at in _notices(one)
    ]
    newest = sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:50]
    said = atom.items(newest, here.office, "meetings", "Meetings and notices", "/meetings")
    return kept(request, Response(said, media_type=atom.MEDIA_TYPE), said.encode())


@router.api_route("/meetings/{reference}", methods=GET)
async def one(request: Request, reference: str) -> Response:
    """One meeting: agenda, papers, notice and how to ask; for the office its own page of it."""
    person = _at_work(request)
    if person and reference.startswith("MTG-"):
        return await office.one(request, reference, person)
    found = await the_meeting(rooms(request), reference)
    if found.key != reference:
        return RedirectResponse(f"/meetings/{found.key}", 301)
    return everybody(request, "public/meeting.html", title=found.forum, meeting=found)


async def the_meeting(here: Rooms, reference: str) -> Meeting:
    """A meeting by its public address; a cycle's reference gives its newest one.

    Raises: HTTPException: there is no such meeting.
    """
    key = reference.lower()
    known = KEY.fullmatch(key)
    if known is None:
        raise HTTPException(404)
    cycle = known["cycle"]
    rows = await here.reads.meetings_named(cycle.upper() if cycle else None, None if cycle else key.upper())
    found = meetings(rows, here.now())
    exact = next((it for it in found if it.key == key), None) or (found[-1] if found else None)
    if exact is None:
        raise HTTPException(404)
    return exact


def _at_work(request: Request) -> Person | None:
    """Somebody whose own page of meetings this is, unless they ask for what everybody sees."""
    person = signed_in(request)
    if person is None or person.role not in READERS or "seen" in request.query_params:
        return None
    look_for(request, person)
    return person


async def _of_this_year(here: Rooms) -> list[Meeting]:
    now = here.now()
    ahead = await here.reads.meetings_ahead(now, AHEAD)
    behind = await here.reads.meetings_behind(now, BEHIND, since=listed_since(now))
    return meetings((*ahead.rows, *behind.rows), now)


def _notices(one: Meeting) -> list[tuple[str, str, datetime]]:
    said = [("agenda", "Agenda", one.agenda.at)] if one.agenda else []
    said += [(f"papers-{n}", "Papers", it.at) for n, it in enumerate(one.papers, start=1)]
    if one.cancelled_at:
        said.append(("off", "Called off", one.cancelled_at))
    return said


def _said(one: Meeting) -> str:
    items = "; ".join(one.agenda.items) if one.agenda else ""
    return f"{moment(one.starts_at)}{f', {one.place}' if one.place and one.agenda else ''}. {items}".strip()


def appointment(one: Meeting, body: str) -> Appointment:
    said = f"Questions from the public until {day(one.ask_until)}." if one.ask_until else ""
    return Appointment(
        uid=f"{one.key}@{body}",
        sequence=one.sequence,
        changed_at=one.changed_at,
        at=one.starts_at,
        title=one.title,
        words=f"{_said(one)} {said}".strip(),
        address=f"/meetings/{one.key}",
        off=one.cancelled_at is not None,
        done=one.held_at is not None,
        meeting=True,
    )
