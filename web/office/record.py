"""The record searched: who did what when, across cycles, the programme, access and the directory."""

from datetime import date
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from handover.cells import streamed
from rules.acting.restricting import MAY_READ_LOG
from schemas.directory import Book, Done, Sought
from schemas.people import Person
from store.directory import COUNTED
from web.door.identity import require
from web.door.rooms import rooms
from web.papers.streaming import table_of
from web.showing.history import TITLES
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip

router = APIRouter(prefix="/settings", include_in_schema=False)
Auditor = Annotated[Person, Depends(require(*MAY_READ_LOG))]
Text = Annotated[str, Query(max_length=100)]
Day = Annotated[str, Query(max_length=10)]
BOOKS: dict[str, str] = {
    "cycles": "Cycles", "programme": "Programme", "access": "Access", "directory": "People and roles",
}  # fmt: skip
HEADS = ("at", "person", "role", "record", "act", "about", "reason")
WRONG_DAY = "That is not a day. Write it as year, month and day, such as 2026-11-23."
BACKWARDS = "The last day is before the first. Give a later one."


async def _sought(
    *, person: Text = "", about: Text = "", act: Text = "", book: Text = "", since: Day = "", until: Day = ""
) -> tuple[Sought, dict[str, str]]:
    """What an address looks for, and what of it cannot be read."""
    errors: dict[str, str] = {}
    days = {name: _day(name, said, errors) for name, said in (("since", since), ("until", until))}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        errors["until"] = BACKWARDS
    known = book if book in get_args(Book) else None
    return Sought(person=person, about=about.strip(), act=act.strip(), book=known, **days), errors


def _day(name: str, said: str, errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        errors[name] = WRONG_DAY
        return None


Looked = Annotated[tuple[Sought, dict[str, str]], Depends(_sought)]


@router.get("/record")
async def search(request: Request, _person: Auditor, looked: Looked, page: Number = 1) -> Response:
    """The acts that are looked for, newest first, a page at a time."""
    sought, errors = looked
    here = rooms(request)
    found, count = ([], 0) if errors else await here.reads.done(sought, _kinds(sought), A_PAGE, skip(page))
    asked = tuple((name, request.query_params.get(name, "")) for name in Sought.model_fields)
    leaf = Leaf("/settings/record", page, min(count, COUNTED), sought=asked)
    people = await here.reads.people()
    return render(
        request, "settings/record.html", 422 if errors else 200, title=leaf.titled("Who did what"),
        found=found, count=leaf.all, more=count > COUNTED, leaf=leaf, sought=dict(asked), errors=errors,
        people=people, books=BOOKS, named=_named,
        taken="/settings/record.csv?" + urlencode([one for one in asked if one[1]]),
        back=("/settings", "Settings"),
    )  # fmt: skip


@router.get("/record.csv")
async def taken(request: Request, _person: Auditor, looked: Looked) -> Response:
    """The same as a table, every line of it."""
    sought, errors = looked
    if errors:
        return Response("\n".join(errors.values()), 422, media_type="text/plain")
    here = rooms(request)
    found = here.reads.every_done(sought, _kinds(sought))
    return await table_of(here.turns, streamed(HEADS, found, _line), "record.csv")


def _kinds(sought: Sought) -> tuple[str, ...]:
    wanted = sought.act.casefold()
    return tuple(kind for kind, said in TITLES.items() if wanted and wanted in said.casefold())


def _line(one: Done) -> tuple[object, ...]:
    return one.at.isoformat(), one.person, one.role, one.book, one.act, one.about, one.reason


def _named(one: Done) -> str:
    """An act in words."""
    said = TITLES.get(one.act, one.act)
    return said[:1].upper() + said[1:]
