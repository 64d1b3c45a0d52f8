"""People and roles: the directory, each entry with what hangs on it, and every change with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.directory import MAY_KEEP, changes_of, check_person_change, ended, with_appointment
from rules.clocks import civil
from schemas.directory import PersonChange
from schemas.outcomes import Refused
from schemas.people import SIDE, Appointment, Person, Role
from web.door.identity import require
from web.door.proving import proved
from web.door.rooms import rooms
from web.forms.fields import Field, FieldWrongError, Option, Typed, read_day
from web.forms.posted import FormBack, fresh_key
from web.showing.page import render
from web.showing.words import role as role_words

router = APIRouter(prefix="/settings/people", include_in_schema=False)
Keeper = Annotated[Person, Depends(require(*MAY_KEEP))]
Proved = Annotated[Person, Depends(require(*MAY_KEEP, again=True))]
MOVED_ON = "Somebody changed this entry meanwhile. Look at what stands there now, then send yours again."


@dataclass(frozen=True)
class Wanted:
    """An entry as it would become, or what is wrong with what was typed."""

    after: Person | None
    errors: dict[str, str]


@router.get("")
async def listed(request: Request, _person: Keeper) -> Response:
    """Everybody, side by side with their role, deputy and whether mail reaches them."""
    here = rooms(request)
    people, today = await here.reads.people(), civil(here.now())
    sides = {
        side: [one for one in people.values() if one.side == side]
        for side in ("opcc", "force", "panel", "public")
    }
    return render(
        request, "settings/people.html", title="People and roles", sides=sides, people=people, today=today,
        changes=await here.reads.people_changes(None, 10), back=("/settings", "Settings"),
    )  # fmt: skip


@router.get("/new")
async def begin(request: Request, _person: Keeper) -> Response:
    """The form that enters somebody."""
    return await _form(request, None, Typed(), {})


@router.post("/new")
async def enter(request: Request, person: Proved, back: FormBack) -> Response:
    """Enter somebody, once for the form's key."""
    return await _keep(request, person, back, None, _entered(back.typed))


@router.get("/{who}")
async def one(request: Request, who: str, _person: Keeper) -> Response:
    """One entry, what hangs on it, and the form that changes it."""
    return await _form(request, await _entry(request, who), Typed(), {})


@router.post("/{who}")
async def change(request: Request, who: str, person: Proved, back: FormBack) -> Response:
    """Correct an entry, give a role for some days, or end an appointment."""
    before = await _entry(request, who)
    today = civil(rooms(request).now())
    made = _WAYS.get(back.typed.one("way"), _no_way)(before, back.typed, today)
    return await _keep(request, person, back, before, made)


async def _keep(request: Request, by: Person, back: Any, before: Person | None, wanted: Wanted) -> Response:
    here = rooms(request)
    if wanted.after is None:
        return await _form(request, before, back.typed, wanted.errors)
    people, reason = await here.reads.people(), back.typed.one("reason") or back.typed.one("reason_days")
    refused = check_person_change(wanted.after, before, people, by=by, reason=reason, today=civil(here.now()))
    if isinstance(refused, Refused):
        done = (
            before is None and refused.code == "known_id" and await _known(request, back.key, wanted.after.id)
        )
        if done or (
            before and refused.code == "nothing_changed" and await _known(request, back.key, before.id)
        ):
            return RedirectResponse("/settings/people", 303)
        return await _form(request, before, back.typed, {_field_of(refused, back.typed): refused.message})
    said = PersonChange(
        key=back.key or fresh_key(), at=here.now(), by=by.id, role=by.role, person=wanted.after.id,
        what=changes_of(before, wanted.after), reason=reason.strip(),
    )  # fmt: skip
    if here.directory is None:
        raise HTTPException(404)
    if not await here.directory.change(said, before, wanted.after):
        return await _form(
            request, await _entry(request, wanted.after.id), back.typed, {"way": MOVED_ON}, 409
        )
    request.session["said"] = f"Changed and on record: {wanted.after.title}"
    return RedirectResponse(f"/settings/people/{wanted.after.id}", 303)


def _field_of(refused: Refused, typed: Typed) -> str:
    """The field of the form that was sent under which a refusal stands."""
    found = refused.field or "reason"
    if typed.one("way") in ("", "correct"):
        return found
    return {"reason": "reason_days", "role": "to_on"}.get(found, found)


async def _known(request: Request, key: str, person: str) -> bool:
    """Whether a form was carried out already: it was sent twice."""
    return key in {one.key for one in await rooms(request).reads.people_changes(person)}


async def _form(
    request: Request, who: Person | None, typed: Typed, errors: dict[str, str], status: int | None = None
) -> Response:
    here = rooms(request)
    people, today = await here.reads.people(), civil(here.now())
    entry = typed.one("way") in ("", "correct")
    why = Field("reason", "Why?", "text", "A sentence. It stays on record with your name.", rows=2)
    others = [one for one in people.values() if who and one.id != who.id and one.side == who.side]
    return render(
        request, "settings/person.html", status or (422 if errors else 200), errors=errors,
        title=who.title if who else "Enter somebody", who=who, people=people, today=today,
        fields=_fields(who, people, others), days=_days(who, others), typed=typed if entry else Typed(),
        typed_days=Typed() if entry else typed, key=typed.one("key") or fresh_key(), why=why,
        why_days=replace(why, name="reason_days"), leads=await here.reads.leads(who.id) if who else (),
        covers=[one for one in people.values() if who and one.deputy == who.id],
        changes=await here.reads.people_changes(who.id, 20) if who else (),
        proved=proved(request), back=("/settings/people", "People and roles"),
    )  # fmt: skip


def _fields(who: Person | None, people: dict[str, Person], others: list[Person]) -> list[Field]:
    """The fields of an entry, with what stands in it now."""
    bodies = sorted({one.organisation for one in people.values()})
    roles = [one for one in Role if one not in (Role.ENGINE, Role.PUBLIC)]
    own = Field(
        "id", "Short name", hint="Small letters and dashes, such as head-of-custody. It never changes."
    )
    return [
        *([] if who else [own]),
        Field("title", "Job title", hint="No name: pages show the title.", start=who.title if who else ""),
        Field("role", "Role", "choose", options=_roles(roles), start=who.role.value if who else ""),
        Field("organisation", "Organisation", "choose", options=tuple(Option(one, one) for one in bodies),
              start=who.organisation if who else ""),
        Field("address", "Mail address", hint="Without one nothing can be asked of them.",
              start=(who.address or "") if who else ""),
        Field("deputy", "Deputy", "choose", "Is written to when something is overdue; may answer.",
              options=_named(others), start=(who.deputy or "") if who else ""),
    ]  # fmt: skip


def _days(who: Person | None, others: list[Person]) -> list[Field]:
    roles = [one for one in Role if who and SIDE[one] == who.side]
    return [
        Field("as_role", "Which role?", "choose", options=_roles(roles)),
        Field("deputises", "Whose deputy?", "choose", "Leave it out where it is not as somebody's deputy.",
              options=_named(others)),
        Field("from_on", "First day", "day", "For example, 27 3 2027"),
        Field("to_on", "Last day", "day", "Leave it out where it has no end yet."),
    ]  # fmt: skip


def _roles(some: Iterable[Role]) -> tuple[Option, ...]:
    return tuple(Option(one.value, role_words(one).capitalize()) for one in some)


def _named(some: list[Person]) -> tuple[Option, ...]:
    return tuple(Option(one.id, one.title) for one in some)


def _entered(typed: Typed) -> Wanted:
    return _correct(None, typed, date.max)


def _correct(before: Person | None, typed: Typed, _today: date) -> Wanted:
    role = typed.one("role")
    if role not in set(Role):
        return Wanted(None, {"role": "Choose the role in which they act"})
    facts = {
        "id": before.id if before else typed.one("id").strip(),
        "title": typed.one("title").strip(),
        "role": Role(role),
        "organisation": typed.one("organisation").strip(),
        "address": typed.one("address").strip() or None,
        "deputy": typed.one("deputy") or None,
        "appointments": before.appointments if before else (),
    }
    try:
        return Wanted(Person(**facts), {})
    except ValueError:
        wrong = "id" if not before else "organisation"
        return Wanted(None, {wrong: "Write small letters, digits and dashes, such as head-of-custody"})


def _appoint(before: Person, typed: Typed, today: date) -> Wanted:
    role, lead = typed.one("as_role"), typed.one("deputises") or None
    if role not in set(Role) or SIDE[Role(role)] != before.side:
        return Wanted(None, {"as_role": "Choose the role that they hold for these days"})
    try:
        first = read_day("from_on", typed, "Enter the first day")
        last = read_day("to_on", typed, "", optional=True)
    except FieldWrongError as wrong:
        return Wanted(None, {"from_on": str(wrong)})
    if first is None:
        return Wanted(None, {"from_on": "Enter the first day"})
    made = Appointment(role=Role(role), from_on=first, to_on=last, deputises=lead)
    return Wanted(with_appointment(before, made, today), {})


def _end(before: Person, typed: Typed, today: date) -> Wanted:
    try:
        last = read_day("to_on", typed, "Enter the last day on which they act")
    except FieldWrongError as wrong:
        return Wanted(None, {"to_on": str(wrong)})
    return Wanted(ended(before, last, today), {}) if last else Wanted(None, {"to_on": "Enter the last day"})


def _no_way(_before: Person, _typed: Typed, _today: date) -> Wanted:
    return Wanted(None, {"way": "Choose what you want to change"})


_WAYS = {"correct": _correct, "appoint": _appoint, "end": _end}


async def _entry(request: Request, who: str) -> Person:
    found = (await rooms(request).reads.people()).get(who)
    if found is None:
        raise HTTPException(404)
    return found
