"""Meetings: all of them, one that several cycles share, and what is done to it in every cycle at once."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.meetings import SHARED, coming, parts_of
from rules.acting.authority import MAY
from rules.clocks import civil
from rules.meeting.agenda import agenda_with
from rules.meeting.minutes import day_of
from schemas.board_pages import SessionRow
from schemas.cycle import Cycle, Session
from schemas.people import Person, Role
from schemas.rows import CyclePage
from schemas.sessions import AgendaItem
from web.acting.meeting_acts import Again, Became, Look, carry_out, make_meeting
from web.acting.scenes import lent_to
from web.door.identity import NotYours, require
from web.door.rooms import Rooms, rooms
from web.forms.catalogue import FORMS
from web.forms.fields import Option, Typed
from web.forms.form import Form, Scene, Search
from web.forms.making import FORM as MAKING
from web.forms.posted import FormBack, fresh_key
from web.pages.acts import kept_with_tokens
from web.pages.sessions import key_of, owed, same_hour, titles_of
from web.showing.dates import moment
from web.showing.page import render
from web.showing.pages import Leaf, number_in, others, skip
from web.showing.words import plural

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
A_LIST = 25
"""Meetings on one page, of those to come and of those past."""


async def listed(request: Request, person: Person) -> Response:
    """The office's list at /meetings: every session, those of one meeting together; to come, and past."""
    reads, page, past = rooms(request).reads, number_in(request), number_in(request, "past")
    coming = await reads.session_list(coming=True, most=A_LIST, skip=skip(page, A_LIST))
    held = await reads.session_list(coming=False, most=A_LIST, skip=skip(past, A_LIST))
    ahead = Leaf("/meetings", page, coming.all, A_LIST, others(past=past), what="Meetings to come")
    behind = Leaf("/meetings", past, held.all, A_LIST, others(page=page), "past", "past", "Past meetings")
    return render(
        request, "meetings/list.html", title=ahead.titled("Meetings"),
        lists=(("To come", "coming", coming, ahead), ("Held or called off", "past", held, behind)),
        href=_href, notice=_notice, may_make=person.role in MAY["FixSession"],
    )  # fmt: skip


def _href(row: SessionRow) -> str:
    return f"/meetings/{row.meeting}" if row.meeting else f"/cycles/{row.cycle}/sessions/{row.number}"


def _notice(row: SessionRow) -> str:
    if row.cancelled:
        return "Called off"
    if row.given_at:
        return f"Given {moment(row.given_at)}{', late' if row.given_late else ''}"
    missed = ", missed" if row.owed_missed else ""
    return f"Owed by {moment(row.owed_at)}{missed}" if row.owed_at else "None owed"


@router.get("/meetings/new")
async def fresh(request: Request, person: Anybody) -> Response:
    """The form that fixes one meeting for several cycles."""
    return await _making(request, person, Again({}, status=200), Typed())


@router.post("/meetings/new")
async def make(request: Request, person: Anybody, back: FormBack) -> Response:
    """Fix the meeting: its session in each of the cycles, under one reference."""
    allowed("FixSession", person)
    done = await make_meeting(request, await _to_choose(request, person, back.typed), back)
    if isinstance(done, Again):
        return await _making(request, person, done, back.typed)
    return _became(request, done, back.typed)


async def one(request: Request, reference: str, person: Person) -> Response:
    """The office's page of one meeting: its cycles, agenda, notice, attendance and what was said."""
    here = rooms(request)
    pages = await pages_of(here, reference)
    parts = _sessions(pages, reference)
    cycle, first = _first(parts)
    standing = [session for _, session in parts if not session.cancelled_at]
    lead = pages[0].model_copy(update={"words": {k: v for page in pages for k, v in page.words.items()}})
    offers = _offers(person, parts)
    named = lead.model_copy(update={"cycle": cycle}).named_on(day_of(first))
    return render(
        request, "meetings/one.html", title=f"Meeting {reference}", reference=reference, parts=parts,
        first=first, named=named, lead=cycle.reference, say=lead.say, titles=await titles_of(here),
        owed=owed(cycle, first), key=key_of(first), offers=offers,
        may_be_joined=any(form.kind == "MoveSession" for form in offers),
        apart=not same_hour([session.starts_at for session in standing]), quorum=None,
        proposed=await _proposed(here, parts, first), back=("/meetings", "Meetings"),
    )  # fmt: skip


@router.get("/meetings/{reference}/act/{kind}")
async def ask(request: Request, reference: str, kind: str, person: Anybody) -> Response:
    """The form of an act on a whole meeting."""
    form = allowed(kind, person)
    scene = await scene_of_meeting(request, person, reference)
    return show_form(request, form, scene, Again({}, status=200), Typed(), meeting=reference)


@router.post("/meetings/{reference}/act/{kind}")
async def act(request: Request, reference: str, kind: str, person: Anybody, back: FormBack) -> Response:
    """Do it in every cycle on the meeting, and say what became of it in each."""
    form = allowed(kind, person)
    scene = await scene_of_meeting(request, person, reference)
    if back.typed.one("change"):
        return show_form(request, form, scene, Again({}, status=200), back.typed, meeting=reference)
    parts = coming([page.cycle for page in await pages_of(rooms(request), reference)], reference)
    done = await carry_out(request, form, scene, back, meeting=reference, parts=parts)
    if isinstance(done, Again):
        return show_form(request, form, scene, done, back.typed, meeting=reference)
    if isinstance(done, Look):
        return render(
            request, "acts/look.html", title="Check what moves", form=form, cycle=scene.cycle,
            say=scene.say, typed=back.typed, effects=done.effects,
        )  # fmt: skip
    return _became(request, done, back.typed)


def _became(request: Request, done: Became, typed: Typed) -> Response:
    all_done = all(one.done for one in done.parts)
    if all_done:
        request.session["said"] = f"Recorded in {plural(len(done.parts), 'cycle')}"
        return RedirectResponse(f"/meetings/{done.meeting}", 303)
    kept = [("kept", sealed) for _, sealed in kept_with_tokens(request, done.gathered.kept)]
    return render(
        request, "meetings/became.html", 409, title="Not done in every cycle", reference=done.meeting,
        became=done.parts, all_done=all_done,
        pairs=[*(pair for pair in typed.pairs() if pair[0] != "kept"), *kept],
    )  # fmt: skip


def allowed(kind: str, person: Person) -> Form:
    """The form of what is done to a meeting, for somebody whose role may do it.

    Raises: HTTPException, NotYours: it is not done to meetings, or not theirs to do.
    """
    if kind not in (*SHARED, "FixSession"):
        raise HTTPException(404)
    if person.role not in MAY[kind]:
        raise NotYours(MAY[kind])
    return FORMS[kind]


async def pages_of(here: Rooms, reference: str) -> list[CyclePage]:
    """The cycles on a meeting.

    Raises: HTTPException: there is no such meeting.
    """
    pages = await here.reads.meeting(reference) if reference.startswith("MTG-") else []
    if not pages:
        raise HTTPException(404)
    return pages


async def scene_of_meeting(request: Request, person: Person, reference: str | None = None) -> Scene:
    """What a form about a meeting knows: the cycles on it, and for an agenda what others left open."""
    here = rooms(request)
    pages = await pages_of(here, reference) if reference else []
    on = tuple(page.cycle.reference for page in pages)
    parts = parts_of([page.cycle for page in pages], reference or "")
    scene = Scene(
        person=person, people=await here.reads.people(), now=here.now(), forums=here.forums,
        ask={"session": str(parts[0].session)} if parts else {},
        page=pages[0] if pages else None, others=tuple(pages[1:]), on=on,
    )  # fmt: skip
    return await lent_to(request, scene, on)


async def _making(request: Request, person: Person, again: Again, typed: Typed) -> Response:
    allowed("FixSession", person)
    return show_form(request, MAKING, await _to_choose(request, person, typed), again, typed)


async def _to_choose(request: Request, person: Person, typed: Typed) -> Scene:
    """The form's scene with the cycles to choose from: those that words find, and those that are chosen."""
    sought = request.query_params.get("words", "").strip()[:200]
    found = await rooms(request).reads.choices(sought, typed.all("cycles"))
    options = tuple(Option(one.reference, f"{one.reference}: {one.title}") for one in found.rows)
    scene = await scene_of_meeting(request, person)
    return replace(scene, options=options, search=Search("/meetings/new", sought, len(options), found.all))


def show_form(
    request: Request,
    form: Form,
    scene: Scene,
    again: Again,
    typed: Typed,
    *,
    meeting: str = "",
    reach: str = ", in every cycle on it",
) -> Response:
    """A form about a meeting, with what was typed and what is wrong with it."""
    fields = form.fields(scene)
    return render(
        request, "acts/form.html", again.status, title=form.title, form=form, fields=fields, typed=typed,
        caption=f"Meeting {meeting}{reach}" if meeting else "Meetings",
        cycle={"reference": meeting, "title": None},
        say=lambda _ref: "", errors=again.errors,
        stale=again.stale, key=typed.one("key") or fresh_key(), about=None, findings=None,
        kept=kept_with_tokens(request, again.gathered.kept),
        takes_files=any(one.kind == "items" for one in fields),
        nothing=any(one.unanswerable for one in fields), search=scene.search,
        back=(f"/meetings/{meeting}", "The meeting") if meeting else ("/meetings", "Meetings"),
    )  # fmt: skip


def _sessions(pages: list[CyclePage], meeting: str) -> list[tuple[Cycle, Session]]:
    return [(page.cycle, one) for page in pages for one in page.cycle.sessions if one.meeting == meeting]


def _first(parts: list[tuple[Cycle, Session]]) -> tuple[Cycle, Session]:
    """The session that stands for the meeting: the first that is not called off."""
    return next((part for part in parts if not part[1].cancelled_at), parts[0])


def _offers(person: Person, parts: list[tuple[Cycle, Session]]) -> list[Form]:
    to_come = any(session.coming for _, session in parts)
    panel = all(session.forum == "panel" for _, session in parts)
    if person.role == Role.PANEL_SECRETARIAT and not panel:
        return []
    kinds = SHARED if to_come else ("PublishPapers",)
    return [FORMS[kind] for kind in kinds if person.role in MAY[kind]]


async def _proposed(
    here: Rooms, parts: list[tuple[Cycle, Session]], first: Session
) -> tuple[AgendaItem, ...]:
    if first.agendas or not first.coming:
        return ()
    on = [cycle for cycle, _ in parts]
    lent = await here.reads.lent_items([cycle.reference for cycle in on], civil(first.starts_at))
    return agenda_with(on, lent.items, civil(first.starts_at))
