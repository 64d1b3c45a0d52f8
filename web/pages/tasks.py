"""A force lead's tasks: what is asked and by when, the answer, and a receipt for it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.appointments import leads_of
from rules.acting.authority import answers_for
from rules.acting.delegation import delegates, in_force
from rules.clocks import civil
from schemas.cycle import Request as Asked
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.rows import CyclePage, TaskRow
from web.acting.doing import Again, act
from web.acting.scenes import cycle_page, scene_of
from web.door.identity import FORCE_ROLES, NotYours, actor, require, stand_for, stands_for
from web.door.rooms import rooms
from web.forms.catalogue import FORMS
from web.forms.fields import Typed
from web.forms.form import Scene
from web.forms.offered import for_request
from web.forms.posted import FormBack, fresh_key
from web.law.reasons import panel_of
from web.needing.needs import needs
from web.pages.acts import answer, kept_with_tokens
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Lead = Annotated[Person, Depends(require(*FORCE_ROLES))]
SUBMIT = FORMS["SubmitReturn"]
OWED = ("asked", "acknowledged", "part_returned", "sent_back")


@router.get("/tasks")
async def tasks(request: Request, person: Lead) -> Response:
    """What a lead owes; force coordination and the Chief Constable see everybody's."""
    here = rooms(request)
    lead = stands_for(request)
    own = (lead or person.id) if person.role == Role.THEMATIC_LEAD else None
    people = await here.reads.people()
    pages = await here.reads.under_way()
    rows = [*await here.reads.tasks(own), *_delegated(pages, own, civil(here.now()))]
    owed = [row for row in rows if row.state in OWED]
    actions = [one for one in await here.reads.deadlines(owner=own) if one.what == "action"]
    proposed = needs(pages, person, here.now())
    return render(
        request, "tasks/list.html", title="My tasks", owed=owed, actions=actions, proposed=proposed,
        done=[row for row in rows if row not in owed], stands_for=people.get(lead or ""),
        leads=[people[one] for one in _leads(person, people, here.now())],
    )  # fmt: skip


@router.post("/tasks/for")
async def choose_for(request: Request, person: Lead, back: FormBack) -> Response:
    """Answer for a lead whose deputy one is, or in one's own name again."""
    here = rooms(request)
    lead = back.typed.one("lead")
    if lead and lead not in _leads(person, await here.reads.people(), here.now()):
        raise NotYours(frozenset(FORCE_ROLES), "The directory does not name you as that lead's deputy today.")
    stand_for(request, lead or None)
    return RedirectResponse("/tasks", 303)


def _leads(person: Person, people: dict[str, Person], now: datetime) -> tuple[str, ...]:
    return leads_of(people.get(person.id, person), people, civil(now))


@router.get("/tasks/{reference}/{number}")
async def task(request: Request, reference: str, number: int, person: Lead) -> Response:
    """One task: what is asked, by when, and the form for the answer."""
    asked, scene = await _task(request, person, reference, number)
    return _show(request, scene, asked, Again({}, status=200), Typed())


@router.post("/tasks/{reference}/{number}")
async def answered(request: Request, reference: str, number: int, person: Lead, back: FormBack) -> Response:
    """Take the answer."""
    asked, scene = await _task(request, person, reference, number)
    done = await act(request, SUBMIT, scene, back)
    if isinstance(done, Again):
        return _show(request, scene, asked, done, back.typed)
    return answer(request, SUBMIT, scene, back, done)


@router.get("/tasks/{reference}/{number}/receipts/{version}")
async def receipt(request: Request, reference: str, number: int, version: int, person: Lead) -> Response:
    """The receipt of one version: files with their digests and sizes, and when it was received."""
    page = await cycle_page(request, reference)
    asked = _own(request, page, number, person)
    found = next((one for one in asked.returns if one.version == version), None)
    if found is None:
        raise HTTPException(404)
    return render(
        request, "tasks/receipt.html", title="Your receipt", asked=asked, version_of=found, cycle=page.cycle,
        say=page.say, people=await rooms(request).reads.people(), back=("/tasks", "My tasks"),
    )  # fmt: skip


async def _task(request: Request, person: Person, reference: str, number: int) -> tuple[Asked, Scene]:
    scene = await scene_of(request, person, reference)
    assert scene.page is not None
    asked = _own(request, scene.page, number, person)
    return asked, Scene(person, scene.people, scene.now, {"request": str(number)}, scene.page)


def _own(request: Request, page: CyclePage, number: int, person: Person) -> Asked:
    asked = page.cycle.request(number)
    if asked is None:
        raise HTTPException(404)
    if refused := _refused(request, person, asked):
        raise NotYours(frozenset(FORCE_ROLES), refused.message)
    return asked


def _refused(request: Request, person: Person, asked: Asked) -> Refused | None:
    """Whether the task is somebody else's; who certifies it sees it too."""
    if asked.draft.certifier == person.id:
        return None
    return answers_for(actor(request, person), asked, civil(rooms(request).now()))


def _delegated(pages: list[CyclePage], person: str | None, today: date) -> list[TaskRow]:
    """The requests that somebody may answer beside their leads."""
    return [
        TaskRow(
            cycle=page.cycle.reference,
            number=one.number,
            title=page.say(one.draft.title),
            cycle_title=page.say(page.cycle.title),
            state=one.state,
            form=one.draft.form,
            due_at=one.due.at if one.due else None,
            missed=one.late,
        )
        for page in pages
        for one in page.cycle.requests
        if person and one.draft.lead != person and person in delegates(one, today)
    ]


def _show(request: Request, scene: Scene, asked: Asked, again: Again, typed: Typed) -> Response:
    return render(
        request, "tasks/one.html", again.status, title=scene.say(asked.draft.title), asked=asked,
        cycle=scene.cycle, say=scene.say, people=scene.people, fields=SUBMIT.fields(scene), typed=typed,
        errors=again.errors, stale=again.stale, key=typed.one("key") or fresh_key(),
        why=panel_of(scene.cycle, f"return/{asked.number}"), seen_key=fresh_key(),
        delegates=in_force(asked, civil(scene.now)),
        offers=for_request(scene.person.role, scene.cycle, asked),
        kept=kept_with_tokens(request, again.gathered.kept),
        back=("/tasks", "My tasks"),
    )  # fmt: skip
