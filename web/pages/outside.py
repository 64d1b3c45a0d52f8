"""What came from outside: a line for each event that says which rule did what and why; the rules in words."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from engine.triggering import edition_now
from reference.catalogue import sources
from rules.outside.conditions import in_words, said
from rules.outside.saying import what_followed
from schemas.outside import OutsideRow, State, TriggerEdition, TriggerRule, Value
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
Word = Annotated[str, Query(max_length=300)]
A_PAGE = 50
BACK = ("/outside", "From outside")
FILTERS = {
    "": "Everything",
    "proposed": "Proposals",
    "opens": "Opened by itself",
    "fed": "Told to a cycle",
    "noted": "Only noted",
    "nothing": "Nothing followed",
    "waiting": "Waits",
}
VIAS = {
    "http": "sent to us",
    "import": "import folder",
    "schedule": "our own dates",
    "ledger": "our own ledger",
    "command": "command line",
}
THENS = {
    "propose": "a cycle is proposed and waits for an officer",
    "open": "a cycle opens by itself",
    "feed": "the people of cycles under way are told",
    "note": "it is noted and nothing more",
}


@router.get("/outside")
async def listed(request: Request, _person: Reader, which: Word = "", page: int = 1) -> Response:
    """Every event, newest first, or those of which one thing became."""
    here, which = rooms(request), which if which in FILTERS else ""
    number = max(min(page, 10_000), 1)
    state: State | None = "waiting" if which == "waiting" else "taken" if which else None
    outcome, skip = which if state == "taken" else None, (number - 1) * A_PAGE
    rows = await here.reads.outside(state, outcome, A_PAGE + 1, skip)
    return render(
        request, "outside/list.html", title="From outside", which=which, filters=FILTERS, vias=VIAS,
        rows=[(one, what_followed(one)) for one in rows[:A_PAGE]], number=number, more=len(rows) > A_PAGE,
        titles=_titles(await edition_now(here.reads)),
    )  # fmt: skip


@router.get("/outside/event")
async def one(request: Request, _person: Reader, source: Word, id: Word) -> Response:  # noqa: A002 - CloudEvents' own name
    """One event with its data, as the office's officers may read it."""
    here = rooms(request)
    found: OutsideRow | None = await here.reads.outside_event(_clean(source), _clean(id))
    if found is None:
        raise HTTPException(404)
    data = [(name, _whole(value)) for name, value in found.event.data.items()]
    return render(
        request, "outside/one.html", title=f"Event {found.event.id}", row=found, data=data, vias=VIAS,
        followed=what_followed(found), titles=_titles(await edition_now(here.reads)), back=BACK,
    )  # fmt: skip


@router.get("/outside/rules")
async def rules(request: Request, _person: Reader) -> Response:
    """The trigger rules in force, in words, and who made this edition."""
    edition, people = await edition_now(rooms(request).reads), await rooms(request).reads.people()
    marks = {one.source: sources()[one.source].title for one in edition.rules if one.source in sources()}
    by = people[edition.changed_by].title if edition.changed_by in people else edition.changed_by
    return render(
        request, "outside/rules.html", title="Trigger rules", edition=edition, by=by, marks=marks,
        rules=[(one, _when(one), THENS[one.then]) for one in edition.rules], back=BACK,
    )  # fmt: skip


def _titles(edition: TriggerEdition) -> dict[str, str]:
    return {one.id: one.title for one in edition.rules}


def _when(rule: TriggerRule) -> list[str]:
    return [in_words(one) for one in rule.every]


def _whole(value: Value) -> str:
    """A field of an event, uncut."""
    return value if isinstance(value, str) else said(value)


def _clean(words: str) -> str:
    return words.replace("\x00", "")
