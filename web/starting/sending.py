"""Sending a draft: one act under the draft's own key, however often it is pressed, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reference.working import working_calendar
from rules.acting.authority import MAY
from rules.apply import add_up
from rules.clocks import civil
from rules.telling.notices import notices
from schemas.drafts import Draft
from schemas.outcomes import Receipt, Refused
from schemas.people import Person
from schemas.records import Entry
from schemas.rows import CyclePage
from web.acting.doing import Again, Waiting, act
from web.acting.scenes import scene_of
from web.door.identity import require
from web.door.letters import letter_of
from web.door.rooms import Rooms, rooms
from web.forms import opening
from web.forms.fields import Typed
from web.forms.posted import FormBack, Posted
from web.showing.page import render
from web.starting.keeping import drafts, the_draft
from web.starting.showing import show_check
from web.starting.thinking import Sending, first_mails

router = APIRouter(include_in_schema=False)
Opener = Annotated[Person, Depends(require(*MAY["OpenCycle"]))]


@dataclass(frozen=True)
class FirstMail:
    """One of the mails with which a cycle begins, in its exact words."""

    at: datetime
    to: str
    subject: str
    text: str
    gone: bool


def key_of(draft: Draft) -> str:
    """The key under which a draft is sent: always the same, so that it becomes one cycle."""
    return f"draft:{draft.id}"


@router.post("/cycles/new/{name}/send")
async def send(request: Request, name: str, person: Opener, _back: FormBack) -> Response:
    """Open the cycle and ask everybody, in one act that happens once."""
    draft = await the_draft(request, name)
    sent = RedirectResponse(f"/cycles/new/{name}/sent", 303)
    if draft.sent_as:
        return sent
    here, scene = rooms(request), await scene_of(request, person)
    typed = Typed({**draft.facts, "key": (key_of(draft),)})
    done = await act(request, opening.FORM, scene, Posted(typed))
    if isinstance(done, Again):
        if reference := await _became(here, draft):
            await drafts(request).hand_in(name, reference)
            return sent
        return await show_check(request, scene, draft, done.errors, done.status)
    if isinstance(done, Waiting):
        return render(
            request, "acts/waiting.html", 202, title="No answer yet", message=done.message, pairs=[]
        )
    assert isinstance(done, Receipt)
    await drafts(request).hand_in(name, done.cycle)
    return sent


@router.get("/cycles/new/{name}/sent")
async def sent(request: Request, name: str, _person: Opener) -> Response:
    """The reference, and the mails with which it begins, in their exact words and with their instants.

    Raises: HTTPException: nothing was sent.
    """
    draft, here = await the_draft(request, name), rooms(request)
    page = await here.reads.cycle(draft.sent_as) if draft.sent_as else None
    if page is None:
        raise HTTPException(404)
    entries = await here.reads.written(page.cycle.reference, key_of(draft))
    people = await here.reads.people()
    return render(
        request, "starting/sent.html", title="The cycle is started", cycle=page.cycle, say=page.say,
        mails=_mails(here, page, entries, people), people=people, back=("/cycles", "Cycles"),
    )  # fmt: skip


async def _became(here: Rooms, draft: Draft) -> str | None:
    """The cycle that an earlier attempt made, where its answer never arrived."""
    reference = await here.desk.cycle_reference(key_of(draft), civil(here.now()).year)
    return reference if await here.reads.written(reference, key_of(draft)) else None


def _mails(
    here: Rooms, page: CyclePage, entries: tuple[Entry, ...], people: dict[str, Person]
) -> list[FirstMail]:
    calendar = working_calendar(page.cycle.calendar)
    if not entries or isinstance(calendar, Refused):
        return []
    opened = add_up(entries)
    at_once = [(one.at, opened, notice) for one in entries for notice in notices(one, opened)]
    found = first_mails(at_once, opened, calendar, entries[-1].at)
    return [_mail(here, page, one, people) for one in found]


def _mail(here: Rooms, page: CyclePage, sending: Sending, people: dict[str, Person]) -> FirstMail:
    at, then, notice = sending
    to = "; ".join(people[one].title if one in people else one for one in notice.to)
    letter = letter_of(here.office, notice, page.model_copy(update={"cycle": then}), people)
    return FirstMail(at, to, letter.subject, letter.text, at <= here.now())
