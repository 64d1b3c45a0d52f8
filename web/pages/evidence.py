"""One item of evidence: what it is, its fingerprint, what of it becomes public, and the office's notes."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from rules.scanning import MAY_RELEASE, release
from schemas.drafts import Draft
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.posted import FormBack, fresh_key
from web.showing import items
from web.showing.page import render
from web.showing.scans import scans_of

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, Role.PANEL_SECRETARIAT))]
Releaser = Annotated[Person, Depends(require(*MAY_RELEASE))]
Noter = Annotated[Person, Depends(require(*OPCC_ROLES))]
MOST_NOTES, MOST_WORDS, MOST_PAGE = 200, 2_000, 5_000


@router.get("/cycles/{reference}/evidence/{name}")
async def one(request: Request, reference: str, name: str, person: Reader) -> Response:
    """One item, by its place such as `1.2.1`, or a file by its fingerprint."""
    page = await cycle_page(request, reference)
    return await _show(request, person, page, _item(page, name))


@router.post("/cycles/{reference}/evidence/{name}/release")
async def let_go(request: Request, reference: str, name: str, person: Releaser, back: FormBack) -> Response:
    """Release a file that no scanner found clean, for a reason. Sent twice, it is released once."""
    page, here = await cycle_page(request, reference), rooms(request)
    item = _item(page, name)
    if item.item.kind != "file" or here.scans is None:
        raise HTTPException(404)
    digest, reason = item.item.digest, back.typed.one("reason")
    known = (await here.scans.scans([digest])).get(digest)
    made = release(digest, known, reference, person, reason, at=here.now())
    if isinstance(made, Refused):
        return await _show(
            request, person, page, item, ({made.field or "reason": made.message}, "", "", reason)
        )
    done = await here.scans.release(made)
    request.session["said"] = (
        "The file is released. The reason is on record" if done else "It was released already"
    )
    return RedirectResponse(f"/cycles/{reference}/evidence/{item.name}", 303)


@router.post("/cycles/{reference}/evidence/{name}/notes")
async def note(request: Request, reference: str, name: str, person: Noter, back: FormBack) -> Response:
    """Add a note to the item, for a page of it or for the whole; the office reads them, and nobody else."""
    page = await cycle_page(request, reference)
    item = _item(page, name)
    said, leaf = back.typed.one("note").strip(), back.typed.one("leaf").strip()
    errors = _wrong(said, leaf)
    if errors:
        return await _show(request, person, page, item, (errors, said, leaf, ""))
    await _keep(request, person, reference, item, (back.key, leaf, said))
    request.session["said"] = "The note is kept"
    return RedirectResponse(f"/cycles/{reference}/evidence/{item.name}#notes", 303)


def _item(page: CyclePage, name: str) -> items.Standing:
    found = items.found(page.cycle, name)
    if found is None:
        raise HTTPException(404)
    return found


def _wrong(said: str, leaf: str) -> dict[str, str]:
    errors = {}
    if not said:
        errors["note"] = "Write the note"
    elif len(said) > MOST_WORDS:
        errors["note"] = f"A note has at most {MOST_WORDS} letters: this one has {len(said)}"
    if leaf and not (leaf.isascii() and leaf.isdecimal() and 0 < int(leaf[:6]) <= MOST_PAGE):
        errors["leaf"] = "Write the number of a page, such as 12, or nothing for the whole"
    return errors


def _notes_of(reference: str, item: items.Standing) -> str:
    return hashlib.sha256(f"notes {reference} {item.name}".encode()).hexdigest()


async def _keep(
    request: Request, person: Person, reference: str, item: items.Standing, fresh: tuple[str, str, str]
) -> None:
    """Add a note once for its form's key, beside those that others add at the same moment."""
    here = rooms(request)
    if here.drafts is None:
        raise HTTPException(404)
    name, (key, leaf, said) = _notes_of(reference, item), fresh
    for _ in range(5):
        stands = await here.drafts.draft(name)
        facts = dict(stands.facts) if stands else {}
        if key in facts or len(facts) >= MOST_NOTES:
            return
        now = here.now()
        draft = stands or Draft(
            id=name, kind="notes", about=reference, person=person.id, facts={}, version=0, begun_at=now,
            changed_by=person.id, changed_at=now,
        )  # fmt: skip
        facts[key] = (leaf, said, person.id, now.isoformat())
        changed = {"facts": facts, "changed_by": person.id, "changed_at": now}
        if await here.drafts.keep_draft(draft.model_copy(update=changed)):
            return


async def _notes(request: Request, reference: str, item: items.Standing) -> list[tuple[str, ...]]:
    """The notes, those on the whole first, then by page and in the order in which they were written."""
    kept = rooms(request).drafts
    draft = await kept.draft(_notes_of(reference, item)) if kept else None
    found = list(draft.facts.values()) if draft else []
    return sorted(found, key=lambda one: (int(one[0] or 0), one[3]))


async def _show(
    request: Request, person: Person, page: CyclePage, item: items.Standing, again: Any = ({}, "", "", "")
) -> Response:
    errors, said, leaf, reason = again
    cycle, request_of = page.cycle, item.request
    public, why = items.published(cycle, item)
    scanned = list((await scans_of(request, [item.item])).values())
    return render(
        request, "cycles/evidence.html", 422 if errors else 200, title=items.titled(item.item, page.say),
        cycle=cycle, say=page.say, standing=item, kind=items.typed(item.item), public=public, why=why,
        people=await rooms(request).reads.people(), scan=scanned[0] if scanned else None,
        errors=errors, typed_note=said, typed_leaf=leaf, typed_reason=reason, gives_out=person.side == "opcc",
        may_release=person.role in MAY_RELEASE, key=fresh_key(),
        notes=await _notes(request, cycle.reference, item) if person.side == "opcc" else None,
        may_decide=person.role in MAY["DecideSensitivity"],
        back=_back(request, cycle.reference, request_of.number),
    )  # fmt: skip


def _back(request: Request, reference: str, number: int) -> tuple[str, str]:
    """Where somebody came from: the findings that they read to sign them, or the request."""
    if request.query_params.get("from") == "sign-off":
        return (f"/sign-off/{reference}#evidence-{number}", "The findings to sign")
    return (f"/cycles/{reference}/requests/{number}", f"Request {number}")
