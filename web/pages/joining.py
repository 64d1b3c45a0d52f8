"""A session that is fixed already becomes part of a meeting."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.meetings import listed
from schemas.outcomes import Receipt
from schemas.people import Person
from schemas.rows import MeetingRow
from web.acting.doing import Again, act
from web.acting.scenes import REFERENCE
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.form import Scene, Search
from web.forms.joining import hour_of, joining, option_of
from web.forms.posted import FormBack
from web.pages.acts import answer
from web.pages.meetings import allowed, pages_of, scene_of_meeting, show_form
from web.showing.dates import moment

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]


@router.get("/meetings/{reference}/join")
async def ask(request: Request, reference: str, person: Anybody) -> Response:
    """The form: which session, and why."""
    meeting, scene = await _asked(request, reference, person, Typed())
    named = {"which": request.query_params.get("which", "")}
    return _show(request, meeting, replace(scene, ask=named), Again({}, status=200), Typed())


@router.post("/meetings/{reference}/join")
async def join(request: Request, reference: str, person: Anybody, back: FormBack) -> Response:
    """Look at what moves with the session, then join it."""
    meeting, scene = await _asked(request, reference, person, back.typed)
    which = back.typed.one("which")
    if back.typed.one("change"):
        return _show(request, meeting, scene, Again({}, status=200), back.typed)
    if _is_there(scene, which, reference):
        return RedirectResponse(f"/meetings/{reference}", 303)
    if back.typed.one("meeting_at") != hour_of(meeting):
        said = {**back.typed.said, "meeting_at": (hour_of(meeting),)}
        return _show(request, meeting, scene, Again({"which": _moved(meeting)}, status=409), Typed(said))
    named = which.partition("/")[0]
    own = await rooms(request).reads.cycle(named) if REFERENCE.fullmatch(named) else None
    own = own or scene.page
    form, scene = joining(meeting), replace(scene, page=own)
    done = await act(request, form, scene, back)
    if isinstance(done, Again):
        return _show(request, meeting, scene, done, back.typed)
    if isinstance(done, Receipt):
        request.session["said"] = f"{done.cycle} is on the meeting"
        return RedirectResponse(f"/meetings/{reference}", 303)
    return answer(request, form, scene, back, done)


async def _asked(request: Request, reference: str, person: Person, typed: Typed) -> tuple[MeetingRow, Scene]:
    allowed("MoveSession", person)
    [meeting] = listed(await pages_of(rooms(request), reference), reference)
    sought = request.query_params.get("words", "").strip()[:200]
    which = typed.one("which") or request.query_params.get("which", "")
    found = await rooms(request).reads.joinable(meeting.forum, reference, sought, which)
    options = tuple(option_of(one) for one in found.rows) if meeting.coming else ()
    scene = await scene_of_meeting(request, person, reference)
    search = Search(f"/meetings/{reference}/join", sought, len(options), found.all)
    return meeting, replace(scene, options=options, search=search)


def _moved(meeting: MeetingRow) -> str:
    return f"The meeting is on {moment(meeting.starts_at)} now. Look again at what moves before you join it."


def _is_there(scene: Scene, which: str, meeting: str) -> bool:
    """Whether the session is on the meeting already, as when the same form comes twice."""
    pages = (scene.page, *scene.others) if scene.page else scene.others
    return any(
        f"{page.cycle.reference}/{one.number}" == which and one.meeting == meeting
        for page in pages
        for one in page.cycle.sessions
    )


def _show(request: Request, meeting: MeetingRow, scene: Scene, again: Again, typed: Typed) -> Response:
    form = joining(meeting)
    return show_form(request, form, scene, again, typed, meeting=meeting.meeting, reach="")
