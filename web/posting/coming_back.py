"""A letter that came back: the address is put right on record, and the letter is sent there, once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clients.addressees import ADDRESS
from schemas.people import Person, Role
from schemas.posting import Again, Posted
from web.acting.scenes import cycle_page
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.posting.saying import became, can_be_sent_again
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Officer = Annotated[Person, Depends(require(Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE))]
LONGEST, LONGEST_WHY = 254, 500
PLACE = "/mail/came-back/{name}/{digest}"


@router.get(PLACE)
async def came_back(request: Request, name: str, digest: str, _person: Officer) -> Response:
    """What came back, from whom and why."""
    return await _show(request, await _posted(request, name, digest), {}, {})


@router.post(PLACE)
async def put_right(request: Request, name: str, digest: str, person: Officer, back: FormBack) -> Response:
    """Put the address right and send the letter there."""
    one, here = await _posted(request, name, digest), rooms(request)
    typed = {field: back.typed.one(field).strip() for field in ("address", "why")}
    wrong = _wrong(one, typed)
    if wrong:
        return await _show(request, one, typed, wrong)
    about = one.notice
    again = about.model_copy(
        update={"key": f"{about.key}/again/{one.reference}"[:400], "to": (one.person,), "roles": (),
                "copy_deputies": False}
    )  # fmt: skip
    facts = Again(
        notice=again, was=about.key, reference=one.reference, address_was=one.address,
        address=typed["address"], why=typed["why"], by=person.id, at=here.now(),
    )  # fmt: skip
    done = here.post.posted is not None and await here.post.posted.send_again(facts, person.role.value)
    request.session["said"] = (
        f"The address is now {typed['address']}. The letter is sent there within a minute."
        if done
        else "Somebody had put this right already: the letter is sent once."
    )
    return RedirectResponse(_page_of(one), 303)


def _wrong(one: Posted, typed: dict[str, str]) -> dict[str, str]:
    """What cannot be taken, by field."""
    wrong = {}
    address = typed["address"]
    if not address:
        wrong["address"] = "Enter the address to send it to"
    elif len(address) > LONGEST or not ADDRESS.fullmatch(address):
        wrong["address"] = "Enter an email address in the correct format, like name@example.com"
    elif address.lower() == one.address.lower() and one.why == "no such mailbox":
        wrong["address"] = "This is the address from which it came back. Enter another one"
    if not typed["why"]:
        wrong["why"] = "Say how you know the right address"
    elif len(typed["why"]) > LONGEST_WHY:
        wrong["why"] = f"Say it in {LONGEST_WHY} characters or fewer"
    return wrong


async def _posted(request: Request, name: str, digest: str) -> Posted:
    kept = rooms(request).post.posted
    found = await kept.posted_as(f"{name}/{digest}") if kept else None
    if found is None:
        raise HTTPException(404)
    await cycle_page(request, found.cycle)
    return found


async def _show(request: Request, one: Posted, typed: dict[str, str], wrong: dict[str, Any]) -> Response:
    people = await rooms(request).reads.people()
    return render(
        request, "posting/came-back.html", 422 if wrong else 200, title="Fix the address and send it again",
        one=one, became=became(one), who=people[one.person].title if one.person in people else one.person,
        known=people[one.person].address if one.person in people else None,
        typed=typed, errors=wrong, open=can_be_sent_again(one), back=(_page_of(one), "Back"),
    )  # fmt: skip


def _page_of(one: Posted) -> str:
    number = one.notice.request
    return f"/cycles/{one.cycle}/requests/{number}" if number else f"/cycles/{one.cycle}"
