"""Bring in a tracker: the file, its columns, the preview, and the result."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clients.spreadsheets import MOST_BYTES, TOO_LARGE, read_tracker
from rules.acting.authority import OFFICE
from rules.tracking.columns import guess, headings, missing, plain
from schemas.people import Person
from schemas.trackers import Became, Import, Looked, NotRead, Sheet
from web.door.identity import actor, require
from web.door.rooms import rooms
from web.forms.fields import Typed, read
from web.forms.posted import FormBack
from web.importing.bringing import NOT_YET, Unanswered, bring_in
from web.importing.keeping import looked_at, the_import, trackers
from web.importing.showing import (
    MOST_NAMES,
    NO_COMMITMENT,
    choice_fields,
    column_fields,
    left_csv,
    started,
)
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Officer = Annotated[Person, Depends(require(*OFFICE))]
log = logging.getLogger("answerable.importing")
CHOOSE = "Choose the file that has the tracker in it"
SHOWN = 200
"""Bad rows on the page; the file of the rows left has them all."""
UNDER_WAY: dict[int, asyncio.Task[None]] = {}
"""Imports that this process is carrying out. Lost with the process; the button goes on with them."""
WAITED = 2.0
"""Seconds for which the answer waits: a tracker of the usual size is in by then."""


@router.get("/import")
async def begin(request: Request, _person: Officer) -> Response:
    """The file, and what was brought in before."""
    return await _begin(request)


@router.post("/import")
async def upload(request: Request, person: Officer, back: FormBack) -> Response:
    """Read a file; every sheet of it that has rows is one import."""
    if not back.files:
        return await _begin(request, CHOOSE)
    content = await back.files[0].read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return await _begin(request, TOO_LARGE)
    book = await asyncio.to_thread(read_tracker, content)
    if isinstance(book, NotRead):
        return await _begin(request, book.message)
    name = plain_name(back.files[0].filename or "")
    digest, filled = hashlib.sha256(content).hexdigest(), [one for one in book.sheets if one.rows]
    numbers = [await _keep(request, person, digest, name, one) for one in filled]
    hidden = [one.name for one in book.sheets if one.hidden]
    request.session["said"] = _said(name, filled, hidden)
    return RedirectResponse(f"/import/{numbers[0]}" if len(numbers) == 1 else "/import", 303)


@router.get("/import/{number}")
async def columns(request: Request, number: int, _person: Officer) -> Response:
    """What each column means, guessed from its heading."""
    one = await the_import(request, number)
    guessed = one.meant.columns or guess(headings(one.rows), await trackers(request).remembered())
    return _columns(request, one, guessed, Typed(), {})


@router.post("/import/{number}")
async def say(request: Request, number: int, _person: Officer, back: FormBack) -> Response:
    """Keep what the columns mean, for this file and as the office's way of naming them."""
    one = await the_import(request, number)
    names = headings(one.rows)
    fields = column_fields(one, ["leave"] * len(names))
    reading = read(fields, back.typed)
    said = tuple(reading.values.get(field.name, "leave") for field in fields)
    wrong = reading.errors or ({"form": message} if (message := missing(said)) else {})
    if wrong:
        return _columns(request, one, said, back.typed, wrong)
    keeps = trackers(request)
    await keeps.mean(number, replace(one.meant, columns=said))
    now = rooms(request).now()
    await keeps.remember(
        {plain(name): meant for name, meant in zip(names, said, strict=True) if plain(name)}, now
    )
    return RedirectResponse(f"/import/{number}/preview", 303)


@router.get("/import/{number}/preview")
async def preview(request: Request, number: int, _person: Officer) -> Response:
    """What would be brought in, and every bad row by its number."""
    one = await the_import(request, number)
    if not one.meant.columns:
        return RedirectResponse(f"/import/{number}", 303)
    return await _preview(request, one, started(one), {})


@router.post("/import/{number}/preview")
async def choose(request: Request, number: int, person: Officer, back: FormBack) -> Response:
    """Keep what was chosen beside the preview; with the button, bring the good rows in."""
    one = await the_import(request, number)
    if not one.meant.columns:
        return RedirectResponse(f"/import/{number}", 303)
    here = rooms(request)
    looked = await looked_at(here, one, await trackers(request).outcome(number))
    fields = choice_fields(one, looked, await here.reads.people(), await here.reads.plan())
    reading = read(fields, back.typed)
    if reading.errors:
        return await _preview(request, one, back.typed, reading.errors)
    who = {
        plain(name): reading.values[f"who-{n}"]
        for n, name in enumerate(looked.unknown[:MOST_NAMES])
        if reading.values[f"who-{n}"]
    }
    values = reading.values
    meant = replace(
        one.meant, who={**one.meant.who, **who}, commitment=values["commitment"], new_day=values["new_day"]
    )
    await trackers(request).mean(number, meant)
    if back.typed.one("then") != "import":
        return RedirectResponse(f"/import/{number}/preview", 303)
    said = replace(one, meant=meant)
    if not meant.commitment and (await looked_at(here, said, await trackers(request).outcome(number))).items:
        return await _preview(request, said, back.typed, {"commitment": NO_COMMITMENT})
    return await _run(request, said, person)


@router.post("/import/{number}/run")
async def go_on(request: Request, number: int, person: Officer, _back: FormBack) -> Response:
    """Go on with an import that stopped half-way."""
    one = await the_import(request, number)
    if not one.confirmed_at:
        return RedirectResponse(f"/import/{number}/preview", 303)
    return await _run(request, one, person)


@router.get("/import/{number}/result")
async def result(request: Request, number: int, _person: Officer) -> Response:
    """What became of the rows, and how to go on where it stopped."""
    one = await the_import(request, number)
    keeps, here = trackers(request), rooms(request)
    done = await keeps.outcome(number)
    looked = await looked_at(here, one, done)
    proposed = [row for row in done.values() if row.became == "proposed"]
    return render(
        request, "importing/result.html", title="What became of the rows", one=one, proposed=proposed,
        cycles=sorted({row.cycle for row in proposed if row.cycle}), looked=looked,
        refused=[row for row in done.values() if row.became == "refused"], busy=_busy(number),
        closed=await keeps.kept_of(number),
        waiting=_waiting(looked, done) if one.confirmed_at else [],
        back=("/import", "Bring in a tracker"),
    )  # fmt: skip


@router.get("/import/{number}/left.csv")
async def left(request: Request, number: int, _person: Officer) -> Response:
    """The rows that were left, with what is wrong, to put right and bring in again."""
    one = await the_import(request, number)
    if not one.meant.columns:
        raise HTTPException(404)
    done = await trackers(request).outcome(number)
    looked = await looked_at(rooms(request), one, done)
    headers = {
        "Content-Disposition": f'attachment; filename="rows-left-{number}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(left_csv(one, looked, done), headers=headers, media_type="text/csv; charset=utf-8")


def _waiting(looked: Looked, done: Mapping[int, Became]) -> list[int]:
    """The rows that are still to be brought in or kept."""
    return [*(one.row for one in looked.items if one.row not in done), *(one.row for one in looked.over)]


def plain_name(told: str) -> str:
    """A file's name without its folders and without what no page can show."""
    name = "".join(one for one in told.replace("\\", "/").split("/")[-1] if one.isprintable())
    return name.strip()[:100] or "tracker"


async def _run(request: Request, one: Import, person: Person) -> Response:
    """Begin, or go on; where it takes longer the result page says how far it has got."""
    here, keeps = rooms(request), trackers(request)
    await keeps.confirm(one.number, here.now())
    if not _busy(one.number):
        by = actor(request, person)

        async def carry_out() -> None:
            try:
                await bring_in(here, keeps, one, by)
            finally:
                UNDER_WAY.pop(one.number, None)

        UNDER_WAY[one.number] = asyncio.create_task(carry_out())
    task = UNDER_WAY[one.number]
    try:
        await asyncio.wait_for(asyncio.shield(task), WAITED)
    except TimeoutError:
        request.session["said"] = "The rows are being brought in. Load this page again to see how far it is"
    except Unanswered:
        request.session["said"] = NOT_YET
    return RedirectResponse(f"/import/{one.number}/result", 303)


def _busy(number: int) -> bool:
    task = UNDER_WAY.get(number)
    return task is not None and not task.done()


async def _keep(request: Request, person: Person, digest: str, name: str, sheet: Sheet) -> int:
    return await trackers(request).keep(digest, name, sheet, person.id, rooms(request).now())


def _said(name: str, filled: list[Sheet], hidden: list[str]) -> str:
    rows = sum(len(one.rows) for one in filled)
    many = f" on {len(filled)} sheets. Choose one of them below" if len(filled) > 1 else ""
    left_out = f". Hidden, and left out: {', '.join(hidden)}" if hidden else ""
    return f"{name} has {rows} filled rows{many}{left_out}"


async def _begin(request: Request, wrong: str = "") -> Response:
    keeps = trackers(request)
    return render(
        request, "importing/begin.html", 422 if wrong else 200, title="Bring in a tracker",
        errors={"file": wrong} if wrong else {}, recent=await keeps.recent(),
        people=await rooms(request).reads.people(),
    )  # fmt: skip


def _columns(
    request: Request, one: Import, said: tuple[str, ...], typed: Typed, errors: dict[str, str]
) -> Response:
    return render(
        request, "importing/columns.html", 422 if errors else 200, title="What do the columns mean?", one=one,
        fields=column_fields(one, said), typed=typed, errors=errors, back=("/import", "Bring in a tracker"),
    )  # fmt: skip


async def _preview(request: Request, one: Import, typed: Typed, errors: dict[str, str]) -> Response:
    here = rooms(request)
    looked = await looked_at(here, one, await trackers(request).outcome(one.number))
    people = await here.reads.people()
    return render(
        request, "importing/preview.html", 422 if errors else 200, title="What would be brought in", one=one,
        looked=looked, faults=looked.faults[:SHOWN], more=max(len(looked.faults) - SHOWN, 0), people=people,
        fields=choice_fields(one, looked, people, await here.reads.plan()), typed=typed, errors=errors,
        back=(f"/import/{one.number}", "What the columns mean"),
        over_or_here=len(looked.over) + len(looked.here),
    )  # fmt: skip
