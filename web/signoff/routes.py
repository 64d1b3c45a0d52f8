"""Sign-off: what waits for whoever signs, a three minutes' read, and the three things that can be done."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.clocks import civil
from rules.publishing.publishable import slot
from schemas.commands import ApproveFindings
from schemas.cycle import FindingsVersion
from schemas.events import AnyEvent, FindingsApproved
from schemas.outcomes import Receipt, Refused
from schemas.people import Person
from schemas.reading import Seen
from schemas.rows import CyclePage
from schemas.shape import text_ref
from web.acting.doing import Again, Look, Waiting, act
from web.acting.scenes import cycle_page, scene_of
from web.door.identity import actor, require
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.form import Scene
from web.forms.posted import FormBack, Posted, fresh_key
from web.pages.as_published import as_saved
from web.public.record import Record, record
from web.showing.page import render
from web.showing.pages import Leaf, Number
from web.signoff import reading
from web.signoff.forms import form_of
from web.signoff.waiting import SIGNERS, acts_for, waiting_for

router = APIRouter(prefix="/sign-off", include_in_schema=False)
Signer = Annotated[Person, Depends(require(*SIGNERS))]
Way = Literal["sign", "send-back", "later"]
Mark = Annotated[str, Query(max_length=64)]
BACK = ("/sign-off", "Sign-off")
STALE = 409
SAID = {
    "sign": "Version {version} of {title} is signed",
    "send-back": "Version {version} of {title} is sent back with your note",
    "later": "{title} is put off. You get a mail on the day that you chose",
}


@dataclass(frozen=True)
class Standing:
    """How the newest version stands for somebody: why they cannot sign it now, or what signing it does."""

    refused: Refused | None
    events: tuple[AnyEvent, ...]
    mine: bool
    """Whether their place is signed."""


@router.get("")
async def listed(request: Request, person: Signer, page: Number = 1) -> Response:
    """What waits for me, by what is wanted."""
    found = await waiting_for(request, person, page)
    leaf = Leaf("/sign-off", page, found.rows, what="What waits for you")
    return render(
        request, "signoff/list.html", title=leaf.titled("Sign-off"), waiting=found, leaf=leaf,
        acts_for=acts_for(person, civil(rooms(request).now())),
    )  # fmt: skip


@router.get("/{reference}")
async def read(request: Request, reference: str, person: Signer) -> Response:
    """What is to be signed, what changed in it first; and that it was read from now on."""
    here, page = rooms(request), await cycle_page(request, reference)
    if not page.cycle.findings:
        return render(
            request, "signoff/nothing.html", title="Nothing to sign yet", cycle=page.cycle, say=page.say,
            back=BACK,
        )  # fmt: skip
    newest, found = page.cycle.findings[-1], await _record(request, page)
    known = await here.seen.seen(person.id, [reference]) if here.seen else []
    stands = await _stands(request, person, page, newest)
    answer = _shown(
        request,
        person,
        page=page,
        found=found,
        known=known,
        stands=stands,
        people=await here.reads.people(),
    )
    if here.seen and newest.published_at is None:
        await here.seen.note_seen(person.id, reference, newest.version, here.now())
    return answer


@router.get("/{reference}/{way}")
async def ask(
    request: Request, reference: str, way: Way, person: Signer, *, version: int = 0, mark: Mark = ""
) -> Response:
    """The form of one of the three ways, for the version that was read."""
    scene = await scene_of(request, person, reference)
    if not scene.cycle.findings or not version:
        return RedirectResponse(f"/sign-off/{reference}", 303)
    if not _same(scene.cycle.findings[-1], str(version), mark):
        return _stale(request, scene, str(version))
    refused = (await _stands(request, person, _page(scene), scene.cycle.findings[-1])).refused
    if way == "sign" and refused:
        return RedirectResponse(f"/sign-off/{reference}", 303)
    return await _form(request, way, scene, Again({}, status=200), Typed(), mark=mark)


@router.post("/{reference}/{way}")
async def carry_out(request: Request, reference: str, way: Way, person: Signer, back: FormBack) -> Response:
    """Sign what was read, send it back or put it off; nothing where another version came in meanwhile."""
    scene, typed = await scene_of(request, person, reference, back), back.typed
    if not scene.cycle.findings:
        return RedirectResponse(f"/sign-off/{reference}", 303)
    newest = scene.cycle.findings[-1]
    if not _same(newest, typed.one("version"), typed.one("mark")):
        return _stale(request, scene, typed.one("version"), typed.one("note"))
    done = await act(request, form_of(way, scene), scene, back)
    if isinstance(done, Receipt):
        return await _done(request, way, scene, back)
    if isinstance(done, Waiting):
        return render(
            request,
            "acts/waiting.html",
            202,
            title="No answer yet",
            message=done.message,
            pairs=typed.pairs(),
        )
    assert not isinstance(done, Look)
    return await _form(request, way, scene, done, typed, mark=typed.one("mark"))


async def _done(request: Request, way: Way, scene: Scene, back: Posted) -> Response:
    here, cycle = rooms(request), scene.cycle
    version = cycle.findings[-1].version
    if way == "later" and here.seen:
        on = form_of(way, scene).fields(scene)[0]
        chosen = next(one for one in on.options if one.value == back.typed.one("on"))
        until = civil(here.now()).fromisoformat(chosen.value)
        await here.seen.put_off(scene.person.id, cycle.reference, version, here.now(), until)
    said = SAID[way].format(version=version, title=scene.say(cycle.title))
    request.session["said"] = said
    return RedirectResponse("/sign-off", 303)


async def _record(request: Request, page: CyclePage) -> Record:
    """The newest version as everybody would read it."""
    here = rooms(request)
    rows = await here.reads.timeline(page.cycle.reference, public=True)
    people, plan = await here.reads.people(), await here.reads.plan()
    return record(as_saved(page, here.now()), page, rows, plan=plan, people=people, now=here.now())


async def _stands(request: Request, person: Person, page: CyclePage, newest: FindingsVersion) -> Standing:
    """What the rules would say to a signature now; nothing is written."""
    mine = any(slot(one.by.role) == slot(person.role) for one in newest.approvals)
    said = text_ref("only to be seen")
    decision = await rooms(request).desk.preview(
        ApproveFindings(
            cycle=page.cycle.reference, key="only-to-be-seen", actor=actor(request, person),
            version=newest.version, statement=said,
        )
    )  # fmt: skip
    if isinstance(decision, Refused):
        return Standing(decision, (FindingsApproved(version=newest.version, statement=said),), mine)
    return Standing(None, decision.events, mine)


def _shown(
    request: Request,
    person: Person,
    *,
    page: CyclePage,
    found: Record,
    known: list[Seen],
    stands: Standing,
    people: dict[str, Person],
) -> Response:
    newest, now = page.cycle.findings[-1], rooms(request).now()
    words, minutes = reading.minutes(found)
    return render(
        request, "signoff/read.html", title=found.title, cycle=page.cycle, say=page.say, record=found,
        version=newest, mark=reading.mark(newest), words=words, minutes=minutes, people=people,
        changed=reading.changed(page, newest, known), refused=stands.refused, mine=stands.mine,
        sent={one.number: reading.sent(page, one.number) for one in found.looked},
        effect=reading.effect(
            page, found, actor=actor(request, person), events=stands.events, now=now, people=people
        ),
        acts_for=acts_for(person, civil(now)), back=BACK,
    )  # fmt: skip


def _page(scene: Scene) -> CyclePage:
    assert scene.page is not None
    return scene.page


def _same(newest: FindingsVersion, version: str, mark: str) -> bool:
    """Whether what was read is what would be signed."""
    return version == str(newest.version) and mark == reading.mark(newest)


async def _form(
    request: Request, way: Way, scene: Scene, again: Again, typed: Typed, *, mark: str
) -> Response:
    form = form_of(way, scene)
    reference = scene.cycle.reference
    return render(
        request, "signoff/form.html", again.status, title=form.title, way=way, form=form,
        fields=form.fields(scene), typed=typed, errors=again.errors, stale=again.met or again.stale,
        key=typed.one("key") or fresh_key(), mark=mark, cycle=scene.cycle, say=scene.say,
        version=scene.cycle.findings[-1], acts_for=acts_for(scene.person, civil(scene.now)),
        back=(f"/sign-off/{reference}", "Read it again"),
    )  # fmt: skip


def _stale(request: Request, scene: Scene, version: str, note: str = "") -> Response:
    """That nothing was signed, what came in while it was read, and the note that was typed."""
    page, newest = _page(scene), scene.cycle.findings[-1]
    read = next((one for one in scene.cycle.findings if str(one.version) == version), None)
    changed = reading.since(page, read, newest, "which you read") if read and read is not newest else None
    return render(
        request, "signoff/stale.html", STALE, title="Nothing was signed", cycle=scene.cycle, say=scene.say,
        read=read, newest=newest, changed=changed, note=note, people=scene.people, back=BACK,
    )  # fmt: skip
