"""Questions from the public for a meeting: sent in here, read and dealt with by the office."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.following import KeepsFollowers
from rules.publishing.following import MOST_AN_HOUR, MOST_NAME, MOST_QUESTION, asked, since, too_many
from schemas.following import PublicQuestion
from schemas.outcomes import Refused
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.public.caching import everybody
from web.public.gathering import Meeting
from web.public.meetings import the_meeting
from web.public.typed import own, typed
from web.showing.page import render

GET = ["GET", "HEAD"]
WRONG, TOO_MANY, CLOSED, NOT_FOUND = 422, 429, 409, 404
SHORTEST_KEY, LONGEST_KEY = 16, 64
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
router = APIRouter(include_in_schema=False)


@router.get("/meetings/questions")
async def listed(request: Request, _person: Reader) -> Response:
    """For the office: what the public asks and nobody has dealt with yet."""
    found = await _kept(request).questions()
    return render(
        request, "meetings/questions.html", title="Questions from the public", questions=found,
        back=("/meetings", "Meetings"),
    )  # fmt: skip


@router.post("/meetings/questions")
async def dealt_with(request: Request, person: Reader, back: FormBack) -> Response:
    """For the office: this question is dealt with. Again does no harm."""
    await _kept(request).question_done(back.key, person.id)
    request.session["said"] = "The question is dealt with"
    return RedirectResponse("/meetings/questions", 303)


@router.get("/meetings/{reference}/ask")
async def form(request: Request, reference: str) -> Response:
    """The form; where no questions are taken, a page that says so."""
    meeting = await the_meeting(rooms(request), reference)
    if meeting.ask_until is None:
        return own(request, "public/ask-closed.html", title="Questions are closed", meeting=meeting)
    return _form(request, meeting, {}, None)


@router.post("/meetings/{reference}/ask")
async def take(request: Request, reference: str) -> Response:
    """Keep the question for the office; the same form sent twice is one question."""
    here, said = rooms(request), await typed(request)
    meeting = await the_meeting(here, reference)
    if meeting.ask_until is None:
        return own(
            request,
            "public/ask-closed.html",
            CLOSED,
            title="Questions are closed",
            meeting=meeting,
            typed=said,
        )
    question, name, key = said.get("question", ""), said.get("name", ""), said.get("key", "")
    if wrong := asked(question, name):
        return _form(request, meeting, said, wrong)
    one = PublicQuestion(
        key=key if SHORTEST_KEY <= len(key) <= LONGEST_KEY else secrets.token_urlsafe(18),
        meeting=meeting.key,
        held_at=meeting.starts_at,
        question=question.strip(),
        name=name.strip(),
    )
    if not await _kept(request).ask(one, since=since(here.now()), most=MOST_AN_HOUR):
        return _form(request, meeting, said, too_many(), TOO_MANY)
    return RedirectResponse(f"/meetings/{meeting.key}/asked", 303)


@router.api_route("/meetings/{reference}/asked", methods=GET)
async def thanks(request: Request, reference: str) -> Response:
    """What happens next."""
    meeting = await the_meeting(rooms(request), reference)
    return everybody(request, "public/asked.html", title="Your question was sent", meeting=meeting)


def _form(
    request: Request, meeting: Meeting, said: dict[str, str], wrong: Refused | None, status: int = WRONG
) -> Response:
    errors = {wrong.field or "question": wrong.message} if wrong else {}
    return own(
        request, "public/ask.html", status if wrong else 200, title="Ask a question", meeting=meeting,
        typed=said, errors=errors, key=said.get("key") or secrets.token_urlsafe(18), most=MOST_QUESTION,
        most_name=MOST_NAME,
    )  # fmt: skip


def _kept(request: Request) -> KeepsFollowers:
    found = rooms(request).followers
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found
