"""Actions: one with its two states side by side, and the tracker over all cycles."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handover.cells import streamed
from rules.acting.authority import MAY
from schemas.cycle import Action
from schemas.people import Person, Role
from web.acting.scenes import cycle_page
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require, stands_for
from web.door.rooms import rooms
from web.forms.actions import FOR_ACTION
from web.forms.catalogue import FORMS
from web.forms.form import Form
from web.law.reasons import panel_of
from web.papers.streaming import table_of
from web.showing.history import history
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip
from web.showing.tracker import HEAD, Sought, assessed, carried_since, is_late, line

router = APIRouter(include_in_schema=False)
Follows = Annotated[Person, Depends(require(*OPCC_ROLES, *FORCE_ROLES, Role.PANEL_SECRETARIAT))]
Owner = Annotated[str, Query(max_length=64)]


@router.get("/actions")
async def tracker(
    request: Request, person: Follows, owner: Owner = "", late: str = "", page: Number = 1
) -> Response:
    """Every open action, over all cycles, the soonest due first."""
    here, sought = rooms(request), Sought(owner, late == "yes")
    found = await here.reads.open_actions(
        sought.owner or None, here.now(), late=sought.late, most=A_PAGE, skip=skip(page)
    )
    narrowed = (("owner", sought.owner), ("late", "yes" if sought.late else ""))
    leaf = Leaf("/actions", page, found.all, sought=narrowed, what="Actions")
    return render(
        request, "actions/list.html", title=leaf.titled("Actions"), found=found, leaf=leaf,
        owners=await here.reads.action_owners(), sought=sought, assessed=assessed,
        closed=(await here.reads.closed_before("", 0)).all if person.side == "opcc" else 0,
    )  # fmt: skip


@router.get("/actions.csv")
async def table(request: Request, _person: Follows, owner: Owner = "", late: str = "") -> Response:
    """The same as a file for a spreadsheet, every page of it."""
    here = rooms(request)
    found = here.reads.every_open_action(owner or None, here.now(), late=late == "yes")
    return await table_of(here.turns, streamed(HEAD, found, line), "actions.csv")


@router.get("/cycles/{reference}/actions/{year}/{number}")
async def action(request: Request, reference: str, year: str, number: str, person: Follows) -> Response:
    """One action: what its owner says, what the office has checked, and what is asked."""
    here = rooms(request)
    page = await cycle_page(request, reference)
    found = page.cycle.action(f"{year}/{number}")
    if found is None:
        raise HTTPException(404)
    people = await here.reads.people()
    told = [
        row
        for row in await here.reads.timeline(reference)
        if getattr(row.entry.event, "action", None) == found.number
    ]
    force = person.side == "force"
    return render(
        request, "actions/one.html", title=f"Action {found.number}", action=found, cycle=page.cycle,
        say=page.say, people=people, late=is_late(found, here.now()),
        why=panel_of(page.cycle, f"action/{found.number}"),
        offers=offered(person, found, stands_for(request), over=page.cycle.over),
        carried=carried_since(page.cycle, found), history=history(told, people),
        back=("/tasks", "My tasks") if force else (f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


def offered(person: Person, action: Action, lead: str | None, *, over: bool) -> list[Form]:
    """What somebody may do with an action as it stands."""
    kinds = ("Reopen",) if over else tuple(FOR_ACTION)
    return [
        FORMS[kind] for kind in kinds if person.role in MAY[kind] and FOR_ACTION[kind].takes(action)
        and _of_side(kind, person, action, lead)
    ]  # fmt: skip


def _of_side(kind: str, person: Person, action: Action, lead: str | None) -> bool:
    """Whether an offer is for this side: the proposer's takes back, the other confirms and disputes."""
    own = person.side == action.proposed_by.side
    if kind in ("ConfirmAction", "DisputeAction"):
        return not own
    if kind == "WithdrawAction":
        return own
    if kind in ("MoveActionDate", "ReportProgress", "ClaimDone"):
        return action.owner in (person.id, lead) or person.role == Role.FORCE_COORDINATION
    return True
